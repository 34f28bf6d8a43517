// Drawing a box on the map: drag it, tap two corners, or move the cross with the arrows and set corners with Enter.
import type { Map } from "maplibre-gl";
import { offer } from "./actions.js";
import { type Box, rounded } from "./box.js";
import { $ } from "./dom.js";
import { onLanguage, t } from "./i18n/index.js";
import { set, state } from "./state.js";

/** A pointer that moved less has tapped, px. */
const TAP = 6;

type Point = { x: number; y: number };

/** Wires drawing to the map. */
export function drawing(map: Map): void {
  const veil = $("veil");
  const canvas = map.getCanvas();
  let first: Point | undefined;
  let pressed: Point | undefined;
  let before: Box | undefined;
  let byKeys = false;
  let active = false;

  const at = (event: PointerEvent): Point => {
    const { left, top } = veil.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const center = (): Point => ({ x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 });
  /** Where the first corner is on the ground: the map may move below it. */
  let anchor: { lng: number; lat: number } | undefined;

  const mode = (onNow: boolean, keys = false) => {
    byKeys = keys;
    veil.hidden = !onNow || keys;
    $("cross").hidden = !onNow || !keys;
    $("map-hint").hidden = !onNow;
    $("map-hint-words").textContent = onNow ? t(keys ? "map.draw.keys" : "map.draw.hint") : "";
    active = onNow;
    // Corners are set on ground that rests.
    if (onNow) map.stop();
    $("area-draw").setAttribute("aria-pressed", String(onNow));
    first = pressed = anchor = undefined;
    if (onNow) before = state().box;
  };
  const on = () => active;
  const stretch = (to: Point) => {
    const a = anchor;
    if (!a) return;
    const b = map.unproject([to.x, to.y]);
    const lat = [a.lat, b.lat].sort((p, q) => p - q) as [number, number];
    const lon = [a.lng, b.lng].sort((p, q) => p - q) as [number, number];
    if (lat[0] === lat[1] || lon[0] === lon[1]) return;
    set({ box: rounded([wrap(lon[0]), lat[0], wrap(lon[1]), lat[1]]), shape: undefined });
  };
  const corner = (point: Point) => {
    if (anchor) {
      stretch(point);
      return mode(false);
    }
    first = point;
    anchor = map.unproject([point.x, point.y]);
  };

  veil.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    veil.setPointerCapture(event.pointerId);
    map.stop();
    pressed = at(event);
    if (!first) anchor = map.unproject([pressed.x, pressed.y]);
  });
  veil.addEventListener("pointermove", (event) => (pressed || first) && stretch(at(event)));
  veil.addEventListener("pointerup", (event) => {
    if (!pressed) return;
    const point = at(event);
    const moved = Math.hypot(point.x - pressed.x, point.y - pressed.y) > TAP;
    pressed = undefined;
    if (moved) {
      stretch(point);
      mode(false);
    } else if (first) corner(point);
    else {
      anchor = undefined;
      corner(point);
    }
  });
  map.on("move", () => byKeys && stretch(center()));
  canvas.addEventListener("pointerdown", (event) => {
    if (!event.shiftKey || event.button !== 0) return;
    event.stopPropagation();
    mode(true);
    veil.setPointerCapture(event.pointerId);
    pressed = at(event);
    anchor = map.unproject([pressed.x, pressed.y]);
  }, true);
  canvas.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "b" && !event.ctrlKey && !event.metaKey) mode(true, true);
    else if (event.key === "Enter" && on()) corner(center());
    else if (event.key === "Delete") set({ box: undefined, shape: undefined });
    else return;
    event.preventDefault();
  });
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !on()) return;
    if (anchor) set({ box: before });
    mode(false);
  });
  const start = () => {
    if (on()) return mode(false);
    const keys = $("area-draw").matches(":focus-visible");
    set({ status: { kind: "idle" }, view: state().view === "sheet" ? "both" : state().view });
    mode(true, keys);
    if (keys) canvas.focus();
  };
  offer("draw", start);
  offer("move", start);
  $("area-polygon").addEventListener("click", () => on() && mode(false), true);
  onLanguage(() => on() && mode(false));
}

const wrap = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180;
