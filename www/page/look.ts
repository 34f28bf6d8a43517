// The panel of the look: style, detail, language of names, layers, tags.
import type { ExporterApi, LayerRow, RequestFields, StyleRow } from "../api/types.js";
import { showColors, styleId } from "./colors.js";
import { $, el } from "./dom.js";
import { chosen, drawn } from "./engine.js";
import { type Field, panel } from "./form.js";
import { type Key, named, onLanguage, spoken, t } from "./i18n/index.js";
import { choose, on, state } from "./state.js";
import { filterField } from "./tags.js";

let styles: readonly StyleRow[] = [];
let layers: readonly LayerRow[] = [];

/** Detail that drawn formats have if nobody says otherwise. */
const DETAIL = 3;

/** Shows the look from now on; styles and layers come with the catalogue. */
export function showLook(): (exporter: ExporterApi) => void {
  const language = panel("look-language", names);
  const filter = panel("look-filter", () => [filterField()]);
  const slider = $<HTMLInputElement>("detail");
  slider.addEventListener("input", () => {
    const level = Number(slider.value) as 1 | 2 | 3 | 4 | 5 | 6;
    choose({ detail_level: drawn(chosen()) && level === DETAIL ? undefined : level });
  });
  $("detail-reset").addEventListener("click", () => {
    choose({ detail_level: undefined });
    slider.focus();
  });
  $("style-own-close").addEventListener("click", () => {
    choose({ map_style: undefined });
    $("styles-list").querySelector("input")?.focus();
  });
  showColors(() => styles[0]?.id ?? "");
  $("layers-all").addEventListener("click", () => choose({ layers: undefined }));
  $("layers-none").addEventListener("click", () => choose({ layers: [] }));
  const update = () => {
    language();
    filter();
    detail();
    $("styles").hidden = !drawn(chosen()) || styles.length === 0;
    const { layers: wanted } = state().settings;
    const style = styleId(styles[0]?.id ?? "");
    const dropped = ownStyle();
    $("style-own").hidden = dropped === undefined;
    $("style-own-name").textContent = dropped === undefined ? "" : t("look.own", { name: dropped });
    for (const input of $("styles-list").querySelectorAll("input")) input.checked = input.value === style;
    for (const input of $("layers-list").querySelectorAll("input")) input.checked = !wanted || wanted.some((id) => id === input.value);
    $("layers-sum").textContent = wanted ? t("look.layers.some", { n: wanted.length, all: layers.length }) : t("look.layers.all");
    $("look-sum").textContent = drawn(chosen()) ? (named(`style.${style}`, styles.find(({ id }) => id === style)?.title ?? dropped ?? "")) : "";
  };
  const make = () => {
    $("styles-list").replaceChildren(...styles.map(styleCard));
    $("layers-list").replaceChildren(...layers.map(layerBox));
    update();
  };
  onLanguage(make);
  on(["settings"], update);
  return (exporter) => {
    [styles, layers] = [exporter.styles, exporter.layers];
    make();
  };
}

/** The name of a style document that was dropped. */
function ownStyle(): string | undefined {
  const { map_style } = state().settings;
  return typeof map_style === "object" && "layers" in map_style ? String((map_style as { name?: unknown }).name ?? "") : undefined;
}

function styleCard(row: StyleRow): HTMLElement {
  const input = el("input", { type: "radio", name: "style", value: row.id, id: `style-${row.id}` });
  input.addEventListener("change", () => choose({ map_style: row.id === styles[0]?.id ? undefined : row.id }));
  const title = named(`style.${row.id}`, row.title);
  const about = named(`style.${row.id}.about`, row.about);
  const picture = el("img", { src: `styles/${row.id}.png`, alt: "", loading: "lazy", width: 170, height: 106 });
  return el("div", { className: "card", title: about }, input, el("label", { for: input.id }, picture, el("span", {}, title)));
}

function layerBox({ id }: LayerRow): HTMLElement {
  const input = el("input", { type: "checkbox", value: id, id: `layer-${id}` });
  input.addEventListener("change", () => {
    const wanted = layers.map((row) => row.id).filter((each) => $<HTMLInputElement>(`layer-${each}`).checked);
    choose({ layers: wanted.length === layers.length ? undefined : wanted });
  });
  const title = String(id).replace(/^pois$/, "POIs").replace(/^[a-z]/, (letter) => letter.toUpperCase());
  return el("div", { className: "flag" }, input, el("label", { for: input.id }, named(`layer.${id}`, title)));
}

function detail(): void {
  const slider = $<HTMLInputElement>("detail");
  const { detail_level } = state().settings;
  const level = detail_level ?? (drawn(chosen()) ? DETAIL : undefined);
  slider.value = String(level ?? 6);
  const words = t(level ? (`look.detail.${level}` as Key) : "look.detail.auto");
  $("detail-word").textContent = words;
  slider.setAttribute("aria-valuetext", words);
  $("detail-reset").hidden = detail_level === undefined;
}

/** Languages that are offered first; every language tag works in a request. */
const TAGS = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "uk", "ru", "el", "tr", "ar", "he", "hi", "zh", "ja", "ko"];

/** The language of names as two fields: which, and whether the local name stands beside. */
function names(): readonly Field[] {
  const put = (language: string | undefined) => choose({ language } as Pick<RequestFields, "language">);
  const [tag = "name", both] = (state().settings.language ?? "name").split("+");
  const which: Field = {
    path: "language",
    title: () => t("look.language"),
    kind: "choice",
    choices: ["name", "latin", ...TAGS],
    name: (word) => (word === "name" || word === "latin" ? t(`look.language.${word}`) : (new Intl.DisplayNames(spoken(), { type: "language" }).of(word) ?? word)),
    get: () => state().settings.language?.split("+")[0],
    put: (value) => put(value === undefined ? undefined : both && value !== "latin" ? `${String(value)}+name` : String(value)),
  };
  if (!TAGS.includes(tag)) return [which];
  const local: Field = {
    path: "language.both",
    title: () => t("look.language.both"),
    kind: "flag",
    default: false,
    get: () => (state().settings.language?.includes("+") ? true : undefined),
    put: (value) => put(value ? `${tag}+name` : tag),
  };
  return [which, local];
}
