// A made-up quarter of a town in the form of an Overpass answer: what the engine practises on before real data are there.

/** How long the engine practises after a pack was loaded, ms: browsers have compiled the loops anew by then. */
export const WARMUP = 600;
/** Rest between two rounds, ms: what compiles needs processors, too. */
export const REST = 4;

/** Crossings on each side of the quarter, and the ground between two of them, degrees. */
const SIDE = 24;
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

/** The crossing in a column and a row. Ids are in no order, as in real answers. */
const crossing = (column: number, row: number): number => 1 + (((row * SIDE + column) * 7919) % 10007);

/** The house between four crossings. */
const house = (column: number, row: number): number => 1000 + row * SIDE + column;

/** A place in degrees, with as many digits as real ones have. */
const degrees = (steps: number): number => Number((10 + steps * STEP + 1e-7).toFixed(7));

/** Numbers from 0. */
const upTo = (count: number): number[] => Array.from({ length: count }, (_, row) => row);

/** Crossings; some are cafés, some have a tree. */
function* nodes(): Generator<Element> {
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const id = crossing(column, row);
      const cafe = { amenity: "cafe", name: `Café ${id}`, "name:en": `Coffee ${id}`, opening_hours: "Mo-Fr 08:00-18:00", website: `https://example.org/${id}` };
      const tags = id % 12 === 0 ? cafe : id % 7 === 0 ? { natural: "tree" } : undefined;
      yield { type: "node", id, lat: degrees(row), lon: degrees(column), ...(tags && { tags }) };
    }
  }
}

/** A road along each row, and what stands between them: houses, grass, ponds, and woods around some of the houses. */
function* ways(): Generator<Element> {
  for (const row of upTo(SIDE)) {
    const highway = row % 8 === 0 ? "primary" : row % 3 === 0 ? "residential" : "footway";
    const tags = { highway, name: `Row “${row}”`, oneway: "yes", surface: "asphalt", maxspeed: `${30 + row}`, lit: "yes" };
    yield { type: "way", id: 1 + row, nodes: upTo(SIDE).map((column) => crossing(column, row)), tags };
  }
  for (const row of upTo(SIDE - 1)) {
    for (const column of upTo(SIDE - 1)) {
      const id = house(column, row);
      const ring = [crossing(column, row), crossing(column + 1, row), crossing(column + 1, row + 1), crossing(column, row + 1)];
      const address = { "addr:housenumber": `${id}`, "addr:street": `Row “${row}”`, [`source:${id % 97}`]: "survey" };
      const tags = id % 31 === 0 ? { natural: "water", name: `Pond ${id}` } : id % 11 === 0 ? { landuse: "grass" } : { building: "yes", ...address };
      yield { type: "way", id, nodes: [...ring, ring[0]], tags };
    }
  }
  for (const at of woods()) {
    const side = upTo(3);
    const corners = [...side.map((n) => [n, 0]), ...side.map((n) => [3, n]), ...side.map((n) => [3 - n, 3]), ...side.map((n) => [0, 3 - n])];
    const ring = [...corners, [0, 0]].map(([x = 0, y = 0]) => crossing(at + x, at + y));
    // Each half runs its own way.
    yield { type: "way", id: 5000 + at, nodes: ring.slice(0, 7), tags: {} };
    yield { type: "way", id: 6000 + at, nodes: ring.slice(6).reverse(), tags: { barrier: "fence" } };
  }
}

/** Where the corners of woods are, on the diagonal. */
const woods = (): number[] => upTo(Math.floor(SIDE / 4) - 1).map((n) => 1 + 4 * n);

/** The woods, and a bus route over all roads with a stop at each end. */
function* relations(): Generator<Element> {
  const member = (type: string, ref: number, role: string) => ({ type, ref, role });
  for (const at of woods()) {
    const members = [member("way", 5000 + at, "outer"), member("way", 6000 + at, "outer"), member("way", house(at + 1, at + 1), "inner")];
    yield { type: "relation", id: at, members, tags: { type: "multipolygon", landuse: "forest", name: `Wood ${at}` } };
  }
  const roads = upTo(SIDE).map((row) => member("way", 1 + row, ""));
  const stops = upTo(SIDE).flatMap((row) => [0, SIDE - 1].map((column) => member("node", crossing(column, row), "stop")));
  yield { type: "relation", id: 1000, members: [...stops, ...roads], tags: { type: "route", route: "bus", ref: "7", name: "Bus 7" } };
}
