// Two texts that may differ in their numbers only, and in those by little.

const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g;

/** What differs by more than `most`, if anything does. */
export function numbers(a, b, most) {
  const [x, y] = [a, b].map((text) => [...text.matchAll(NUMBER)]);
  if (x.length !== y.length) return `${x.length} and ${y.length} numbers`;
  let [endX, endY] = [0, 0];
  for (const [row, hit] of x.entries()) {
    const other = y[row];
    const [before, beside] = [a.slice(endX, hit.index), b.slice(endY, other.index)];
    if (before !== beside) return `text ${row}: "${before.slice(0, 80)}" and "${beside.slice(0, 80)}"`;
    if (hit[0] !== other[0] && !(Math.abs(hit[0] - other[0]) <= most)) return `number ${row}: ${hit[0]} and ${other[0]}`;
    [endX, endY] = [hit.index + hit[0].length, other.index + other[0].length];
  }
  return a.slice(endX) === b.slice(endY) ? undefined : "the ends differ";
}
