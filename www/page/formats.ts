// The panel of the format: favourites at hand, what the chosen one is for, and the way to all of them.
import type { FormatRow } from "../api/types.js";
import { offer } from "./actions.js";
import { chooseFormat } from "./chooser.js";
import { $, el } from "./dom.js";
import { chosen, formats } from "./engine.js";
import { estimate } from "./estimate.js";
import { named, onLanguage, size, t } from "./i18n/index.js";
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
    $("format-about").textContent = row ? named(`format.${row.id}.about`, row.about) : "";
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

/** Programs that opened files of this format in the project's tests, by format. */
let proofs: Readonly<Record<string, readonly string[]>> = {};

/** Brings them; without, nothing is claimed. */
export async function loadProofs(): Promise<void> {
  const answer = await fetch(new URL("verified.json", document.baseURI)).catch(() => undefined);
  if (answer?.ok) proofs = (await answer.json()) as typeof proofs;
}

const verified = (id: string): string => proofs[id]?.join(", ") ?? t("format.unverified");

/** What a person should know of a format, as rows of a description list. */
export function facts(row: FormatRow): HTMLElement[] {
  const words = (key: "for_whom" | "kept" | "lost") => named(`format.${row.id}.${key}`, row[key]);
  const pairs = [
    [t("format.for"), words("for_whom")],
    [t("format.kept"), words("kept")],
    [t("format.lost"), words("lost")],
    [t("format.opens"), row.programs.join(", ")],
    [t("format.verified"), verified(row.id)],
  ] as const;
  return pairs.filter(([, text]) => text).flatMap(([term, text]) => [el("dt", {}, term), el("dd", {}, text)]);
}
