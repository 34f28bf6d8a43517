// The dialog of all formats: chips for what people want to do, a combobox over a listbox of labelled groups, and a pane about the one in sight.
import type { TopicId } from "../api/ids.js";
import type { FormatRow } from "../api/types.js";
import { $, el, icon } from "./dom.js";
import { catalogue, formats } from "./engine.js";
import { estimate } from "./estimate.js";
import { facts } from "./facts.js";
import { type Key, ofFormat, size, t } from "./i18n/index.js";
import { recent, stars } from "./recent.js";
import { state } from "./state.js";

/** What the formats in sight are for; empty is anything. */
let topic: TopicId | "" = "";
let active = "";
/** Rows as they stand, a row under two headings only under the first. */
let shown: readonly FormatRow[] = [];
let aliases: ReadonlyMap<string, readonly string[]> = new Map();

/** Lets a person choose; undefined where they close the dialog. */
export async function chooseFormat(): Promise<string | undefined> {
  await load();
  const dialog = $<HTMLDialogElement>("chooser");
  const search = $<HTMLInputElement>("chooser-search");
  search.value = "";
  topic = "";
  active = state().settings.format;
  chips();
  list();
  dialog.returnValue = "";
  dialog.showModal();
  search.focus();
  document.getElementById(`option-${active}`)?.scrollIntoView({ block: "center" });
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  return dialog.returnValue || undefined;
}

/** Wires the dialog once. */
export function readyChooser(): void {
  const dialog = $<HTMLDialogElement>("chooser");
  const search = $<HTMLInputElement>("chooser-search");
  search.addEventListener("input", () => list(true));
  search.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
    if (step) move(step);
    else if (event.key === "Enter" && shown.length > 0) dialog.close(active);
    else return;
    event.preventDefault();
  });
  $("chooser-close").addEventListener("click", () => dialog.close());
  $("chooser-use").addEventListener("click", () => dialog.close(active));
  $("chooser-star").addEventListener("click", () => {
    stars.toggle(active);
    list();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}

async function load(): Promise<void> {
  const exporter = await catalogue();
  const map = new Map<string, string[]>();
  for (const row of exporter.formats) if (row.alias_of) map.set(row.alias_of, [...(map.get(row.alias_of) ?? []), row.id]);
  aliases = map;
}

/** What people want to do, in the order in which they are asked; the compiler names one that is missing. */
const TOPICS: Readonly<Record<TopicId, Key>> = {
  print: "topic.print",
  cad: "topic.cad",
  gis: "topic.gis",
  web: "topic.web",
  printing3d: "topic.printing3d",
  games: "topic.games",
  simulation: "topic.simulation",
  gps: "topic.gps",
  office: "topic.office",
  pictures: "topic.pictures",
  making: "topic.making",
};
const ORDER = Object.keys(TOPICS) as TopicId[];

/** What a format is for first of all. */
const purpose = (row: FormatRow): TopicId | undefined => row.topics[0];

function chips(): void {
  const chip = (id: TopicId | "", title: string, n: number) => {
    const button = el("button", { type: "button", className: "chip", "aria-pressed": id === topic }, t("topic.chip", { topic: title, n }));
    button.addEventListener("click", () => {
      topic = id;
      for (const other of $("chooser-chips").children) other.setAttribute("aria-pressed", String(other === button));
      list();
    });
    return button;
  };
  const counted = ORDER.map((id) => ({ id, n: formats().filter((row) => row.topics.includes(id)).length })).filter(({ n }) => n > 0);
  const all = chip("", t("topic.all"), formats().length);
  $("chooser-chips").replaceChildren(all, ...counted.map(({ id, n }) => chip(id, t(TOPICS[id]), n)));
}

/** How well a format is what was searched for, 0 is best: its id, its extension, the beginning of a name, something about it; undefined is not at all. */
function rank(row: FormatRow, search: string): number | undefined {
  const also = ofFormat(row, "programs");
  const ids = [row.id, ...(aliases.get(row.id) ?? [])];
  const names = [...ids, row.title, `.${row.extension}`, ...row.programs, also].map((name) => name.toLocaleLowerCase());
  const hay = [...names, ofFormat(row, "about").toLocaleLowerCase()].join(" ");
  if (!search.split(/\s+/).every((word) => hay.includes(word))) return undefined;
  if (ids.includes(search)) return 0;
  if (row.extension === search.replace(/^\./, "")) return EXACT;
  return names.some((name) => name.startsWith(search)) ? EXACT + 1 : EXACT + 2;
}

/** The worst rank of what was named exactly. */
const EXACT = 1;

/** Shows what the search finds. After typing (`best`) the best match is active, otherwise what was stays so. */
function list(best = false): void {
  const search = $<HTMLInputElement>("chooser-search").value.trim().toLocaleLowerCase();
  const ranks = new Map(formats().map((row) => [row, !topic || row.topics.includes(topic) ? rank(row, search) : undefined]));
  const of = (row: FormatRow) => ranks.get(row) ?? Infinity;
  const rows = formats().filter((row) => ranks.get(row) !== undefined).sort((a, b) => of(a) - of(b));
  const pick = (ids: readonly string[]) => ids.map((id) => rows.find((row) => row.id === id)).filter((row) => row !== undefined);
  // Under a topic those it is the first of come first.
  const purposes = topic ? [topic, ...ORDER.filter((id) => id !== topic)] : search ? [...new Set(rows.map(purpose))].filter((id) => id !== undefined) : ORDER;
  const groups: [string, FormatRow[]][] = [
    ...(search
      ? [[t("format.group.exact"), rows.filter((row) => of(row) <= EXACT)] satisfies [string, FormatRow[]]]
      : ([[t("format.group.stars"), pick(stars.all())], [t("format.group.recent"), pick(recent.all())]] satisfies [string, FormatRow[]][])),
    ...purposes.map((id): [string, FormatRow[]] => [t(TOPICS[id]), rows.filter((row) => purpose(row) === id)]),
  ];
  const seen = new Set<string>();
  const unique = groups.map(([title, all]): [string, FormatRow[]] => [title, all.filter((row) => !seen.has(row.id) && seen.add(row.id))]);
  shown = unique.flatMap(([, all]) => all);
  if (best) active = search ? "" : state().settings.format;
  if (!shown.some((row) => row.id === active)) active = shown[0]?.id ?? "";
  $("chooser-list").replaceChildren(...unique.filter(([, all]) => all.length > 0).map(([title, all], at) => group(title, all, at)));
  $("chooser-count").textContent = shown.length ? t("format.results", { n: shown.length }) : t("format.nothing");
  point();
  if (best) document.getElementById(`option-${active}`)?.scrollIntoView({ block: "nearest" });
}

function group(title: string, rows: readonly FormatRow[], at: number): HTMLElement {
  const id = `chooser-group-${at}`;
  const heading = el("div", { className: "group-title", id, role: "presentation" }, title);
  return el("div", { role: "group", "aria-labelledby": id }, heading, ...rows.map(option));
}

function option(row: FormatRow): HTMLElement {
  const whom = ofFormat(row, "for_whom");
  const bytes = estimate(row);
  const about = bytes !== undefined && el("span", { className: "sum" }, t("run.size", { size: size(bytes) }));
  const texts = el("span", { className: "option-texts" }, el("strong", {}, row.title), el("span", { className: "muted" }, whom));
  const element = el("div", { role: "option", id: `option-${row.id}`, className: "option" }, el("code", {}, `.${row.extension}`), texts, about);
  if (stars.all().includes(row.id)) element.append(icon("star"));
  element.addEventListener("click", () => {
    active = row.id;
    point();
    $("chooser-search").focus();
  });
  element.addEventListener("dblclick", () => $<HTMLDialogElement>("chooser").close(row.id));
  return element;
}

function move(step: number): void {
  const at = shown.findIndex((row) => row.id === active) + step;
  active = shown[Math.max(0, Math.min(shown.length - 1, at))]?.id ?? "";
  point();
  document.getElementById(`option-${active}`)?.scrollIntoView({ block: "nearest" });
}

/** Marks the active row and tells about it. */
function point(): void {
  const row = shown.find(({ id }) => id === active);
  for (const element of $("chooser-list").querySelectorAll(".option")) element.setAttribute("aria-selected", String(element.id === `option-${active}`));
  const search = $("chooser-search");
  if (row) search.setAttribute("aria-activedescendant", `option-${active}`);
  else search.removeAttribute("aria-activedescendant");
  $("chooser-pane").hidden = !row;
  if (!row) return;
  $("chooser-title").textContent = row.title;
  $("chooser-about").textContent = ofFormat(row, "about");
  $("chooser-facts").replaceChildren(...facts(row));
  $("chooser-use-words").textContent = t("format.choose", { title: row.title });
  $("chooser-star").setAttribute("aria-pressed", String(stars.all().includes(row.id)));
}
