// What lies on the map: the box, the sheet's true outline, the drawn sheet in its place.
import type { CanvasSource, GeoJSONSource, Map } from "maplibre-gl";
import type { Area, SheetFrame } from "../api/types.js";
import { type Box, width } from "./box.js";
import { type Preview, on, state } from "./state.js";
import { color, onTheme } from "./theme.js";
import { later } from "./dom.js";
import { chosen, sheeted } from "./engine.js";

/** Time in which a new picture surely reaches the screen, ms. */
const FRAMES = 400;

type Ring = [number, number][];

/** Adds the layers and keeps them as the state is. */
export function overlay(map: Map): void {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const nowhere: Quad = [
    [0, 1],
    [1, 1],
    [1, 0],
    [0, 0],
  ];
  map.addSource("picture", { type: "canvas", canvas, coordinates: nowhere, animate: false });
  map.addLayer({ id: "picture", type: "raster", source: "picture", layout: { visibility: "none" }, paint: { "raster-fade-duration": 0 } });
  for (const id of ["rest", "box", "frame", "shape"]) map.addSource(id, { type: "geojson", data: empty });
  map.addLayer({ id: "rest", type: "fill", source: "rest", paint: { "fill-opacity": 0.5 } });
  map.addLayer({ id: "frame", type: "line", source: "frame", paint: { "line-width": 1.5, "line-dasharray": [3, 2] } });
  map.addLayer({ id: "shape", type: "line", source: "shape", paint: { "line-width": 2.5 } });
  map.addLayer({ id: "box-halo", type: "line", source: "box", paint: { "line-width": 5, "line-opacity": 0.7 } });
  map.addLayer({ id: "box", type: "line", source: "box", paint: { "line-width": 2 } });
  const paint = () => {
    map.setPaintProperty("rest", "fill-color", color("--ground"));
    map.setPaintProperty("shape", "line-color", color("--accent"));
    map.setPaintProperty("frame", "line-color", color("--accent"));
    map.setPaintProperty("box-halo", "line-color", color("--ground"));
    map.setPaintProperty("box", "line-color", color("--accent"));
  };
  paint();
  onTheme(() => requestAnimationFrame(paint));
  const data = (id: string, geometry: GeoJSON.Geometry | undefined) => {
    (map.getSource(id) as GeoJSONSource).setData(geometry ? { type: "Feature", properties: {}, geometry } : empty);
  };
  on(["box", "shape"], ({ box, shape }) => {
    const ring = box && corners(box);
    const rings = shape && outer(shape.outline ?? shape.area);
    data("box", ring && { type: "LineString", coordinates: ring });
    data("shape", rings && { type: "MultiLineString", coordinates: rings });
    data("rest", ring && { type: "Polygon", coordinates: [world(ring), ...(rings ?? [ring])] });
    for (const id of ["box", "box-halo"]) map.setPaintProperty(id, "line-opacity", rings ? 0.35 : id === "box" ? 1 : 0.7);
  });
  on(["frame", "settings"], ({ frame }) => {
    data("frame", frame && sheeted(chosen()) ? { type: "LineString", coordinates: frame.outline as Ring } : undefined);
  });
  let width = 0;
  const rest = later(FRAMES, () => (map.getSource("picture") as CanvasSource).pause());
  const picture = () => {
    const { preview, view } = state();
    const shown = view === "both" && preview !== undefined && !preview.part;
    map.setLayoutProperty("picture", "visibility", shown ? "visible" : "none");
    if (!shown) return;
    const source = map.getSource("picture") as CanvasSource;
    width = sharp(map, preview);
    copy(preview, canvas, width);
    source.setCoordinates(quad(preview.frame));
    // A playing source never lets the map rest: a few frames bring the picture there.
    source.play();
    rest();
  };
  on(["preview", "view"], picture);
  map.on("zoomend", () => {
    const { preview } = state();
    if (preview && sharp(map, preview) !== width) picture();
  });
  on(["preview"], () => map.setPaintProperty("picture", "raster-opacity", state().preview?.stale ? 0.55 : 1));
}

const empty: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
/** The world around a ring, once: the map repeats it. */
function world(ring: Ring): Ring {
  const [w, e] = [ring[0]?.[0] ?? 0, ring[2]?.[0] ?? 0];
  const [from, to] = [(w + e) / 2 - 180, (w + e) / 2 + 180];
  return [
    [from, -86],
    [to, -86],
    [to, 86],
    [from, 86],
    [from, -86],
  ];
}

/** The outer rings of an area; those of a relation are known once its outline came. */
function outer(area: Area): Ring[] | undefined {
  if ("relation" in area) return undefined;
  const polygons = area.type === "Polygon" ? [area.coordinates] : area.coordinates;
  return polygons.map(([ring]) => (ring ?? []) as unknown as Ring);
}

/** A box as a closed ring; one across the antimeridian goes on eastward. */
function corners(box: Box): Ring {
  const [w, s, , n] = box;
  const e = w + width(box);
  return [
    [w, s],
    [w, n],
    [e, n],
    [e, s],
    [w, s],
  ];
}

type Quad = [[number, number], [number, number], [number, number], [number, number]];

/** Corners of the map frame for MapLibre: upper left, upper right, lower right, lower left. The outline begins lower left, whichever way it turns. */
function quad({ outline }: SheetFrame): Quad {
  const side = (outline.length - 1) / 4;
  const corners = [0, 1, 2, 3].map((row) => (outline[row * side] ?? [0, 0]) as [number, number]) as Quad;
  const [a, b, c, d] = corners;
  const [[ax, ay], [bx, by], [cx, cy]] = [a, b, c];
  const left = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) > 0;
  return left ? [d, c, b, a] : [b, c, d, a];
}

/** The width in pixels that shows all of a picture without flicker: at most twice what is on the screen. */
function sharp(map: Map, { picture, frame }: Preview): number {
  const [a, b] = quad(frame).map((corner) => map.project(corner));
  const onScreen = a && b ? Math.hypot(b.x - a.x, b.y - a.y) * devicePixelRatio : picture.width;
  let width = Math.round((picture.width * frame.map[2]) / (frame.width + 2 * frame.bleed));
  while (width > 2 * onScreen && width > 64) width = Math.round(width / 2);
  return width;
}

/** Copies the map frame of the sheet, without margins. */
function copy({ picture, frame }: Preview, canvas: HTMLCanvasElement, width: number): void {
  const perMm = picture.width / (frame.width + 2 * frame.bleed);
  const [x, y, w, h] = frame.map.map((mm) => mm * perMm) as [number, number, number, number];
  const inset = frame.bleed * perMm;
  canvas.width = width;
  canvas.height = Math.round((width * h) / w);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, x + inset, y + inset, w, h, 0, 0, canvas.width, canvas.height);
}
