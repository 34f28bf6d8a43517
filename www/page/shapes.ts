// What a dropped text is, and the closed shapes in it. Whatever is drawn from it is the engine's business.
import type { Area, Position } from "../api/types.js";

/** Kinds of files that are no OSM data. */
export type Kind = "gpx" | "kml" | "geojson" | "style";

type Ring = Position[];
type Json = { [key: string]: unknown };

/** As much of a file as shows what it is, bytes. */
export const BEGINNING = 65536;

/** What a file is by its beginning; undefined is left to the engine. */
export function kindOf(beginning: string): Kind | undefined {
  const text = beginning.replace(/^\uFEFF/, "").trimStart();
  if (text.startsWith("<")) return /<gpx[\s>]/.test(text) ? "gpx" : /<kml[\s>]/.test(text) ? "kml" : undefined;
  if (!text.startsWith("{")) return undefined;
  if (/"type"\s*:\s*"(FeatureCollection|Feature|GeometryCollection|(Multi)?(Point|LineString|Polygon))"/.test(text)) return "geojson";
  return /"version"\s*:\s*8\b/.test(text) && /"(layers|sources)"\s*:/.test(text) ? "style" : undefined;
}

/** A text and its kind. */
export interface Text {
  kind: Kind;
  text: string;
}

/** The closed shapes of texts as one area; undefined where there are none. */
export function shapeOf(texts: readonly Text[]): Area | undefined {
  const polygons = texts.flatMap(({ kind, text }) => (kind === "geojson" ? fromJson(JSON.parse(text) as Json) : fromXml(kind, text))).filter(whole);
  const [first] = polygons;
  if (!first) return undefined;
  return polygons.length === 1 ? { type: "Polygon", coordinates: first } : { type: "MultiPolygon", coordinates: polygons };
}

/** All positions of a text. */
export function positionsOf({ kind, text }: Text): Position[] {
  if (kind === "geojson") return inside((JSON.parse(text) as Json));
  const document = new DOMParser().parseFromString(text, "application/xml");
  if (kind === "gpx") return [...document.querySelectorAll("wpt, trkpt, rtept")].map(point);
  return [...document.querySelectorAll("coordinates")].flatMap(({ textContent }) => tuples(textContent));
}

const whole = (rings: Ring[]) => rings.length > 0 && rings.every((ring) => ring.length >= 4);

function fromJson(json: Json): Ring[][] {
  const { type, features, geometries, geometry, coordinates } = json as { type: string; features?: Json[]; geometries?: Json[]; geometry?: Json; coordinates?: unknown };
  if (features ?? geometries) return (features ?? geometries ?? []).flatMap(fromJson);
  if (geometry) return fromJson(geometry);
  if (type === "Polygon") return [flat(coordinates as number[][][])];
  if (type === "MultiPolygon") return (coordinates as number[][][][]).map(flat);
  return [];
}

const flat = (rings: number[][][]): Ring[] => rings.map((ring) => closed(ring.map(([lon = 0, lat = 0]) => [lon, lat] as const)));

/** A ring that ends where it began, as the engine takes them. */
function closed(ring: Ring): Ring {
  const [first] = ring;
  const last = ring.at(-1);
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring;
}

function inside(value: unknown): Position[] {
  if (Array.isArray(value)) return typeof value[0] === "number" ? [[Number(value[0]), Number(value[1])]] : value.flatMap(inside);
  if (typeof value !== "object" || value === null) return [];
  const { features, geometries, geometry, coordinates } = value as Json;
  return inside(features ?? geometries ?? geometry ?? coordinates);
}

/** Polygons of KML; tracks of GPX that end where they began. */
function fromXml(kind: Kind, text: string): Ring[][] {
  const document = new DOMParser().parseFromString(text, "application/xml");
  if (kind === "kml") {
    return [...document.querySelectorAll("Polygon")].map((polygon) =>
      [...polygon.querySelectorAll("outerBoundaryIs coordinates, innerBoundaryIs coordinates")].map(({ textContent }) => closed(tuples(textContent))),
    );
  }
  const lines = [...document.querySelectorAll("trkseg, rte")].map((line) => [...line.querySelectorAll("trkpt, rtept")].map(point));
  return lines.filter((line) => line.length >= 4 && near(line[0], line.at(-1))).map((line) => [[...line.slice(0, -1), line[0] ?? [0, 0]]]);
}

/** Ends of a walk around something meet within some 50 m. */
const near = (a: Position | undefined, b: Position | undefined) => a && b && Math.hypot((a[0] - b[0]) * Math.cos((a[1] * Math.PI) / 180), a[1] - b[1]) < 5e-4;

const point = (element: Element): Position => [Number(element.getAttribute("lon")), Number(element.getAttribute("lat"))];

const tuples = (text: string | null): Ring =>
  (text ?? "").trim().split(/\s+/).map((tuple) => tuple.split(",").map(Number)).filter(([lon, lat]) => Number.isFinite(lon) && Number.isFinite(lat)).map(([lon = 0, lat = 0]) => [lon, lat] as const);
