// Versions of one format: those of a family that are for the same purpose stand in one row, with a choice among them. No page here.
import type { FormatRow } from "../api/types.js";

/** What has the same key is one row. */
export const key = (row: FormatRow): string => `${row.family} ${row.topics[0] ?? ""}`;

/** Older first: AutoCAD's releases before years, words in the order of the catalogue. */
const age = ({ version }: FormatRow): number => {
  const [, letter, digits] = /^(R?)(\d+)/.exec(version) ?? [];
  return digits === undefined ? NaN : Number(digits) - (letter ? 10_000 : 0);
};

/** The versions beside a format, itself among them. */
export function versions(row: FormatRow, all: readonly FormatRow[]): readonly FormatRow[] {
  const rows = all.filter((other) => key(other) === key(row));
  return rows.every((each) => !Number.isNaN(age(each))) ? rows.toSorted((a, b) => age(a) - age(b)) : rows;
}

/** Versions in a word: the first and the last, or how they are called. */
export function range(rows: readonly FormatRow[]): string {
  const names = rows.map(({ version, title }) => version || title);
  if (rows.length < 2) return "";
  return rows.every((row) => !Number.isNaN(age(row))) ? `${names[0]} … ${names.at(-1)}` : names.join(", ");
}

/** Rows of which the first of each key stays. */
export function folded(rows: readonly FormatRow[]): FormatRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => !seen.has(key(row)) && seen.add(key(row)));
}
