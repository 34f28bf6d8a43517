// What two or four numbers may mean: a place, a box, or several of them that a person picks from. No page here.
import { type Box, type Spot, around, fault, measure, rounded, width } from "./box.js";
import type { Angle } from "./degrees.js";

/** A place or a box, as one reading of numbers. */
export type Reading = Box | Spot;

/** A place; or what it may be, best first, with the box that the numbers are literally. */
export type Read = { kind: "place"; place: Reading } | { kind: "doubt"; readings: readonly Reading[]; literal?: Box };

/** Where west, south, east and north stand among four numbers, in the orders that programs have. */
const ORDERS = [
  [0, 1, 2, 3], // GeoJSON, OGC
  [2, 1, 0, 3], // the same with the longitudes swapped
  [1, 0, 3, 2], // Overpass, Nominatim of old: south, west, north, east
  [0, 2, 1, 3], // GMT, Nominatim: west, east, south, north
  [2, 0, 3, 1], // south, north, west, east
  [1, 2, 3, 0], // north, west, south, east: two corners
  [0, 3, 2, 1], // GDAL: west, north, east, south
  [2, 1, 3, 0], // north, south, west, east
  [3, 1, 2, 0], // north, south, east, west
] as const;

/** Nobody means a box larger than this, km², or so thin, where another reading is there. */
const ABSURD = 5e6;
const THIN = 20;

const place = (place: Reading): Read => ({ kind: "place", place });

/** Four numbers: west, south, east, north, unless that is no box, a reversed or an absurd one. */
export function four(values: readonly number[]): Read {
  const literal = rounded(values as unknown as Box);
  if (fault(literal) === undefined && sensible(literal)) return place(literal);
  const crossing = fault(literal) === "swapped" && sensible(literal);
  const others = ORDERS.slice(1).map((order) => rounded(order.map((at) => values[at]) as unknown as Box));
  const sound = others.filter((box) => fault(box) === undefined && sensible(box));
  // Only the antimeridian lies between them.
  if (crossing && sound.length === 0) return place(literal);
  const usable = fault(literal) === undefined || crossing ? [literal] : [];
  const readings = [...new Map([...sound, ...usable].map((box) => [box.join(), box])).values()];
  if (sound.length === 0) return place(literal);
  return { kind: "doubt", readings, literal };
}

function sensible(box: Box): boolean {
  const { across, along, area } = measure(box);
  return width(box) <= 180 && area <= ABSURD && Math.max(across, along) <= THIN * Math.min(across, along);
}

/** Two numbers are latitude and longitude; where they cannot be, the other way round is asked about. */
export function two(first: number, second: number, zoom?: number): Read | undefined {
  const at = (lat: number, lon: number): Spot | undefined => (Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon, ...(zoom !== undefined && { zoom }) } : undefined);
  const spot = at(first, second);
  if (spot) return place(spot);
  const other = at(second, first);
  return other && { kind: "doubt", readings: [other] };
}

/** Angles: those with hemispheres say themselves what they are. */
export function ofAngles(all: readonly Angle[]): Read | undefined {
  const [lats, lons] = (["lat", "lon"] as const).map((axis) => all.filter((each) => each.axis === axis).map(({ value }) => value)) as [number[], number[]];
  if (all.length === 2 && lats.length === 1 && lons.length === 1) return two(lats[0] ?? NaN, lons[0] ?? NaN);
  if (all.length === 4 && lats.length === 2 && lons.length === 2) {
    const box = around([[lons[0] ?? 0, lats[0] ?? 0], [lons[1] ?? 0, lats[1] ?? 0]]);
    return fault(box) === undefined || fault(box) === "swapped" ? place(box) : undefined;
  }
  if (lats.length + lons.length > 0) return undefined;
  const values = all.map(({ value }) => value);
  return values.length === 2 ? two(values[0] ?? NaN, values[1] ?? NaN) : values.length === 4 ? four(values) : undefined;
}
