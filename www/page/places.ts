// Names of places: exact ones, asked of Overpass on Enter. No page here.
import { type Element, nameQuery as query, place, places as named } from "../api/places.js";
import type { Place as Named } from "../api/types.js";
import { type Box, type Spot, measure, rounded, width } from "./box.js";

/** A place that was found, with the box that is shown. */
export interface Place extends Named {
  box?: Box;
}

/** What lies so near to each other is the same place, as a city and its boundary, km. */
const NEAR = 50;

/** The query for one element, with its shape where that is short. */
export const elementQuery = (type: "node" | "way" | "relation", id: number): string => `[out:json][timeout:25];\n${type === "relation" ? "rel" : type}(${id});\nout ${type === "way" ? "tags geom" : type === "node" ? "body" : "tags bb"};\n`;

/** The names in what was asked: “Paris, France” asks for Paris, and for France to know which; perhaps all of it is one name. */
export function namesOf(text: string): { asked: string[]; within: string | undefined } {
  const plain = text.trim().replace(/\s+/g, " ");
  const [, name, rest] = /^([^,]+),\s*([^,]+)/.exec(plain) ?? [];
  return { asked: name ? [name.trim(), plain] : [plain], within: rest?.trim() };
}

type Names = ReturnType<typeof namesOf>;

/** The query for boundaries and places of these names. */
export const nameQuery = ({ asked, within }: Names, languages: readonly string[]): string => query([...asked, ...(within ? [within] : [])], languages);

/** An answer with what was asked for alone, nearest first to what it shall lie in. */
export function chosenBy(answer: string, { asked, within }: Names): string {
  if (!within) return answer;
  const { elements = [] } = JSON.parse(answer) as { elements?: Element[] };
  const bears = ({ tags = {} }: Element, names: readonly string[]) => Object.entries(tags).some(([key, value]) => /^name(:|$)/.test(key) && names.some((name) => name.toLocaleLowerCase() === value.toLocaleLowerCase()));
  const found = elements.filter((element) => bears(element, asked));
  const around = elements.filter((element) => bears(element, [within])).map(place).filter((each) => each !== undefined);
  // A place that stands for it is nearer to its heart than the middle of its bounds.
  const hearts = around.some(({ relation }) => relation === undefined) ? around.filter(({ relation }) => relation === undefined) : around;
  const far = (element: Element) => Math.min(...hearts.map((heart) => distance(heart, place(element) ?? heart)));
  const nearest = Math.min(...found.map(far));
  const chosen = hearts.length > 0 ? found.filter((element) => far(element) <= 2 * nearest + NEAR) : found;
  return JSON.stringify({ elements: chosen });
}

/** The ring of a way that is closed. */
export function ringOf(answer: string): [number, number][] | undefined {
  const { elements = [] } = JSON.parse(answer) as { elements?: Element[] };
  const ring = elements[0]?.geometry?.map(({ lon, lat }): [number, number] => [lon, lat]) ?? [];
  const [first, last] = [ring[0], ring.at(-1)];
  return ring.length >= 4 && first && last && first.join() === last.join() ? ring : undefined;
}

/** What an answer names, nearest to `from` first. */
export function places(answer: string, from: Spot): Place[] {
  const found = named(answer).map((place) => (place.bbox ? { ...place, box: rounded(place.bbox) } : place));
  return found.sort((a, b) => distance(from, a) - distance(from, b));
}

/** Kilometres between two places. */
export function distance(a: Spot, b: Spot): number {
  const box: Box = [Math.min(a.lon, b.lon), Math.min(a.lat, b.lat), Math.max(a.lon, b.lon), Math.max(a.lat, b.lat)];
  const { across, along } = measure(width(box) > 180 ? [box[2], box[1], box[0], box[3]] : box);
  return Math.hypot(across, along);
}
