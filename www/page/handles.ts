// Handles of the box: corners and the whole. One of them is in the tab order; arrows move it, Enter goes to the next.
import type { Map, Marker } from "maplibre-gl";
import { type Box, rounded, width } from "./box.js";
import { el } from "./dom.js";
import { onLanguage, t } from "./i18n/index.js";
import type { MapLibre } from "./maplibre.js";
import { on, set, state } from "./state.js";

/** Which sides of the box a handle moves: west, south, east, north. */
const HANDLES = {
  nw: [1, 0, 0, 1],
  ne: [0, 0, 1, 1],
  se: [0, 1, 1, 0],
  sw: [1, 1, 0, 0],
  c: [1, 1, 1, 1],
} as const;

type Name = keyof typeof HANDLES;
const NAMES = Object.keys(HANDLES) as Name[];

/** Steps of the arrows in parts of the box, and with Shift. */
const STEP = 0.01;
const LEAP = 0.1;

/** Shows handles while there is a box. */
export function handles(library: MapLibre, map: Map): void {
  const markers = new globalThis.Map<Name, Marker>();
  let held: Box | undefined;
  for (const name of NAMES) {
    const element = el("button", { type: "button", className: `handle ${name}`, tabIndex: name === "nw" ? 0 : -1 });
    const marker = new library.Marker({ element, draggable: true }).setLngLat([0, 0]);
    marker.on("dragstart", () => (held = state().box));
    marker.on("drag", () => {
      if (!held) return;
      const { lng, lat } = marker.getLngLat();
      const [x, y] = place(held, name);
      set({ box: moved(held, name, lng - x, lat - y) });
    });
    marker.on("dragend", () => {
      held = undefined;
      put(state().box);
    });
    element.addEventListener("keydown", (event) => key(event, name));
    markers.set(name, marker);
  }

  function key(event: KeyboardEvent, name: Name): void {
    const { box } = state();
    const along = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (along && box) {
      const step = event.shiftKey ? LEAP : STEP;
      set({ box: moved(box, name, (along[0] ?? 0) * step * width(box), (along[1] ?? 0) * step * (box[3] - box[1])) });
    } else if (event.key === "Enter" || event.key === " ") focus(NAMES[(NAMES.indexOf(name) + 1) % NAMES.length] ?? "nw");
    else if (event.key === "Delete") {
      set({ box: undefined, shape: undefined });
      map.getCanvas().focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function focus(next: Name): void {
    for (const [name, marker] of markers) marker.getElement().tabIndex = name === next ? 0 : -1;
    markers.get(next)?.getElement().focus();
  }

  function put(box: Box | undefined): void {
    for (const [name, marker] of markers) {
      if (box) marker.setLngLat(place(box, name)).addTo(map);
      else marker.remove();
    }
  }

  on(["box"], ({ box }) => put(box));
  const label = () => {
    for (const [name, marker] of markers) marker.getElement().setAttribute("aria-label", t(`map.handle.${name}`));
  };
  label();
  onLanguage(label);
}

/** Where a handle stands. */
function place(box: Box, name: Name): [number, number] {
  const [w, s, , n] = box;
  const e = w + width(box);
  if (name === "c") return [(w + e) / 2, (s + n) / 2];
  return [name.endsWith("w") ? w : e, name.startsWith("n") ? n : s];
}

/** The box with the sides of a handle moved; never turned inside out. */
function moved(box: Box, name: Name, dx: number, dy: number): Box {
  const [w, s, , n] = box;
  const sides = HANDLES[name];
  const [w2, s2, e2, n2] = [w + sides[0] * dx, s + sides[1] * dy, w + width(box) + sides[2] * dx, n + sides[3] * dy];
  if (e2 - w2 < 1e-5 || n2 - s2 < 1e-5 || e2 - w2 > 359 || s2 < -85 || n2 > 85) return box;
  const turned = (lon: number) => (lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon);
  return rounded([turned(w2), s2, turned(e2), n2]);
}
