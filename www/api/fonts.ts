// Chinese, Japanese and Korean fonts are large: they lie in a folder that the caller names, else where the build has them.
import { slices } from "../pkg/packs.js";
import type { Note } from "./types.js";

/** What has them, for packages without. */
const PACKAGE = "mapwright-fonts-cjk";

/** The family that a file belongs to: a slice of a font, or the list of its slices. */
const family = (id: string): string | undefined => Object.keys(slices).find((known) => id === known || id.startsWith(`${known}-`));

/** Whether a file belongs to such a font. */
export const isLarge = (id: string): boolean => family(id) !== undefined;

/** Where a file of a large font is; nowhere, where the package is not installed. */
export async function large(id: string, fonts: string | undefined): Promise<URL | undefined> {
  const known = family(id) ?? "";
  if (fonts !== undefined) return new URL(id === known ? `${id}.json` : `${id}.woff`, fonts);
  return (await slices[known]?.())?.files[id]?.();
}

/** Notes of a file that was made without these fonts: characters that are missing say where they are. */
export const without = (notes: readonly Note[]): Note[] =>
  notes.map((note) => (note.code === "missing_glyphs" ? { ...note, message: `${note.message}; Chinese, Japanese and Korean ones are in the package ${PACKAGE}` } : note));
