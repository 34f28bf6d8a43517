// Names of places: exact ones, asked of Overpass on Enter. No page here.
import { places as named } from "../api/places.js";
import type { Place as Named } from "../api/types.js";
import { type Box, type Spot, measure, rounded, width } from "./box.js";

/** A place that was found, with the box that is shown. */
export interface Place extends Named {
  box?: Box;
}

/** What an answer names, nearest to `from` first. */
export function places(answer: string, from: Spot): Place[] {
  const found = named(answer).map((place) => (place.bbox ? { ...place, box: rounded(place.bbox) } : place));
  return found.sort((a, b) => distance(from, a) - distance(from, b));
}

/** Kilometres between two places. */
export function distance(a: Spot, b: Spot): number {
  const box: Box = [Math.min(a.lon, b.lon), Math.min(a.lat, b.lat), Math.max(a.lon, b.lon), Math.max(a.lat, b.lat)];
  const { across, along } = measure(width(box) > 180 ? [box[2], box[1], box[0], box[3]] : box);
  return Math.hypot(across, along);
}
