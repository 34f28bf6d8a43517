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

/** The first and the last of versions that follow each other; undefined of others, and of one. */
export const range = (rows: readonly FormatRow[]): string | undefined =>
  rows.length > 1 && rows.every((row) => !Number.isNaN(age(row))) ? `${rows[0]?.version} … ${rows.at(-1)?.version}` : undefined;

/** Rows of which the first of each key stays. */
export function folded(rows: readonly FormatRow[]): FormatRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => !seen.has(key(row)) && seen.add(key(row)));
}
