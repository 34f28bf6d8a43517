// Words, numbers and plurals in the language of the page.
import type { FormatRow } from "../../api/types.js";
import type { Book, Key, Speech } from "./dictionary.js";

export type { Key } from "./dictionary.js";

/** A sentence that is translated when it is shown. Values may be words themselves. */
export interface Words {
  key: Key;
  values?: Readonly<Record<string, string | number | Words | { bytes: number }>>;
}

/** Languages of the page, each by its own name. */
export const LANGUAGES = { en: "English", ru: "Русский" } as const;
export type Language = keyof typeof LANGUAGES;

let language: Language = "en";
let speech: Speech | undefined;
let dictionary: Book = {};
let names: Readonly<Record<string, string>> = {};
let plural = new Intl.PluralRules("en");
const heard: (() => void)[] = [];

export const spoken = (): Language => language;

/** Calls `listener` whenever the language has changed. */
export function onLanguage(listener: () => void): void {
  heard.push(listener);
}

/** Says what the words of this page are; English at once. */
export function teach(words: Speech): void {
  speech = words;
  dictionary = words.en;
}

/** The language to begin with: chosen before, set in page.json, or the first of the browser's that is there. */
export function preferred(setting: string): Language {
  const known = (tag: string | null): tag is Language => tag !== null && tag in LANGUAGES;
  const stored = localStorage.getItem("language");
  if (known(stored)) return stored;
  if (known(setting)) return setting;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(known) ?? "en";
}

/** Changes the language of everything that is shown. */
export async function speak(wanted: Language): Promise<void> {
  const spoken = wanted === "ru" ? await speech?.ru() : { words: speech?.en ?? {} };
  [language, dictionary, names] = [wanted, spoken?.words ?? {}, spoken?.names ?? {}];
  plural = new Intl.PluralRules(wanted);
  document.documentElement.lang = wanted;
  document.title = t("page.title");
  translate(document);
  for (const listener of heard) listener();
}

/** The words under `key`. */
export function t(key: Key, values: Words["values"] = {}): string {
  const entry = dictionary[key] ?? key;
  const text = typeof entry === "string" ? entry : (entry[plural.select(Number(values["n"] ?? 0))] ?? entry.other);
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    if (value === undefined) return hole;
    if (typeof value === "number") return number(value);
    return typeof value === "string" ? value : "bytes" in value ? size(value.bytes) : say(value);
  });
}

export const say = (words: Words): string => t(words.key, words.values);

/** The name of a thing of the catalogue (`layer.water`), by the first of some paths that has one, or its English one. */
export const named = (path: string | readonly string[], english: string): string =>
  (typeof path === "string" ? names[path] : path.map((each) => names[each]).find((name) => name !== undefined)) ?? english;

/** What is said of a format: its own words, those of its family, or the English ones. */
export const ofFormat = (row: FormatRow, key: "about" | "for_whom" | "kept" | "lost" | "programs"): string =>
  named([row.id, row.family].map((id) => `format.${id}.${key}`), key === "programs" ? "" : row[key]);

/** What formats are called in the other language, for searching in it. */
let others: Readonly<Record<string, string>> = {};

/** Brings that. */
export async function bringOthers(): Promise<void> {
  others = (await speech?.ru())?.names ?? {};
}

/** What is said of a format in the other language, where it was brought. */
export const otherwise = (row: FormatRow, what: "about" | "for_whom" | "programs"): string =>
  [row.id, row.family].map((id) => others[`format.${id}.${what}`]).find((text) => text !== undefined) ?? "";

/** The label of an option, or of one of its words: of the format, its family, all formats, or the English one. */
export const ofOption = (row: FormatRow, option: string, english: string): string =>
  named([`options.${row.id}.${option}`, `options.${row.family}.${option}`, `options.${option}`], english);

/**
 * Puts words into every element that asks for some: as text (data-t), label (data-t-label) or placeholder (data-t-hint).
 * Elements that have theirs stay untouched: the form comes in English, and need not be laid out again.
 */
export function translate(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-t]")) {
    const text = t(element.dataset["t"] as Key);
    if (element.textContent !== text) element.textContent = text;
  }
  for (const element of root.querySelectorAll<HTMLElement>("[data-t-label]")) {
    element.setAttribute("aria-label", t(element.dataset["tLabel"] as Key));
    if (element instanceof HTMLButtonElement) element.title = t(element.dataset["tLabel"] as Key);
  }
  for (const element of root.querySelectorAll<HTMLInputElement>("[data-t-hint]")) element.placeholder = t(element.dataset["tHint"] as Key);
}

/** A number with at most `digits` decimals. */
export function number(value: number, digits = 1): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** A number and a unit of Intl. */
function unit(value: number, name: string, digits: number): string {
  return new Intl.NumberFormat(language, { style: "unit", unit: name, maximumFractionDigits: digits }).format(value);
}

/** A size of data in the unit that fits. */
export function size(bytes: number): string {
  if (bytes < 1e3) return unit(bytes, "byte", 0);
  if (bytes < 1e6) return unit(bytes / 1e3, "kilobyte", bytes < 1e4 ? 1 : 0);
  return unit(bytes / 1e6, "megabyte", bytes < 1e7 ? 1 : 0);
}

/** A length in m or km. */
export function length(km: number): string {
  return km < 1 ? unit(km * 1000, "meter", 0) : unit(km, "kilometer", km < 100 ? 1 : 0);
}

/** An area in ha or km². */
export function ground(km2: number): string {
  const square = language === "ru" ? "км²" : "km²";
  return `${number(km2, km2 < 0.1 ? 3 : km2 < 10 ? 2 : km2 < 100 ? 1 : 0)} ${square}`;
}

/** A day. */
export function day(timestamp: string): string {
  const date = new Date(timestamp);
  return Number.isNaN(date.getTime()) ? timestamp : new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }).format(date);
}

/** An hour, where the person is, and its day. */
export function moment(time: string | number, dated = true): string {
  return new Intl.DateTimeFormat(language, { ...(dated && { dateStyle: "medium" }), timeStyle: "short" }).format(new Date(time));
}

/** A time in hours and minutes, in minutes, or in seconds. */
export function span(seconds: number): string {
  if (seconds < 90) return unit(seconds, "second", 0);
  const minutes = Math.ceil(seconds / 60);
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [whole > 0 && unit(whole, "hour", 0), (rest > 0 || whole === 0) && unit(rest, "minute", 0)].filter(Boolean).join(" ");
}
