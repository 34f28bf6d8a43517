// The field for places: coordinates and links go at once, names are asked on Enter and listed.
import { placeQuery, relationId } from "../api/places.js";
import { offer } from "./actions.js";
import { type Box, measure, parse } from "./box.js";
import { $, el, icon } from "./dom.js";
import { type Key, length, number, onLanguage, spoken, t } from "./i18n/index.js";
import { column } from "./layout.js";
import { type Place, distance, places } from "./places.js";
import { ask } from "./run.js";
import { set, state } from "./state.js";

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
  const place = parse(text);
  const id = relationId(text);
  const nothing = text.trim() === "" || /^[-+\d.,;°\s]+$/.test(text) || (/^\w+:\/\//.test(text) && id === undefined);
  if (!place && nothing) return complain("area.place.fault");
  if (place && !("lat" in place)) return take(place);
  if (place) return set({ target: place });
  const answer = await ask(placeQuery(text, ["en", spoken()]));
  if (answer === undefined) return;
  const found = places(answer, state().seen);
  if (found.length === 0) return complain("area.place.none");
  const [only] = found;
  if (id !== undefined && only) return cut(only);
  $("place-list").replaceChildren(...found.map(row));
  $("place-list").hidden = false;
  $("place-list").querySelector("button")?.focus();
  $("polite").textContent = t("area.place.found", { n: found.length });
}

/** A row: go there, or take the boundary as area. */
function row(place: Place): HTMLElement {
  const { name, relation } = place;
  const about = el("span", { className: "option-texts" }, el("strong", {}, name), el("span", { className: "muted" }, facts(place)));
  const there = el("button", { type: "button", className: "there" }, icon(relation ? "pentagon" : "map-pin"), about);
  there.addEventListener("click", () => {
    close();
    set({ target: place.box ?? { lat: place.lat, lon: place.lon, zoom: 15 } });
    $("area-draw").focus();
  });
  const taking = el("button", { type: "button", className: "small", "aria-label": `${t("area.place.take")}: ${name}` }, t("area.place.take"));
  taking.addEventListener("click", () => cut(place));
  return el("li", {}, there, relation !== undefined && taking);
}

function facts(place: Place): string {
  const kind = KINDS.includes(place.kind) ? t(`place.${place.kind}` as Key) : place.kind.replaceAll("_", " ");
  const level = place.level && t("area.place.level", { level: place.level });
  const size = place.box && measure(place.box);
  const sides = size && t("area.place.sides", { across: length(size.across), along: length(size.along) });
  const away = distance(state().seen, place);
  return [kind, level, sides, t("area.place.away", { km: number(away, away < 10 ? 1 : 0) })].filter(Boolean).join(" · ");
}

/** The boundary becomes the area. */
function cut({ name, relation, box }: Place): void {
  close();
  if (relation === undefined || !box) return;
  set({ shape: { area: { relation }, name }, box, target: box });
  $("export").focus();
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
