// The panel of what the chosen format can be told, and of the engine's finer settings.
import type { FormatOption, FormatRow } from "../api/types.js";
import { $ } from "./dom.js";
import { chosen, drawn } from "./engine.js";
import { type Field, panel } from "./form.js";
import { type Key, ofOption, onLanguage, t } from "./i18n/index.js";
import { withOption } from "./request.js";
import { type Settings, choose, on, state } from "./state.js";

/** Shows the options from now on. */
export function showOptions(): () => void {
  const own = panel("options-own", () => rowFields(chosen()));
  const more = panel("options-more", () => [CRS, ...(drawn(chosen()) ? DRAWN : DATA)]);
  const none = () => {
    const row = chosen();
    $("options-none").hidden = !row || row.options.length > 0;
    $("options-none").textContent = t("options.none", { title: row?.title ?? "" });
    $("options-sum").textContent = row?.title ?? "";
  };
  onLanguage(none);
  const update = () => {
    own();
    more();
    none();
  };
  on(["settings"], update);
  return update;
}

/** The options of a format as fields. */
const rowFields = (row: FormatRow | undefined): Field[] => (row ? row.options.map((option) => field(row, option)) : []);

function field(row: FormatRow, option: FormatOption): Field {
  const { format } = state().settings;
  const tied = {
    path: `options.${format}.${option.id}`,
    title: () => ofOption(row, option.id, option.title),
    get: () => state().settings.options[format]?.[option.id],
    put: (value: unknown) => choose({ options: withOption(state().settings, option.id, value) }),
  };
  if (option.kind !== "choice" && option.kind !== "table") return { ...option, ...tied };
  return { ...option, ...tied, name: (word) => ofOption(row, `${option.id}.${word}`, word) };
}

type Plain = "crs" | "text" | "sea" | "clip";

const tie = (key: Plain, read = (value: unknown) => value, write = read) => ({
  path: key,
  title: () => t(`options.${key}`),
  get: () => read(state().settings[key]),
  put: (value: unknown) => choose({ [key]: write(value) } as Partial<Settings>),
});

const words = (key: Plain) => (word: string) => t(`options.${key}.${word}` as Key);

const CRS: Field = {
  ...tie("crs"),
  kind: "text",
  default: "auto",
  check: (text) => (text === "auto" || /^epsg:\d+$/i.test(text) ? undefined : { key: "options.crs.fault" }),
};

const DRAWN: readonly Field[] = [
  { ...tie("text"), kind: "choice", choices: ["text", "outline"], name: words("text") },
  { ...tie("sea"), kind: "choice", choices: ["auto", "land", "sea"], name: words("sea") },
];

const DATA: readonly Field[] = [
  {
    ...tie("clip", (value) => (value === undefined ? undefined : String(value)), (value) => (value === undefined ? undefined : value === "true")),
    kind: "choice",
    choices: ["auto", "true", "false"],
    name: words("clip"),
  },
];
