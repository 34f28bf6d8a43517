// The dialog of all formats: chips for what people want to do, a combobox over a listbox of labelled groups, and a pane about the one in sight.
import type { TopicId } from "../api/ids.js";
import type { FormatRow } from "../api/types.js";
import { $, el, icon } from "./dom.js";
import { catalogue, formats } from "./engine.js";
import { estimate } from "./estimate.js";
import { facts } from "./facts.js";
import { EXACT, type Known, nearness, rank } from "./finding.js";
import { type Key, bringOthers, ofFormat, otherwise, size, spoken, t } from "./i18n/index.js";
import { recent, stars } from "./recent.js";
import { state } from "./state.js";
import { folded, key, range, versions } from "./versions.js";

/** What the formats in sight are for; empty is anything. */
let topic: TopicId | "" = "";
let active = "";
/** Rows as they stand, a row under two headings only under the first. */
let shown: readonly FormatRow[] = [];
/** Versions picked while the dialog is open, by row. */
const picked = new Map<string, string>();
/** Whether names of the other language were brought. */
let brought = false;
/** As many come as the nearest, and as alike. */
const NEAREST = 5;
const ALIKE = 0.3;
let aliases: ReadonlyMap<string, readonly string[]> = new Map();

/** Lets a person choose; undefined where they close the dialog. */
export async function chooseFormat(): Promise<string | undefined> {
  await load();
  const dialog = $<HTMLDialogElement>("chooser");
  const search = $<HTMLInputElement>("chooser-search");
  search.value = "";
  topic = "";
  picked.clear();
  more(false);
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
  search.addEventListener("input", () => {
    list(true);
    if (brought || !/[а-яё]/i.test(search.value) || spoken() === "ru") return;
    brought = true;
    void bringOthers().then(() => list(true), () => undefined);
  });
  search.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
    if (step) move(step);
    else if (event.key === "Enter" && shown.length > 0) dialog.close(active);
    else return;
    event.preventDefault();
  });
  $("chooser-close").addEventListener("click", () => dialog.close());
  $("chooser-use").addEventListener("click", () => dialog.close(active));
  $("chooser-version").addEventListener("change", () => {
    const { value } = $<HTMLSelectElement>("chooser-version");
    take(value);
  });
  $("chooser-more").addEventListener("click", () => more(!$("chooser-pane").classList.contains("open")));
  $("chooser-star").addEventListener("click", () => {
    stars.toggle(active);
    list();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}

/** Another version of the row in sight: the row is the same, with another name. */
function take(id: string): void {
  const row = formats().find((each) => each.id === id);
  const old = shown.find((each) => each.id === active);
  if (!row || !old) return;
  picked.set(key(row), id);
  shown = shown.map((each) => (each === old ? row : each));
  document.getElementById(`option-${old.id}`)?.replaceWith(option(row));
  active = id;
  point();
}

/** Tells all about the row in sight where there is room for a line only. */
function more(open: boolean): void {
  $("chooser-pane").classList.toggle("open", open);
  $("chooser-more").setAttribute("aria-expanded", String(open));
  $("chooser-more").textContent = t(open ? "format.less" : "format.more");
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

/** What a format is known by, in both languages. */
function known(row: FormatRow): Known {
  const said = (what: "about" | "for_whom" | "programs") => [...new Set([what === "programs" ? "" : row[what], ofFormat(row, what), otherwise(row, what)])];
  return { ids: [row.id, ...(aliases.get(row.id) ?? [])], extension: row.extension, title: row.title, programs: [...row.programs, ...said("programs")], whom: [...said("for_whom"), ...row.topics.map((id) => t(TOPICS[id]))], about: said("about") };
}

/** Shows what the search finds. After typing (`best`) the best match is active, otherwise what was stays so. */
function list(best = false): void {
  const search = $<HTMLInputElement>("chooser-search").value.trim();
  const within = formats().filter((row) => !topic || row.topics.includes(topic));
  const ranks = new Map(within.map((row) => [row, search ? rank(known(row), search) : EXACT]));
  const of = (row: FormatRow) => ranks.get(row) ?? Infinity;
  const rows = within.filter((row) => of(row) < Infinity).sort((a, b) => of(a) - of(b));
  const groups = rows.length > 0 ? grouped(rows, search, of) : nearest(within, search);
  const seen = new Set<string>();
  // A row shows the version that was picked, is chosen, or matches best.
  const unique = groups.map(([title, all]): [string, FormatRow[]] => [title, folded(all).filter((row) => !seen.has(key(row)) && seen.add(key(row))).map((row) => (search ? row : pickedOf(row)))]);
  shown = unique.flatMap(([, all]) => all);
  if (best) active = search ? "" : state().settings.format;
  if (!shown.some((row) => row.id === active)) active = shown[0]?.id ?? "";
  $("chooser-list").replaceChildren(...unique.filter(([, all]) => all.length > 0).map(([title, all], at) => group(title, all, at)));
  $("chooser-count").textContent = rows.length > 0 ? t("format.results", { n: rows.length }) : t("format.nothing");
  point();
  if (best) document.getElementById(`option-${active}`)?.scrollIntoView({ block: "nearest" });
}

type Groups = [string, readonly FormatRow[]][];

function grouped(rows: readonly FormatRow[], search: string, of: (row: FormatRow) => number): Groups {
  const pick = (ids: readonly string[]) => ids.map((id) => rows.find((row) => row.id === id)).filter((row) => row !== undefined);
  // Under a topic those it is the first of come first.
  const purposes = topic ? [topic, ...ORDER.filter((id) => id !== topic)] : search ? [...new Set(rows.map(purpose))].filter((id) => id !== undefined) : ORDER;
  const first: Groups = search ? [[t("format.group.exact"), rows.filter((row) => of(row) <= EXACT)]] : [[t("format.group.stars"), pick(stars.all())], [t("format.group.recent"), pick(recent.all())]];
  return [...first, ...purposes.map((id): [string, FormatRow[]] => [t(TOPICS[id]), rows.filter((row) => purpose(row) === id)])];
}

/** What comes nearest where nothing is found. */
function nearest(rows: readonly FormatRow[], search: string): Groups {
  const near = rows.map((row) => ({ row, by: nearness(known(row), search) })).filter(({ by }) => by >= ALIKE);
  return [[t("format.group.near"), near.sort((a, b) => b.by - a.by).slice(0, NEAREST).map(({ row }) => row)]];
}

/** The version of a row that somebody picked in this dialog, or that is chosen. */
function pickedOf(row: FormatRow): FormatRow {
  const ids = [picked.get(key(row)), active, state().settings.format];
  const all = versions(row, formats());
  return ids.map((id) => all.find((each) => each.id === id)).find((each) => each !== undefined) ?? row;
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
  const beside = versions(row, formats());
  const all = range(beside) ?? (beside.length > 1 && t("format.versions", { n: beside.length }));
  const texts = el("span", { className: "option-texts" }, el("strong", {}, row.title), el("span", { className: "muted" }, all ? el("span", { className: "versions" }, all) : false, all ? ` · ${whom}` : whom));
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
  const all = versions(row, formats());
  $("chooser-versions").hidden = all.length < 2;
  const select = $<HTMLSelectElement>("chooser-version");
  if (select.dataset["row"] !== key(row) + document.documentElement.lang) select.replaceChildren(...all.map(({ id, version, title }) => el("option", { value: id }, version || title)));
  select.dataset["row"] = key(row) + document.documentElement.lang;
  select.value = row.id;
  $("chooser-about").textContent = ofFormat(row, "about");
  $("chooser-facts").replaceChildren(...facts(row));
  $("chooser-use-words").textContent = t("format.choose", { title: row.title });
  $("chooser-star").setAttribute("aria-pressed", String(stars.all().includes(row.id)));
}
