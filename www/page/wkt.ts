// Well-known text of a geometry as GeoJSON. No page here.

type Json = { type: string; coordinates: unknown };

const HEAD = /^\s*(?:SRID=\d+;\s*)?(POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON|BOX|ENVELOPE)\s*(?:ZM?|M)?\s*(\(.*\))\s*;?\s*$/is;
const NAMES: Readonly<Record<string, string>> = { POINT: "Point", LINESTRING: "LineString", POLYGON: "Polygon", MULTIPOINT: "MultiPoint", MULTILINESTRING: "MultiLineString", MULTIPOLYGON: "MultiPolygon" };

/** The geometry, or the four sides of a box; undefined where a text is something else. */
export function wellKnown(text: string): Json | { sides: number[] } | undefined {
  const [, head = "", body = ""] = HEAD.exec(text) ?? [];
  const name = head.toUpperCase();
  if (!name) return undefined;
  const numbers = (body.match(/-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi) ?? []).map(Number);
  if (name === "BOX") return numbers.length === 4 ? { sides: numbers } : undefined;
  // Here longitudes come first, as two.
  if (name === "ENVELOPE") return numbers.length === 4 ? { sides: [0, 3, 1, 2].map((at) => numbers[at] ?? 0) } : undefined;
  // Positions become arrays, round brackets square ones.
  const json = body.replace(/[^(),]+/g, (part) => (part.trim() ? `[${part.trim().split(/\s+/).join()}]` : "")).replaceAll("(", "[").replaceAll(")", "]");
  try {
    const coordinates = JSON.parse(json) as unknown[];
    return { type: NAMES[name] ?? "", coordinates: name === "POINT" ? coordinates[0] : coordinates };
  } catch {
    return undefined;
  }
}
