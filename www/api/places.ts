// Places by their names, asked of Overpass: exact names, of boundaries and of what is tagged as a place.
import { ExportError } from "./error.js";
import type { Place } from "./types.js";

/** An element as `out tags bb` and `out geom` tell it. */
export interface Element {
  type: string;
  id: number;
  lat?: number;
  lon?: number;
  bounds?: { minlat: number; minlon: number; maxlat: number; maxlon: number };
  tags?: Record<string, string>;
  geometry?: readonly { lat: number; lon: number }[];
}

/** How many of each kind are asked for. */
const MOST = 20;
/** Level of what has none, below all that have one. */
const LOWEST = 99;

/** The id in `relation:62422`, `r62422` or a link to a relation. */
export function relationId(text: string): number | undefined {
  const found = /^(?:relation[:/ ]|r)(\d+)$/i.exec(text.trim()) ?? /^(?:https?:\/\/)?(?:www\.)?(?:openstreetmap|osm)\.org\/relation\/(\d+)/i.exec(text.trim());
  return found ? Number(found[1]) : undefined;
}

/** The query for what a text says: the one relation, or boundaries and places of exactly this name in `name` and the names of `languages`. */
export function placeQuery(text: string, languages: readonly string[]): string {
  const id = relationId(text);
  return id === undefined ? nameQuery([text.trim()], languages) : `[out:json][timeout:25];\nrel(${id});\nout tags bb;\n`;
}

const capitalised = (name: string): string => name.replace(/(^|[\s-])(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase());

/** The query for boundaries and places of exactly these names, also with capitals, in `name` and the names of `languages`. */
export function nameQuery(names: readonly string[], languages: readonly string[]): string {
  const all = names.flatMap((name) => [name, capitalised(name)]);
  const quoted = [...new Set(all)].map((name) => `"${name.replace(/[\\"]/g, "\\$&").replace(/\s+/g, " ")}"`);
  const keys = ["name", ...new Set(languages.map((tag) => `name:${tag}`))];
  const each = (head: string) => keys.flatMap((key) => quoted.map((name) => `${head}["${key}"=${name}];`)).join("");
  return `[out:json][timeout:25];\n(${each('rel["boundary"]')});\nout tags bb ${MOST};\n(${each('node["place"]')});\nout body ${MOST};\n`;
}

/** What an answer names: boundaries first, the largest kinds first. */
export function places(answer: string): Place[] {
  const { elements = [], remark = "" } = parsed(answer);
  if (elements.length === 0 && /error/i.test(remark)) throw new ExportError("overpass_remark", remark);
  const found = elements.map(place).filter((each) => each !== undefined);
  return found.sort((a, b) => level(a) - level(b));
}

function parsed(answer: string): { elements?: Element[]; remark?: string } {
  try {
    return JSON.parse(answer) as { elements?: Element[] };
  } catch {
    throw new ExportError("cut_off", "the answer ends too early");
  }
}

const level = ({ level, relation }: Place): number => (relation === undefined ? LOWEST + 1 : Number(level ?? LOWEST));

/** The place that an element is; none where it is nowhere. */
export function place({ type, id, lat, lon, bounds, tags = {} }: Element): Place | undefined {
  const name = tags["name"] ?? tags["name:en"] ?? `${type} ${id}`;
  if (type === "node" && lat !== undefined && lon !== undefined) return { name, lat, lon, kind: tags["place"] ?? "place" };
  if (type === "node" || !bounds) return undefined;
  const { minlon, minlat, maxlon, maxlat } = bounds;
  const middle = minlon + (maxlon >= minlon ? maxlon - minlon : maxlon - minlon + 360) / 2;
  const spot = { lat: (minlat + maxlat) / 2, lon: middle > 180 ? middle - 360 : middle };
  return { name, ...spot, kind: tags["boundary"] ?? tags["type"] ?? type, level: tags["admin_level"], ...(type === "relation" && { relation: id }), bbox: [minlon, minlat, maxlon, maxlat] };
}
