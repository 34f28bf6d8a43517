// The map: MapLibre over raster tiles, for the view only. Everything here is loaded after the form.
import type * as maplibre from "maplibre-gl";
import { offer } from "./actions.js";
import { type Box, type Spot, rounded, width } from "./box.js";
import { $, el } from "./dom.js";
import { drawing } from "./draw.js";
import { handles } from "./handles.js";
import { onLanguage, t } from "./i18n/index.js";
import type { MapLibre } from "./maplibre.js";
import { overlay } from "./overlay.js";
import { polygons } from "./polygon.js";
import { sheetTag } from "./sheetmove.js";
import { on, set, state } from "./state.js";
import { dark, onTheme } from "./theme.js";
import page from "./page.json";

/** How tiles look under the dark theme. */
const DIM = { "raster-brightness-max": 0.62, "raster-saturation": -0.45, "raster-contrast": 0.05 } as const;
const PLAIN = { "raster-brightness-max": 1, "raster-saturation": 0, "raster-contrast": 0 } as const;
const GROUND = { light: "#e9eeeb", dark: "#1a211e" } as const;

/** Shows the map, or says that it cannot. */
export async function showMap(): Promise<void> {
  let closed = "";
  const note = (key?: "map.none" | "map.offline") => {
    $("map-note").hidden = !key || key === closed;
    $("map-note-close").hidden = !key;
    if (!key) return;
    $("map-note-words").dataset["t"] = key;
    $("map-note-words").textContent = t(key);
  };
  $("map-note-close").addEventListener("click", () => {
    closed = $("map-note-words").dataset["t"] ?? "";
    $("map-note").hidden = true;
    ($("map").querySelector("canvas") ?? $("place")).focus();
  });
  try {
    if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no WebGL");
    document.head.append(el("link", { rel: "stylesheet", href: "maplibre/maplibre-gl.css" }));
    const address = new URL("maplibre/maplibre-gl.mjs", document.baseURI).href;
    const library = (await import(/* webpackIgnore: true */ address)) as MapLibre;
    const map = await make(library);
    note();
    tilesOrNote(map, note);
  } catch {
    $("map").hidden = true;
    note("map.none");
    numbersOnly();
  }
}

async function make(library: MapLibre): Promise<maplibre.Map> {
  const { target, box } = state();
  const { center, zoom } = page.view;
  const map = new library.Map({
    container: "map",
    style: style(),
    center: center as [number, number],
    zoom,
    attributionControl: false,
    boxZoom: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    fadeDuration: reduced() ? 0 : 150,
    locale: { "Map.Title": t("map.label"), "NavigationControl.ZoomIn": t("map.zoom.in"), "NavigationControl.ZoomOut": t("map.zoom.out"), "ScaleControl.Meters": t("map.unit.m"), "ScaleControl.Kilometers": t("map.unit.km") },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new library.ScaleControl({ maxWidth: 110 }), "bottom-left");
  map.addControl(new library.AttributionControl({ compact: false }), "bottom-right");
  await new Promise<void>((resolve) => map.once("style.load", () => resolve()));
  overlay(map);
  drawing(map);
  polygons(map);
  handles(library, map);
  sheetTag(library, map);
  offer("view", () => {
    const bounds = map.getBounds();
    const [west, east] = [bounds.getWest(), bounds.getEast()].map((lon) => ((((lon + 180) % 360) + 360) % 360) - 180);
    set({ box: rounded([west ?? 0, bounds.getSouth(), east ?? 0, bounds.getNorth()]), shape: undefined });
  });
  map.on("moveend", () => {
    const { lng, lat } = map.getCenter().wrap();
    set({ seen: { lon: lng, lat } });
  });
  on(["target"], (now) => now.target && look(map, now.target));
  if (!target && box) look(map, box);
  onTheme(() => {
    for (const [name, value] of Object.entries(dark() ? DIM : PLAIN)) map.setPaintProperty("base", name as keyof typeof DIM, value);
    map.setPaintProperty("ground", "background-color", GROUND[dark() ? "dark" : "light"]);
  });
  onLanguage(() => map.getCanvas().setAttribute("aria-label", t("map.label")));
  new ResizeObserver(() => map.resize()).observe($("map"));
  return map;
}

/** The base map as a MapLibre style: one raster source, ours above. */
function style(): maplibre.StyleSpecification {
  const { url, maxzoom, attribution } = page.tiles;
  return {
    version: 8,
    sources: { base: { type: "raster", tiles: [url], tileSize: 256, maxzoom, attribution } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": GROUND[dark() ? "dark" : "light"] } },
      { id: "base", type: "raster", source: "base", paint: dark() ? DIM : PLAIN },
    ],
  };
}

const reduced = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Room around what is looked at; the switch stands at the top, a note may stand at the bottom. */
function padding(): maplibre.PaddingOptions {
  const { clientWidth, clientHeight } = $("map");
  const side = Math.min(64, clientWidth / 10);
  const noted = $("map-note").offsetHeight;
  const most = clientHeight / 3;
  return { top: Math.min(64, most), bottom: Math.min(noted ? noted + 56 : Math.min(64, side + 12), most), left: side, right: side };
}

/** How long a flight takes, however far it goes, ms. */
const FLIGHT = 900;

/** Moves the view. */
function look(map: maplibre.Map, target: Box | Spot): void {
  if ("lat" in target) {
    const there = { center: [target.lon, target.lat] as [number, number], zoom: target.zoom ?? 15 };
    if (reduced()) map.jumpTo(there);
    else map.flyTo({ ...there, duration: FLIGHT });
    return;
  }
  const [w, s, , n] = target;
  const bounds: [number, number, number, number] = [w, s, w + width(target), n];
  map.fitBounds(bounds, { padding: padding(), animate: !reduced(), duration: 700 });
}

/** Says so where the tile host is out of reach. */
function tilesOrNote(map: maplibre.Map, note: (key?: "map.offline") => void): void {
  let reached = false;
  map.on("error", (event) => {
    if ("sourceId" in event && event.sourceId === "base" && !reached) note("map.offline");
  });
  map.on("sourcedata", ({ sourceId, coord, tile }) => {
    if (sourceId !== "base" || !coord || (tile as { state?: string } | undefined)?.state !== "loaded") return;
    reached = true;
    note();
  });
}

/** Without a map, boxes are numbers. */
function numbersOnly(): void {
  const numbers = () => {
    const fold = $<HTMLDetailsElement>("area-numbers");
    fold.open = true;
    $("side-w").focus();
  };
  offer("draw", numbers);
  offer("polygon", numbers);
  offer("move", numbers);
  offer("view", numbers);
}
