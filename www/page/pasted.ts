// What people paste into the field of places: numbers in any writing, links, codes, shapes. No page here.
import { type Box, fault } from "./box.js";
import { angles, number } from "./degrees.js";
import { type Linked, linked } from "./links.js";
import { plusCode, shortCode } from "./pluscode.js";
import { type Read, type Reading, four, ofAngles, two } from "./readings.js";
import { wellKnown } from "./wkt.js";

/** A place or a doubt about it; an element or a name of a link; a shape as GeoJSON; a link or a code that says too little. */
export type Pasted = Linked | { kind: "shape"; json: string } | { kind: "code" };

/** What a text is; undefined is left to the names of places. */
export function pasted(text: string): Pasted | undefined {
  const trimmed = text.trim();
  const code = plusCode(trimmed);
  if (code) return { kind: "place", place: code };
  if (shortCode(trimmed)) return { kind: "code" };
  return linked(trimmed) ?? element(trimmed) ?? shape(trimmed) ?? labelled(trimmed) ?? numbers(trimmed);
}

/** A box or a place that is without doubt. */
export function parse(text: string): Reading | undefined {
  const read = pasted(text);
  return read?.kind === "place" ? read.place : undefined;
}

/** The box that four numbers are literally. */
export function literal(text: string): Box | undefined {
  const read = pasted(text);
  if (read?.kind === "doubt") return read.literal;
  return read?.kind === "place" && !("lat" in read.place) ? read.place : undefined;
}

/** `relation:62422`, `way/4`, `r62422`. */
function element(text: string): Linked | undefined {
  const found = /^(?:(node|way|relation)[:/ ]\s*|([nwr]))(\d+)$/i.exec(text);
  if (!found) return undefined;
  const type = (["node", "way", "relation"] as const).find((name) => name.startsWith((found[1] ?? found[2] ?? "").toLowerCase()));
  return type && { kind: "element", type, id: Number(found[3]) };
}

function shape(text: string): Pasted | undefined {
  const known = wellKnown(text);
  if (known) return "sides" in known ? four(known.sides) : { kind: "shape", json: JSON.stringify(known) };
  if (!/^\{[\s\S]*"type"\s*:\s*"(FeatureCollection|Feature|GeometryCollection|(Multi)?(Point|LineString|Polygon))"/.test(text)) return undefined;
  try {
    JSON.parse(text);
    return { kind: "shape", json: text };
  } catch {
    return undefined;
  }
}

const NAMES = {
  w: /^(min_?(lon|lng|x)|west|left|xmin)$/,
  s: /^(min_?(lat|y)|south|bottom|ymin)$/,
  e: /^(max_?(lon|lng|x)|east|right|xmax)$/,
  n: /^(max_?(lat|y)|north|top|ymax)$/,
  lat: /^(lat|latitude|широта)$/,
  lon: /^(lon|lng|long|longitude|долгота)$/,
} as const;

/** Numbers with their names, as `west=7.4, south=43.7 …` or an object of JSON. */
function labelled(text: string): Read | undefined {
  const all = [...text.toLowerCase().matchAll(/"?([a-zа-я_]{3,})"?\s*[=:]\s*"?(-?\d+(?:[.,]\d+)?)/g)].map(([, name = "", value = ""]) => [name, number(value)] as const);
  const of = (key: keyof typeof NAMES) => all.find(([name]) => NAMES[key].test(name))?.[1];
  const sides = (["w", "s", "e", "n"] as const).map(of);
  if (sides.every((side) => side !== undefined)) return { kind: "place", place: sides as unknown as Box };
  const [lat, lon] = [of("lat"), of("lon")];
  return lat === undefined || lon === undefined ? undefined : two(lat, lon);
}

/** Numbers alone: with marks of degrees or hemispheres, in brackets, after `bbox=`; commas may separate or be decimal. */
function numbers(text: string): Read | undefined {
  const marked = angles(text);
  if (marked) return ofAngles(marked);
  // Overpass says it this way, and south first.
  const overpass = /^\[?\s*bbox\s*:\s*([-\d.,\s]+)\]?;?$/i.exec(text)?.[1];
  const plain = (overpass ?? text.replace(/^[?&]?-{0,2}b?box\s*[=:\s]\s*/i, "")).replace(/[[\](){}"]/g, " ").replace(/^[\s,;]+|[\s,;]+$/g, "");
  const values = split(plain);
  if (values?.length === 2) return two(values[0] ?? NaN, values[1] ?? NaN);
  if (values?.length !== 4) return undefined;
  const southFirst = overpass !== undefined && !/\[\s*[-\d]/.test(text);
  const read = four(southFirst ? [1, 0, 3, 2].map((at) => values[at] ?? NaN) : values);
  const sure = read.kind === "place" && !("lat" in read.place) && fault(read.place) === undefined;
  // “43,73,7,41”: two numbers with decimal commas, perhaps.
  const pair = !sure && /^\d+,\d+,\s*-?\d+,\d+$/.test(plain) ? two(...joined(plain.split(","))) : undefined;
  return pair?.kind === "place" ? { kind: "doubt", readings: [pair.place, ...(read.kind === "doubt" ? read.readings : [])] } : read;
}

const joined = (parts: readonly string[]): [number, number] => [number(`${parts[0]}.${parts[1]}`), number(`${parts[2]}.${parts[3]}`)];

/** The numbers of a list, whatever separates them. */
function split(text: string): number[] | undefined {
  const spaced = text.split(/\s*[;|\s]\s*|,\s+/).filter(Boolean);
  const parts = text.split(/[,;|\s]+/).filter(Boolean);
  const pairs = parts.length === 8 && parts.every((part) => /^-?\d+$/.test(part)) ? [0, 2, 4, 6].map((at) => `${parts[at]}.${parts[at + 1]}`) : parts;
  const few = ({ length }: readonly string[]) => length === 2 || length === 4;
  for (const each of [spaced, pairs].filter(few)) {
    const values = each.map((part) => number(part.replace(/,$/, "")));
    if (!values.some(Number.isNaN)) return values;
  }
  return undefined;
}
