// Names of places: exact ones, asked of Overpass on Enter. No page here.
import { type Box, type Spot, measure, rounded, width } from "./box.js";

/** A place that was found. */
export interface Place {
  name: string;
  lat: number;
  lon: number;
  /** `city`, `suburb`, or the kind of boundary. */
  kind: string;
  level?: string | undefined;
  /** What may be cut out, and its extent. */
  relation?: number;
  box?: Box;
}

interface Element {
  type: string;
  id: number;
  lat?: number;
  lon?: number;
  bounds?: { minlat: number; minlon: number; maxlat: number; maxlon: number };
  tags?: Record<string, string>;
}

/** How many of each kind are asked for. */
const MOST = 20;

/** The id in `relation:62422`, `r62422` or a link to a relation. */
export function relationId(text: string): number | undefined {
  const found = /^(?:relation[:/ ]|r)(\d+)$/i.exec(text.trim()) ?? /^(?:https?:\/\/)?(?:www\.)?(?:openstreetmap|osm)\.org\/relation\/(\d+)/i.exec(text.trim());
  return found ? Number(found[1]) : undefined;
}

/** The query for one relation. */
export const relationQuery = (id: number): string => `[out:json][timeout:25];\nrel(${id});\nout tags bb;\n`;

/** The query for boundaries and places of exactly this name, also with capitals, in `name` and the names of `languages`. */
export function nameQuery(text: string, languages: readonly string[]): string {
  const plain = text.trim();
  const capital = plain.replace(/(^|[\s-])(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toLocaleUpperCase());
  const quoted = [...new Set([plain, capital])].map((name) => `"${name.replace(/[\\"]/g, "\\$&").replace(/\s+/g, " ")}"`);
  const keys = ["name", ...new Set(languages.map((tag) => `name:${tag}`))];
  const each = (head: string) => keys.flatMap((key) => quoted.map((name) => `${head}["${key}"=${name}];`)).join("");
  return `[out:json][timeout:25];\n(${each('rel["boundary"]')});\nout tags bb ${MOST};\n(${each('node["place"]')});\nout body ${MOST};\n`;
}

/** What an answer names, nearest to `from` first. */
export function places(answer: string, from: Spot): Place[] {
  const { elements = [] } = JSON.parse(answer) as { elements?: Element[] };
  const found = elements.map(place).filter((each) => each !== undefined);
  return found.sort((a, b) => distance(from, a) - distance(from, b));
}

/** Kilometres between two places. */
export function distance(a: Spot, b: Spot): number {
  const box: Box = [Math.min(a.lon, b.lon), Math.min(a.lat, b.lat), Math.max(a.lon, b.lon), Math.max(a.lat, b.lat)];
  const { across, along } = measure(width(box) > 180 ? [box[2], box[1], box[0], box[3]] : box);
  return Math.hypot(across, along);
}

function place({ type, id, lat, lon, bounds, tags = {} }: Element): Place | undefined {
  const name = tags["name"] ?? tags["name:en"] ?? `${type} ${id}`;
  if (type === "node" && lat !== undefined && lon !== undefined) return { name, lat, lon, kind: tags["place"] ?? "place" };
  if (type !== "relation" || !bounds) return undefined;
  const box = rounded([bounds.minlon, bounds.minlat, bounds.maxlon, bounds.maxlat]);
  const middle = bounds.minlon + width(box) / 2;
  const spot = { lat: (bounds.minlat + bounds.maxlat) / 2, lon: middle > 180 ? middle - 360 : middle };
  return { name, ...spot, kind: tags["boundary"] ?? tags["type"] ?? "relation", level: tags["admin_level"], relation: id, box };
}
