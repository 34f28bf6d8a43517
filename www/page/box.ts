// Boxes in degrees: what is wrong with them, measuring, enlarging. No page here.

/** West, south, east, north in degrees; west > east crosses the antimeridian. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** A place to look at. */
export interface Spot {
  lon: number;
  lat: number;
  zoom?: number;
}

/** Mean radius of the earth, km. */
const RADIUS = 6371.0088;
const radians = Math.PI / 180;

/** Degrees a box is wide, the short way eastward. */
export const width = ([w, , e]: Box): number => (e >= w ? e - w : e - w + 360);

/** Size on a sphere: km east-west at the middle, km north-south, km². */
export function measure(box: Box): { across: number; along: number; area: number } {
  const [, s, , n] = box;
  const along = (n - s) * radians * RADIUS;
  const across = width(box) * radians * RADIUS * Math.cos(((s + n) / 2) * radians);
  const area = RADIUS ** 2 * width(box) * radians * (Math.sin(n * radians) - Math.sin(s * radians));
  return { across, along, area };
}

/** What is wrong with a box, if anything. */
export function fault([w, s, e, n]: Box): "swapped" | "order" | "range" | undefined {
  if (![w, s, e, n].every(Number.isFinite) || s < -90 || n > 90 || Math.abs(w) > 180 || Math.abs(e) > 180) return "range";
  if (s >= n || w === e) return "order";
  return w > e ? "swapped" : undefined;
}

/** A box with `share` of its sides more at each edge (less, if negative). */
export function grown(box: Box, share: number): Box {
  const [w, s, e, n] = box;
  const dx = width(box) * share;
  const dy = (n - s) * share;
  return rounded([turned(w - dx), Math.max(-90, s - dy), turned(e + dx), Math.min(90, n + dy)]);
}

/** True where `inner` lies within `outer`. */
export function holds(outer: Box, inner: Box): boolean {
  const start = (inner[0] - outer[0] + 720) % 360;
  return inner[1] >= outer[1] && inner[3] <= outer[3] && start + width(inner) <= width(outer) + 1e-9;
}

/** The box around positions, none of which is more than half the earth from the first. */
export function around(points: readonly (readonly [number, number])[]): Box {
  const [lon0 = 0] = points[0] ?? [];
  const near = (lon: number) => lon0 + ((((lon - lon0 + 180) % 360) + 360) % 360) - 180;
  const sides: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of points) {
    const x = near(lon);
    sides[0] = Math.min(sides[0], x);
    sides[1] = Math.min(sides[1], lat);
    sides[2] = Math.max(sides[2], x);
    sides[3] = Math.max(sides[3], lat);
  }
  return rounded([turned(sides[0]), sides[1], turned(sides[2]), sides[3]]);
}

/** A box at least `km` wide and high, about the same middle. */
export function atLeast(box: Box, km: number): Box {
  const [w, s, , n] = box;
  const { across, along } = measure(box);
  const lat = (s + n) / 2;
  const high = along < km ? km / (radians * RADIUS) : n - s;
  const wide = across < km ? km / (radians * RADIUS * Math.max(0.01, Math.cos(lat * radians))) : width(box);
  const lon = w + width(box) / 2;
  return rounded([turned(lon - wide / 2), Math.max(-90, lat - high / 2), turned(lon + wide / 2), Math.min(90, lat + high / 2)]);
}

/** The smallest box that holds both. */
export function joined(a: Box, b: Box): Box {
  const corners = ([w, s, e, n]: Box): [number, number][] => [
    [w, s],
    [w + width([w, s, e, n]), n],
  ];
  return around([...corners(a), ...corners(b)]);
}

/** Coordinates in steps of 1e-6 degrees: a decimetre. */
export const rounded = (box: Box): Box => box.map((value) => Math.round(value * 1e6) / 1e6) as unknown as Box;

const turned = (lon: number) => (lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon);
