// The sheet's frame on the map: a tag with paper and scale, which is dragged, or nudged by the arrows; the area goes along.
import type { Map, Marker } from "maplibre-gl";
import { type Box, around, rounded, width } from "./box.js";
import { $, el } from "./dom.js";
import { chosen, sheeted } from "./engine.js";
import { number, onLanguage, t } from "./i18n/index.js";
import type { MapLibre } from "./maplibre.js";
import { on, set, state } from "./state.js";

/** Steps of the arrows in parts of the frame, and with Shift. */
const STEP = 0.01;
const LEAP = 0.1;

/** Shows the tag while there is a sheet other than the area itself. */
export function sheetTag(library: MapLibre, map: Map): void {
  const element = el("button", { type: "button", className: "sheet-tag" });
  const marker: Marker = new library.Marker({ element, draggable: true, anchor: "bottom" }).setLngLat([0, 0]);
  let held: { box: Box; lng: number; lat: number } | undefined;
  marker.on("dragstart", () => {
    const { box } = state();
    const { lng, lat } = marker.getLngLat();
    held = box && { box, lng, lat };
  });
  marker.on("drag", () => {
    if (!held) return;
    const { lng, lat } = marker.getLngLat();
    set({ box: moved(held.box, lng - held.lng, lat - held.lat), shape: undefined });
  });
  marker.on("dragend", () => {
    held = undefined;
  });
  element.addEventListener("keydown", (event) => {
    const { box, frame } = state();
    const along = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!along || !box || !frame) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? LEAP : STEP;
    set({ box: moved(box, (along[0] ?? 0) * step * width(box), (along[1] ?? 0) * step * (box[3] - box[1])), shape: undefined });
  });
  let page: unknown = {};
  /** A sheet that was just set and does not fit into the view comes into view. */
  const fit = () => {
    const { frame, settings } = state();
    if (!frame || settings.page === page) return;
    page = settings.page;
    const bounds = map.getBounds();
    if (page && !frame.outline.every(([lon, lat]) => bounds.contains([lon, lat]))) set({ target: around(frame.outline) });
  };
  const show = () => {
    const { frame, settings } = state();
    const size = settings.page?.size ?? "fit";
    const sheet = frame && sheeted(chosen()) && (size !== "fit" || settings.page?.scale !== undefined);
    if (!sheet) return void marker.remove();
    const name = typeof size === "string" && size !== "fit" ? size : `${number(frame.width, 0)} × ${number(frame.height, 0)} mm`;
    element.textContent = t("map.sheet", { size: name, scale: frame.scale });
    element.setAttribute("aria-label", `${element.textContent}. ${t("map.sheet.move")}`);
    if (held) return;
    const lons = frame.outline.map(([lon]) => lon);
    const top = Math.max(...frame.outline.map(([, lat]) => lat));
    const before = document.activeElement === element;
    marker.setLngLat([(Math.min(...lons) + Math.max(...lons)) / 2, top]).addTo(map);
    if (before && document.activeElement !== element) element.focus();
  };
  on(["frame", "settings"], show);
  on(["frame"], fit);
  onLanguage(show);
  $("stage").addEventListener("keydown", (event) => event.key === "Escape" && document.activeElement === element && map.getCanvas().focus());
}

function moved(box: Box, dx: number, dy: number): Box {
  const [w, s, , n] = box;
  if (s + dy < -85 || n + dy > 85) return box;
  const turned = (lon: number) => (lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon);
  return rounded([turned(w + dx), s + dy, turned(w + width(box) + dx), n + dy]);
}
