// The panel of the format: favourites at hand, what the chosen one is for, and the way to all of them.
import { offer } from "./actions.js";
import { chooseFormat } from "./chooser.js";
import { $, el } from "./dom.js";
import { chosen, formats } from "./engine.js";
import { estimate } from "./estimate.js";
import { facts } from "./facts.js";
import { ofFormat, onLanguage, size, t } from "./i18n/index.js";
import { recent } from "./recent.js";
import { choose, on, state } from "./state.js";

/** Shows the formats from now on. `favourites` are those of page.json. */
export function showFormats(favourites: readonly string[]): () => void {
  const update = () => {
    const { format } = state().settings;
    const row = chosen();
    const ids = favourites.includes(format) ? favourites : [...favourites.slice(0, 3), format];
    quick(ids.filter((id) => formats().length === 0 || formats().some((known) => known.id === id)), format);
    $("format-all-words").textContent = t("format.all", { n: formats().length });
    $("format-about").textContent = row ? ofFormat(row, "about") : "";
    $("format-facts").replaceChildren(...(row ? facts(row) : []));
    sized();
    $("export-words").textContent = t("run.export", { format: row?.title ?? format.toUpperCase() });
  };
  const open = async () => {
    const id = await chooseFormat();
    if (id) choose({ format: id });
    $("format-all").focus();
  };
  $("format-all").addEventListener("click", () => void open());
  offer("another", () => void open());
  onLanguage(update);
  on(["settings"], update);
  on(["box", "info", "counted", "frame"], sized);
  on(["files"], ({ files }) => files[0] && recent.push(files[0].format));
  return update;
}

/** About how large the file will be. */
function sized(): void {
  const bytes = estimate(chosen());
  $("size").textContent = bytes === undefined ? "" : t("run.size", { size: size(bytes) });
}

/** Radios for the formats at hand; the same elements stay while the formats do. */
function quick(ids: readonly string[], format: string): void {
  const host = $("format-quick");
  const shape = `${ids.join()} ${formats().length}`;
  if (host.dataset["shown"] !== shape) {
    host.dataset["shown"] = shape;
    host.replaceChildren(...ids.map(tile));
  }
  for (const input of host.querySelectorAll("input")) input.checked = input.value === format;
}

function tile(id: string): HTMLElement {
  const row = formats().find((known) => known.id === id);
  const input = el("input", { type: "radio", name: "format", value: id, id: `format-${id}` });
  input.addEventListener("change", () => choose({ format: id }));
  return el("span", {}, input, el("label", { for: input.id }, row?.title ?? id.toUpperCase()));
}
