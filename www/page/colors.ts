// Colours of the chosen style, by the names of its palette; each can be another one, and goes back by Reset.
import type { StyleId } from "../api/ids.js";
import { $, el, icon } from "./dom.js";
import { chosen, drawn } from "./engine.js";
import { named, onLanguage, t } from "./i18n/index.js";
import { choose, on, state } from "./state.js";

/** So many colours are looked through at once. */
const FEW = 40;

type Palette = Readonly<Record<string, string>>;

/** What knows every way to write a colour. */
let context: CanvasRenderingContext2D | null | undefined;
let palettes: Readonly<Record<string, Palette>> | undefined;

/** The id of the chosen style; undefined for a document of one's own. */
export function styleId(first: string): string | undefined {
  const { map_style = first } = state().settings;
  return typeof map_style === "string" ? map_style : "base" in map_style ? String(map_style.base) : undefined;
}

/** Shows the colours from now on; the palettes come when the fold is opened first. */
export function showColors(first: () => string): void {
  const fold = $<HTMLDetailsElement>("colors");
  let made = "";
  const update = () => {
    const id = styleId(first());
    fold.hidden = !drawn(chosen()) || !id;
    const changed = Object.keys(own()).length;
    $("colors-sum").textContent = changed ? t("look.colors.changed", { n: changed }) : "";
    const palette = id ? palettes?.[id] : undefined;
    if (!fold.open || !id || !palette) return;
    const shape = `${id} ${document.documentElement.lang}`;
    if (made !== shape) fill(id, palette);
    made = shape;
    for (const name of Object.keys(palette)) show(name, palette);
  };
  fold.addEventListener("toggle", () => {
    if (fold.open && !palettes) void load().then(update);
    update();
  });
  on(["settings"], update);
  onLanguage(update);
}

/** The colours that most styles have come first, what is finer behind a fold of its own. */
function fill(id: string, palette: Palette): void {
  const all = Object.values(palettes ?? {});
  const common = (name: string) => all.filter((other) => name in other).length * 2 > all.length;
  const names = Object.keys(palette).filter((name) => name in own() || visible(palette[name] ?? "") !== undefined);
  const first = names.length > FEW ? names.filter(common) : names;
  const rest = names.filter((name) => !first.includes(name));
  $("colors-list").replaceChildren(...first.map((name) => row(id, name, palette)));
  $("colors-rest").replaceChildren(...rest.map((name) => row(id, name, palette)));
  $("colors-more").hidden = rest.length === 0;
  $("colors-count").textContent = String(rest.length);
}

async function load(): Promise<void> {
  const answer = await fetch(new URL("styles/palettes.json", document.baseURI)).catch(() => undefined);
  palettes = answer?.ok ? ((await answer.json()) as Record<string, Palette>) : {};
}

/** The colours that were changed. */
function own(): Record<string, string> {
  const { map_style } = state().settings;
  return typeof map_style === "object" && "base" in map_style ? { ...(map_style as { colors?: Record<string, string> }).colors } : {};
}

function put(base: string, name: string, color: string | undefined): void {
  const colors = own();
  if (color === undefined) delete colors[name];
  else colors[name] = color;
  choose({ map_style: Object.keys(colors).length > 0 ? { base: base as StyleId, colors } : base });
}

function row(base: string, name: string, palette: Palette): HTMLElement {
  const input = el("input", { type: "color", id: `color-${name}` });
  input.addEventListener("input", () => put(base, name, input.value === hex(palette[name] ?? "") ? undefined : input.value));
  const title = named(`color.${name}`, name.replaceAll("-", " "));
  const reset = el("button", { type: "button", className: "reset", hidden: true, "aria-label": `${t("page.reset")}: ${title}`, title: t("page.reset") }, icon("undo-2"));
  reset.addEventListener("click", () => {
    put(base, name, undefined);
    input.focus();
  });
  return el("div", { className: "flag", "data-field": `map_style.colors.${name}` }, input, el("label", { for: input.id }, title), reset, el("p", { className: "error", hidden: true }));
}

function show(name: string, palette: Palette): void {
  const input = document.getElementById(`color-${name}`) as HTMLInputElement | null;
  if (!input) return;
  const changed = own()[name];
  input.value = changed ?? hex(palette[name] ?? "");
  const reset = input.parentElement?.querySelector<HTMLElement>(".reset");
  if (reset) reset.hidden = changed === undefined;
}

/** A colour as `#rrggbb`, which is all that a colour field takes; none for what is not drawn at all. */
function visible(color: string): string | undefined {
  context ??= document.createElement("canvas").getContext("2d");
  if (!context) return "#000000";
  context.fillStyle = color;
  if (/^#[0-9a-f]{6}$/.test(context.fillStyle)) return context.fillStyle;
  const [red = 0, green = 0, blue = 0, alpha = 0] = (context.fillStyle.match(/[\d.]+/g) ?? []).map(Number);
  return alpha > 0 ? `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}` : undefined;
}

const hex = (color: string): string => visible(color) ?? "#000000";
