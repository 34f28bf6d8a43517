// The outline of a boundary, to be seen at once: the rings of one relation. What cuts the files is the relation in the data. No page here.
import type { Area, Position } from "../api/types.js";

/** The query for its shape alone. */
export const outlineQuery = (relation: number): string => `[out:json][timeout:25];\nrel(${relation});\nout geom;\n`;

interface Member {
  type: string;
  role?: string;
  geometry?: readonly ({ lat: number; lon: number } | null)[];
}

/** The outer rings in an answer, as an area; undefined where none closes. */
export function outlineOf(answer: string): Area | undefined {
  const { elements = [] } = JSON.parse(answer) as { elements?: readonly { members?: readonly Member[] }[] };
  const lines = (elements[0]?.members ?? [])
    .filter(({ type, role }) => type === "way" && role !== "inner")
    .map(({ geometry = [] }) => geometry.filter((point) => point !== null).map(({ lon, lat }): Position => [lon, lat]));
  const rings = joined(lines.filter(({ length }) => length > 1));
  return rings.length > 0 ? { type: "MultiPolygon", coordinates: rings.map((ring) => [ring]) } : undefined;
}

const same = (a: Position | undefined, b: Position | undefined) => a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];

/** Lines put together where they end, in whatever direction they run. */
function joined(lines: readonly Position[][]): Position[][] {
  const left = [...lines];
  const rings: Position[][] = [];
  for (let line = left.pop(); line; line = left.pop()) {
    while (!same(line[0], line.at(-1))) {
      const end: Position | undefined = line.at(-1);
      const at = left.findIndex((other) => same(other[0], end) || same(other.at(-1), end));
      const [next] = at < 0 ? [] : left.splice(at, 1);
      if (!next) break;
      line = [...line, ...(same(next[0], end) ? next : next.toReversed()).slice(1)];
    }
    if (line.length >= 4 && same(line[0], line.at(-1))) rings.push(line);
  }
  return rings;
}
