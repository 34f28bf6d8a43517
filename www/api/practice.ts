// A made-up quarter of a town in the form of an Overpass answer: what the engine practises on before real data are there.

/** How long the engine practises after a pack was loaded, ms: browsers have compiled the loops anew by then. */
export const PRACTICE = 600;

/** Crossings on each side of the quarter, and the ground between two of them, degrees. */
const SIDE = 40;
const STEP = 1e-3;

interface Element {
  type: "node" | "way" | "relation";
  id: number;
  [field: string]: unknown;
}

let kept: Uint8Array | undefined;

/** The quarter as JSON, made once. */
export function quarter(): Uint8Array {
  return (kept ??= new TextEncoder().encode(text()));
}

function text(): string {
  const rows = [...nodes(), ...ways(), ...relations()].map((row) => JSON.stringify(row, null, 2));
  return `{\n  "version": 0.6,\n  "elements": [\n${rows.join(",\n")}\n]}`;
}

/** The crossing in a column and a row, 1 and up. */
const crossing = (column: number, row: number): number => 1 + row * SIDE + column;

/** A place in degrees, with as many digits as real ones have. */
const degrees = (steps: number): number => Number((10 + steps * STEP + 1e-7).toFixed(7));

/** Crossings; some are cafés, some have a tree. */
function* nodes(): Generator<Element> {
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const id = crossing(column, row);
      const tags = id % 20 === 0 ? { amenity: "cafe", name: `Café ${id}` } : id % 7 === 0 ? { natural: "tree" } : undefined;
      yield { type: "node", id, lat: degrees(row), lon: degrees(column), ...(tags && { tags }) };
    }
  }
}

/** A road along each row, and what stands between them: houses, some grass, a pond. */
function* ways(): Generator<Element> {
  for (let row = 0; row < SIDE; row++) {
    const highway = row % 8 === 0 ? "primary" : row % 3 === 0 ? "residential" : "footway";
    const road = Array.from({ length: SIDE }, (_, column) => crossing(column, row));
    yield { type: "way", id: 1 + row, nodes: road, tags: { highway, name: `Row “${row}”`, oneway: "yes" } };
  }
  for (let row = 0; row + 1 < SIDE; row++) {
    for (let column = 0; column + 1 < SIDE; column++) {
      const [a, b, c, d] = [crossing(column, row), crossing(column + 1, row), crossing(column + 1, row + 1), crossing(column, row + 1)];
      const kind = a % 31 === 0 ? { natural: "water", name: `Pond ${a}` } : a % 11 === 0 ? { landuse: "grass" } : { building: "yes", "addr:housenumber": `${a}` };
      yield { type: "way", id: SIDE + a, nodes: [a, b, c, d, a], tags: kind };
    }
  }
}

/** Woods around some of the houses. */
function* relations(): Generator<Element> {
  for (let row = 1; row + 1 < SIDE; row += 4) {
    const members = [{ type: "way", ref: SIDE + crossing(row, row), role: "outer" }];
    yield { type: "relation", id: row, members, tags: { type: "multipolygon", landuse: "forest", name: `Wood ${row}` } };
  }
}
