// Notes of files: what several files share is said once.
import type { ExportFile, Note } from "../api/direct.js";

type Noted = Pick<ExportFile, "name" | "notes">;

const same = (a: Note, b: Note): boolean => a.code === b.code && a.count === b.count && a.message === b.message;
const holders = (note: Note, all: readonly Noted[]): string[] => all.filter(({ notes }) => notes.some((other) => same(note, other))).map(({ name }) => name);

/** The notes that no other of these files has. */
export const own = (file: Noted, all: readonly Noted[]): string[] => file.notes.filter((note) => holders(note, all).length < 2).map(({ message }) => message);

/** The notes that several of these files have, each with their names. */
export function shared(all: readonly Noted[]): string[] {
  const several = all.flatMap(({ notes }) => notes).filter((note) => holders(note, all).length > 1);
  const once = several.filter((note, row) => several.findIndex((other) => same(note, other)) === row);
  return once.map((note) => {
    const files = holders(note, all);
    return `${files.length === all.length ? "all files" : files.join(", ")}: ${note.message}`;
  });
}
