// Files that say how they were made: what they say sets the page up.
import type { Provenance } from "../api/types.js";
import type { Box } from "./box.js";
import { engine } from "./engine.js";
import type { Words } from "./i18n/index.js";
import { type Settings, set, state } from "./state.js";

/** How files begin that are nothing else to the page, byte by byte: PNG, JPEG, WebP, PDF, PostScript, glTF, PMTiles, GeoJSON sequences. */
const BEGINNINGS = /^(?:\x89PNG|\xff\xd8\xff|RIFF|%PDF|%!PS|glTF|PMTiles|\x1e)/;

/** What a file says of itself, and what it is called. */
export interface Like {
  name: string;
  found: Provenance;
  /** The id of its format. */
  format: string;
}

/** True for a file that is of use for nothing but what it says of itself; `text` is its beginning as text. */
export function isLike(name: string, beginning: ArrayBuffer, text: string): boolean {
  const letters = String.fromCharCode(...new Uint8Array(beginning.slice(0, 16)));
  return BEGINNINGS.test(letters) || (/^\s*</.test(text) && /<(svg|graphml)[\s>]/.test(text)) || (letters.startsWith("\x1f\x8b") && /\.svgz$/i.test(name));
}

/** What a file says; rejects with what is wrong with it. */
export async function likeOf(file: File): Promise<Like> {
  const exporter = await engine();
  const found = await exporter.provenance(file);
  await exporter.check(found.request);
  const [asked = ""] = found.request.formats ?? [];
  return { name: file.name, found, format: exporter.formats.find(({ id }) => id === asked)?.alias_of ?? asked };
}

/** Sets area, format, look, sheet and options as a file says; what lies over the map and the data stay. Returns what to say of it. */
export function setLike({ name, found, format }: Like): Words {
  const { formats: _formats, overlays: _overlays, bbox, area, options = {}, ...fields } = found.request;
  const sides = bbox && ("min_lon" in bbox ? [bbox.min_lon, bbox.min_lat, bbox.max_lon, bbox.max_lat] : bbox);
  const box = (sides as Box | undefined) ?? state().box;
  set({ box, target: box, shape: area && { area, name }, settings: { ...fields, format, options } as Settings });
  const first: Words = { key: "say.like", values: { name } };
  const left = found.left_out.join(", ");
  return left ? { key: "say.both", values: { first, second: { key: "say.like.left", values: { names: left } } } } : first;
}
