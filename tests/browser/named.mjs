// Answers to queries for names, put together from the recorded elements of Monaco: what the server would find among them.
import { gunzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./site.mjs";

const { elements, ...head } = JSON.parse(gunzipSync(readFileSync(join(root, "tests/data/overpass/monaco.map.json.gz"))));
const byId = new Map(elements.map((element) => [`${element.type}${element.id}`, element]));

/** Bounds of a relation, from its member ways that were recorded. */
function bounds({ members }) {
  const points = members.flatMap(({ type, ref }) => (byId.get(`${type}${ref}`)?.nodes ?? []).map((id) => byId.get(`node${id}`))).filter(Boolean);
  const [lats, lons] = [points.map(({ lat }) => lat), points.map(({ lon }) => lon)];
  return { minlat: Math.min(...lats), minlon: Math.min(...lons), maxlat: Math.max(...lats), maxlon: Math.max(...lons) };
}

/** Whether a query is one of places.ts or outline.ts. */
export const names = (query) => /out (tags|geom)/.test(query);

/** The answer to such a query. */
export function named(query) {
  const clauses = [...query.matchAll(/(rel|node)\["(boundary|place)"\]\["([\w:]+)"="((?:[^"\\]|\\.)*)"\]/g)];
  const ids = [...query.matchAll(/rel\((\d+)\)/g)].map(([, id]) => Number(id));
  const found = elements.filter(
    ({ type, id, tags }) =>
      (type === "relation" && ids.includes(id)) ||
      clauses.some(([, kind, key, name, value]) => type === (kind === "rel" ? "relation" : "node") && tags?.[key] && tags[name] === value.replace(/\\(.)/g, "$1")),
  );
  const shaped = /out geom/.test(query);
  const drawn = (member) => (member.type === "way" ? { ...member, geometry: (byId.get(`way${member.ref}`)?.nodes ?? []).map((id) => byId.get(`node${id}`)).filter(Boolean).map(({ lat, lon }) => ({ lat, lon })) } : member);
  const rows = found.map(({ members, ...element }) => (members ? { ...element, bounds: bounds({ members }), ...(shaped && { members: members.map(drawn) }) } : element));
  return { status: 200, headers: { "access-control-allow-origin": "*", "content-type": "application/json" }, body: JSON.stringify({ ...head, elements: rows }) };
}
