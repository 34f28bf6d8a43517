// Drawing a polygon: taps set corners, or Enter under the cross; the first corner, a double tap or Finish closes it. The map stays movable.
import type { GeoJSONSource, Map, MapMouseEvent } from "maplibre-gl";
import { offer } from "./actions.js";
import { around, rounded } from "./box.js";
import { $ } from "./dom.js";
import { onLanguage, t } from "./i18n/index.js";
import { set, state } from "./state.js";
import { color, onTheme } from "./theme.js";

/** A tap this near to the first corner closes, px. */
const NEAR = 14;

type Corner = [lon: number, lat: number];

/** Wires drawing to the map. */
export function polygons(map: Map): void {
  const canvas = map.getCanvas();
  let corners: Corner[] = [];
  let active = false;
  map.addSource("sketch", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addLayer({ id: "sketch", type: "line", source: "sketch", filter: ["==", "$type", "LineString"], paint: { "line-width": 2 } });
  map.addLayer({ id: "sketch-corner", type: "circle", source: "sketch", filter: ["==", "$type", "Point"], paint: { "circle-radius": 5, "circle-stroke-width": 2 } });
  const paint = () => {
    map.setPaintProperty("sketch", "line-color", color("--accent"));
    map.setPaintProperty("sketch-corner", "circle-color", color("--ground"));
    map.setPaintProperty("sketch-corner", "circle-stroke-color", color("--accent"));
  };
  paint();
  onTheme(() => requestAnimationFrame(paint));

  const show = () => {
    const line: GeoJSON.Feature = { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: corners } };
    const points = corners.map((at): GeoJSON.Feature => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at } }));
    (map.getSource("sketch") as GeoJSONSource).setData({ type: "FeatureCollection", features: corners.length > 1 ? [line, ...points] : points });
    $("map-finish").hidden = !active || corners.length < 3;
    if (active) $("map-hint-words").textContent = t(corners.length < 3 ? "map.polygon.hint" : "map.polygon.more", { n: corners.length });
  };
  const mode = (onNow: boolean, keys = false) => {
    active = onNow;
    corners = [];
    if (onNow) map.stop();
    canvas.style.cursor = onNow ? "crosshair" : "";
    $("map-hint").hidden = !onNow;
    $("cross").hidden = !onNow || !keys;
    $("area-polygon").setAttribute("aria-pressed", String(onNow));
    map.doubleClickZoom[onNow ? "disable" : "enable"]();
    show();
  };
  const finish = () => {
    if (corners.length < 3) return;
    const ring = [...corners, corners[0] as Corner].map(([lon, lat]): Corner => [wrap(lon), Math.round(lat * 1e6) / 1e6]);
    const box = rounded(around(ring));
    mode(false);
    set({ shape: { area: { type: "Polygon", coordinates: [ring] }, name: "" }, box });
    canvas.focus();
  };
  const corner = ({ lng, lat }: { lng: number; lat: number }) => {
    const [first] = corners;
    const there = map.project([lng, lat]);
    const start = first && map.project(first);
    if (start && corners.length >= 3 && Math.hypot(start.x - there.x, start.y - there.y) < NEAR) return finish();
    corners.push([lng, lat]);
    show();
  };

  map.on("click", ({ lngLat }: MapMouseEvent) => active && corner(lngLat));
  map.on("dblclick", () => active && finish());
  $("map-finish").addEventListener("click", finish);
  canvas.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (key === "p" && !event.ctrlKey && !event.metaKey) active ? finish() : start(true);
    else if (!active) return;
    else if (key === "enter") corner(map.getCenter());
    else if (key === "backspace") {
      corners.pop();
      show();
    } else return;
    event.preventDefault();
  });
  window.addEventListener("keydown", (event) => event.key === "Escape" && active && mode(false));
  const start = (keys: boolean) => {
    if (active) return mode(false);
    set({ status: { kind: "idle" }, view: state().view === "sheet" ? "both" : state().view });
    mode(true, keys);
    if (keys) canvas.focus();
  };
  offer("polygon", () => start($("area-polygon").matches(":focus-visible")));
  $("area-draw").addEventListener("click", () => active && mode(false), true);
  onLanguage(() => active && show());
}

const wrap = (lon: number) => Math.round((((((lon + 180) % 360) + 360) % 360) - 180) * 1e6) / 1e6;
