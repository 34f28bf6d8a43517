// The field for places: coordinates and links go at once, names are asked on Enter and listed.
import { offer } from "./actions.js";
import { type Box, type Spot, measure } from "./box.js";
import { $, el, icon } from "./dom.js";
import { type Key, length, number, onLanguage, spoken, t } from "./i18n/index.js";
import { column } from "./layout.js";
import { takeText } from "./drops.js";
import { outlineOf, outlineQuery } from "./outline.js";
import { pasted } from "./pasted.js";
import { type Place, chosenBy, distance, elementQuery, nameQuery, namesOf, places, ringOf } from "./places.js";
import type { Reading } from "./readings.js";
import { ask } from "./run.js";
import { type Shape, set, state } from "./state.js";

/** Kinds that have words of their own; others are shown as they are tagged. */
const KINDS = ["administrative", "city", "town", "village", "hamlet", "suburb", "quarter", "neighbourhood", "island", "country", "state", "protected_area", "land_area", "postal_code"];

/** Wires the field. `take` takes a box that was written. */
export function showSearch(take: (box: Box) => void): void {
  const field = $<HTMLInputElement>("place");
  $("place-form").addEventListener("submit", (event) => {
    event.preventDefault();
    void go(field.value, take);
  });
  field.addEventListener("input", () => complain());
  $("place-form").addEventListener("keydown", keys);
  $("place-form").addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !$("place-form").contains(relatedTarget)) close();
  });
  window.addEventListener("pointerdown", ({ target }) => !$("place-form").contains(target as Node) && close());
  const hint = () => (field.placeholder = t(column.matches ? "area.place.short" : "area.place.hint"));
  column.addEventListener("change", hint);
  onLanguage(() => {
    close();
    hint();
  });
  offer("place", () => field.focus());
}

async function go(text: string, take: (box: Box) => void): Promise<void> {
  close();
  const read = pasted(text);
  switch (read?.kind) {
    case "place":
      return "lat" in read.place ? set({ target: read.place }) : take(read.place);
    case "doubt":
      return list(read.readings.map((reading) => doubtful(reading, take)), t("area.place.doubt"));
    case "shape":
      return takeText({ kind: "geojson", text: read.json }, t("area.place.shape"));
    case "element":
      return element(read.type, read.id);
    case "short":
      return complain("area.place.link");
    case "code":
      return complain("area.place.code");
    case "name":
      return find(read.name);
  }
  const nothing = text.trim() === "" || /^[-+\d.,;°\s]+$/.test(text) || /^\w+:\/\//.test(text);
  return nothing ? complain("area.place.fault") : find(text);
}

/** Lists what bears a name; what stands behind a comma chooses among it. */
async function find(text: string): Promise<void> {
  const names = namesOf(text);
  const answer = await ask(nameQuery(names, ["en", spoken()]), () => find(text));
  if (answer === undefined) return;
  const found = places(chosenBy(answer, names), state().seen);
  if (found.length === 0) return complain("area.place.none");
  list(found.map(row));
  $("polite").textContent = t("area.place.found", { n: found.length });
}

/** Goes to an element; a boundary, or a way that is closed, becomes the area. */
async function element(type: "node" | "way" | "relation", id: number): Promise<void> {
  const answer = await ask(elementQuery(type, id), () => element(type, id));
  if (answer === undefined) return;
  const [only] = places(answer, state().seen);
  if (!only) return complain("area.place.none");
  const ring = type === "way" && ringOf(answer);
  if (ring && only.box) return set({ shape: { area: { type: "Polygon", coordinates: [ring] }, name: only.name }, box: only.box, target: only.box });
  if (only.relation !== undefined) void cut(only);
  else set({ target: only.box ?? { lat: only.lat, lon: only.lon, zoom: 17 }, place: only });
}

function list(rows: readonly HTMLElement[], heading?: string): void {
  $("place-list").replaceChildren(...(heading ? [el("li", { className: "group-title" }, heading)] : []), ...rows);
  $("place-list").hidden = false;
  $("place-list").querySelector("button")?.focus();
}

/** A row for what numbers may mean. */
function doubtful(reading: Reading, take: (box: Box) => void): HTMLElement {
  const spot = "lat" in reading;
  const [w, s, e, n] = (spot ? [reading.lon, reading.lat, reading.lon, reading.lat] : reading).map((value) => number(value, 6));
  const words = spot ? t("area.place.at", { lat: s ?? "", lon: w ?? "" }) : t("area.place.between", { w: w ?? "", s: s ?? "", e: e ?? "", n: n ?? "" });
  const about = spot ? away(reading) : `${extent(reading)} · ${away({ lat: (reading[1] + reading[3]) / 2, lon: reading[0] })}`;
  const button = el("button", { type: "button", className: "there" }, icon(spot ? "map-pin" : "scan"), el("span", { className: "option-texts" }, el("strong", {}, words), el("span", { className: "muted" }, about)));
  button.addEventListener("click", () => {
    close();
    if (spot) set({ target: reading });
    else take(reading);
    $("area-draw").focus();
  });
  return el("li", {}, button);
}

/** A row: a boundary becomes the area, or is only looked at; to a place one goes. */
function row(place: Place): HTMLElement {
  const { name, relation } = place;
  const about = el("span", { className: "option-texts" }, el("strong", {}, name), el("span", { className: "muted" }, facts(place)));
  const there = el("button", { type: "button", className: "there" }, icon(relation ? "pentagon" : "map-pin"), about);
  const look = () => {
    close();
    set({ target: place.box ?? { lat: place.lat, lon: place.lon, zoom: 15 }, place });
    $("area-draw").focus();
  };
  if (relation === undefined) {
    there.addEventListener("click", look);
    return el("li", {}, there);
  }
  there.addEventListener("click", () => void cut(place));
  return el("li", {}, there, el("button", { type: "button", className: "small", "aria-label": `${t("area.place.show")}: ${name}`, onclick: look }, t("area.place.show")));
}

function facts(place: Place): string {
  const kind = KINDS.includes(place.kind) ? t(`place.${place.kind}` as Key) : place.kind.replaceAll("_", " ");
  const level = place.level && t("area.place.level", { level: place.level });
  return [kind, level, place.box && extent(place.box), away(place)].filter(Boolean).join(" · ");
}

function extent(box: Box): string {
  const { across, along } = measure(box);
  return t("area.place.sides", { across: length(across), along: length(along) });
}

function away(place: Spot): string {
  const km = distance(state().seen, place);
  return t("area.place.away", { km: number(km, km < 10 ? 1 : 0) });
}

/** The boundary becomes the area, at once; what it looks like comes after. */
async function cut({ name, relation, box }: Place): Promise<void> {
  close();
  if (relation === undefined || !box) return;
  const shape: Shape = { area: { relation }, name };
  set({ shape, box, target: box });
  $("export").focus();
  await outline(shape, relation);
}

async function outline(shape: Shape, relation: number): Promise<void> {
  const answer = await ask(outlineQuery(relation), () => outline(shape, relation));
  const area = answer && outlineOf(answer);
  if (area && state().shape === shape) set({ shape: { ...shape, outline: area } }, false);
}

/** Arrows go through the list, Esc closes it. */
function keys(event: KeyboardEvent): void {
  const list = $("place-list");
  if (list.hidden) return;
  const buttons = [...list.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    close();
    $("place").focus();
  } else if (step) (buttons[at + step] ?? $("place")).focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function close(): void {
  $("place-list").hidden = true;
  $("place-list").replaceChildren();
}

function complain(key?: Key): void {
  $("place-error").textContent = key ? t(key) : "";
  $("place-error").hidden = !key;
  if (key) $("place").setAttribute("aria-invalid", "true");
  else $("place").removeAttribute("aria-invalid");
}
