// The panel of the sheet: paper, scale, resolution, margins, furniture.
import type { Furniture, Page, PaperRow } from "../api/types.js";
import { $ } from "./dom.js";
import { chosen, drawn, sheeted } from "./engine.js";
import { type Field, panel } from "./form.js";
import { type Key, named, number, onLanguage, t } from "./i18n/index.js";
import { choose, on, state } from "./state.js";

let papers: readonly PaperRow[] = [];

/** Shows the paper panel from now on; papers come with the catalogue. */
export function showPaper(): (rows: readonly PaperRow[]) => void {
  const main = panel("paper-main", () => [size(), ...own(), ...MAIN.filter(({ path }) => path !== "page.dpi" || chosen()?.product === "Pixels")]);
  const rest = panel("paper-more", more);
  const sum = () => {
    $("paper").hidden = !sheeted(chosen());
    $("paper-cad").hidden = drawn(chosen());
    const { frame } = state();
    const values = frame && { width: Math.round(frame.width), height: Math.round(frame.height), scale: frame.scale };
    $("paper-sum").textContent = values ? t("paper.sum", values) : "";
  };
  onLanguage(sum);
  const update = () => {
    main();
    rest();
    sum();
  };
  on(["settings", "shape"], update);
  on(["frame"], sum);
  return (rows) => {
    papers = rows;
    update();
  };
}

const page = (): Page => state().settings.page ?? {};

/** Changes the page; empty parts vanish from the request. */
function put(patch: { [K in keyof Page]?: Page[K] | undefined }): void {
  const next = Object.fromEntries(Object.entries({ ...page(), ...patch }).filter(([, value]) => value !== undefined));
  choose({ page: Object.keys(next).length > 0 ? (next as Page) : undefined });
}

function furnish(patch: { [K in keyof Furniture]?: Furniture[K] | undefined }): void {
  const next = Object.fromEntries(Object.entries({ ...page().furniture, ...patch }).filter(([, value]) => value !== undefined));
  put({ furniture: Object.keys(next).length > 0 ? (next as Furniture) : undefined });
}

type Simple = "orientation" | "scale" | "dpi" | "margin" | "bleed" | "crop_marks";

const tie = (key: Simple) => ({
  path: `page.${key}`,
  title: () => t(`paper.${key}`),
  get: () => page()[key],
  put: (value: unknown) => put({ [key]: value }),
});

/** Choosing a paper by name, or a size of one's own that begins as what the sheet is now. */
const size = (): Field => ({
  path: "page.size",
  title: () => t("paper.size"),
  kind: "choice",
  choices: ["fit", ...papers.map(({ id }) => id), "own"],
  name: (id) => (id === "fit" || id === "own" ? t(`paper.size.${id}`) : named(`paper.${id}`, id.replace(/^[a-z]/, (letter) => letter.toUpperCase()))),
  get: () => (Array.isArray(page().size) ? "own" : page().size),
  put: (value) => put({ size: value === "own" ? now() : (value as Page["size"]) }),
});

const now = (): [number, number] => {
  const { frame } = state();
  return frame ? [Math.round(frame.width), Math.round(frame.height)] : [200, 200];
};

function own(): Field[] {
  const sides = page().size;
  if (typeof sides !== "object") return [];
  return (["width", "height"] as const).map((key, row) => ({
    path: `page.size.${row}`,
    title: () => t(`paper.${key}`),
    kind: "number",
    min: 10,
    max: 5000,
    unit: "mm",
    get: () => (page().size as [number, number] | undefined)?.[row],
    put: (value) => {
      const [width, height] = (page().size as [number, number] | undefined) ?? now();
      put({ size: row === 0 ? [Number(value ?? width), height] : [width, Number(value ?? height)] });
    },
  }));
}

const MAIN: readonly Field[] = [
  { ...tie("scale"), kind: "number", min: 10, max: 1e8, hint: () => (state().frame ? number(state().frame?.scale ?? 0, 0) : t("paper.scale.auto")) },
  { ...tie("orientation"), kind: "choice", choices: ["auto", "portrait", "landscape"], name: (word) => t(`paper.orientation.${word}` as Key) },
  { ...tie("dpi"), kind: "number", min: 10, max: 2400, default: 150, unit: "dpi" },
];

const SWITCHES = ["ratio", "north_arrow", "legend", "index"] as const;

const more = (): readonly Field[] => [
  {
    path: "page.furniture.title",
    title: () => t("paper.name"),
    kind: "text",
    default: "",
    get: () => page().furniture?.title,
    put: (value) => furnish({ title: value as string | undefined }),
  },
  { ...tie("margin"), kind: "number", min: 0, max: 500, unit: "mm", hint: () => (page().size === undefined ? "0" : "10") },
  { ...tie("bleed"), kind: "number", min: 0, max: 50, default: 0, unit: "mm" },
  { ...tie("crop_marks"), kind: "flag", default: false },
  {
    path: "page.frame.shape",
    title: () => t("paper.frame"),
    kind: "choice",
    choices: ["rectangle", "rounded", "circle", ...(state().shape ? ["polygon"] : [])],
    name: (word) => t(`paper.frame.${word}` as Key),
    get: () => page().frame?.shape,
    put: (value) => put({ frame: value === undefined ? undefined : { shape: value as "rounded" } }),
  },
  {
    path: "page.furniture.grid",
    title: () => t("paper.grid"),
    kind: "choice",
    choices: ["off", "degrees", "metres"],
    name: (word) => t(`paper.grid.${word}` as Key),
    get: () => page().furniture?.grid,
    put: (value) => furnish({ grid: value as string | undefined }),
  },
  {
    path: "page.furniture.scale_bar",
    title: () => t("paper.scale_bar"),
    kind: "choice",
    choices: ["off", "metric", "imperial", "both"],
    name: (word) => t(`paper.scale_bar.${word}` as Key),
    get: () => (page().furniture?.scale_bar === true ? "metric" : page().furniture?.scale_bar),
    // Metric is what true says.
    put: (value) => furnish({ scale_bar: value === "metric" ? true : (value as "both" | undefined) }),
  },
  ...SWITCHES.map(
    (key): Field => ({
      path: `page.furniture.${key}`,
      title: () => t(`paper.${key}`),
      kind: "flag",
      default: false,
      get: () => page().furniture?.[key],
      put: (value) => furnish({ [key]: value }),
    }),
  ),
];
