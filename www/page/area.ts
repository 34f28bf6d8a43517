// The panel of the area: numbers, what cuts and overlays it, server. Files and samples are in source.ts, drawing is the map's.
import { type ActionId, act, offer } from "./actions.js";
import { type Box, fault, measure } from "./box.js";
import { number as read } from "./degrees.js";
import { $, el } from "./dom.js";
import { type Words, ground, length, onLanguage, say, t } from "./i18n/index.js";
import { showMiddle } from "./middle.js";
import { literal } from "./pasted.js";
import { stopped } from "./run.js";
import { showSearch } from "./search.js";
import { reopen } from "./source.js";
import { on, set, state, undo } from "./state.js";

const SIDES = ["w", "s", "e", "n"] as const;

/** A box whose west is east of its east, until the person says what is meant. */
let doubtful: Box | undefined;

/** Shows the area from now on. */
export function showArea(servers: readonly string[]): void {
  for (const id of ["draw", "polygon", "view", "file"] as const) $(`area-${id}`).addEventListener("click", () => act(id));
  $("area-clear").addEventListener("click", () => {
    set({ box: undefined, shape: undefined });
    $("area-draw").focus();
  });
  showSearch((box) => take(box));
  $("undo").addEventListener("click", () => undone());
  for (const side of SIDES) {
    const input = $<HTMLInputElement>(`side-${side}`);
    input.addEventListener("change", typed);
    input.addEventListener("paste", pasted);
  }
  offer("swap", () => doubtful && take([doubtful[2], doubtful[1], doubtful[0], doubtful[3]]));
  offer("cross", () => doubtful && take(doubtful, true));
  server(servers);
  on(["box"], numbers);
  on(["steps"], ({ steps }) => ($("undo").hidden = steps === 0));
  showMiddle();
  onLanguage(numbers);
}

/** The size of a box in words. */
export function sized(box: Box): Words {
  const { across, along, area } = measure(box);
  return { key: "area.size", values: { area: ground(area), across: length(across), along: length(along) } };
}

/** Takes the last step back and says so. */
export function undone(): void {
  const { source } = state();
  if (!undo()) return;
  const { box } = state();
  if (box) set({ target: box });
  if (state().source !== source) void stopped().then(reopen);
  $("polite").textContent = t("page.undone");
  if (state().steps === 0) $("area-draw").focus();
}

/** Takes a box if it can be one; asks where west is east of east. */
function take(box: Box, cross = false): void {
  const wrong = fault(box);
  if (wrong === "swapped" && !cross) {
    doubtful = box;
    const actions: ActionId[] = ["swap", "cross"];
    set({ status: { kind: "ask", words: { key: "say.swapped" }, actions } });
    return;
  }
  complain(wrong && wrong !== "swapped" ? { key: `area.fault.${wrong}` } : undefined);
  if (wrong && wrong !== "swapped") return void ($<HTMLDetailsElement>("area-numbers").open = true);
  if (doubtful) set({ status: { kind: "idle" } });
  doubtful = undefined;
  set({ box, shape: undefined, target: box });
}

function typed(): void {
  const values = SIDES.map((side) => $<HTMLInputElement>(`side-${side}`).value);
  if (values.every((text) => text.trim() !== "")) take(values.map(read) as unknown as Box);
}

/** Four numbers pasted into one field fill all four. */
function pasted(event: ClipboardEvent): void {
  const box = literal(event.clipboardData?.getData("text") ?? "");
  if (!box) return;
  event.preventDefault();
  take(box);
}

function complain(words: Words | undefined): void {
  const line = $("sides-error");
  line.textContent = words ? say(words) : "";
  line.hidden = !words;
  for (const input of SIDES.map((side) => $(`side-${side}`))) {
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

function numbers(): void {
  const { box } = state();
  SIDES.forEach((side, row) => ($<HTMLInputElement>(`side-${side}`).value = box ? String(box[row]) : ""));
  if (box) complain(undefined);
  $("area-sum").textContent = box ? say(sized(box)) : t("area.none");
  $("area-clear").hidden = !box;
  $("map-live").textContent = box ? t("area.drawn", { size: sized(box) }) : "";
}

function server(servers: readonly string[]): void {
  const select = $<HTMLSelectElement>("server");
  select.replaceChildren(...servers.map((url) => el("option", { value: url }, new URL(url).host)));
  select.addEventListener("change", () => set({ server: select.value }));
  on(["server"], (now) => (select.value = now.server));
}
