// The panel of finished files: save again, copy, pass on, the same in another format.
import type { ExportFile, Note } from "../api/types.js";
import { act } from "./actions.js";
import { told } from "./copy.js";
import { $, el, icon } from "./dom.js";
import { named, onLanguage, size, t } from "./i18n/index.js";
import { canCopy, canShare, copy, save, share } from "./save.js";
import { on, set, state } from "./state.js";

/** Shows the files from now on. */
export function showFiles(): void {
  const update = () => {
    const { files } = state();
    $("files-none").hidden = files.length > 0;
    $("files-list").replaceChildren(...files.map(entry));
    const total = files.reduce((sum, file) => sum + file.size, 0);
    $("files-sum").textContent = files.length ? size(total) : "";
  };
  on(["files"], update);
  onLanguage(update);
}

function entry(file: ExportFile): HTMLElement {
  const button = (name: string, label: string, run: () => void) => {
    const words = `${label}: ${file.name}`;
    return el("button", { type: "button", className: "icon-button", "aria-label": words, title: label, onclick: run }, icon(name));
  };
  const remove = () => {
    set({ files: state().files.filter((other) => other !== file) });
    $("files-title").focus();
  };
  return el(
    "li",
    {},
    el("code", {}, `.${file.name.split(".").pop() ?? ""}`),
    el("span", { className: "option-texts" }, el("strong", {}, file.name), el("span", { className: "muted" }, size(file.size))),
    el(
      "span",
      { className: "tools" },
      button("download", t("do.save"), () => save(file)),
      canCopy(file) && button("copy", t("do.copy"), () => void told(copy(file))),
      button("repeat-2", t("do.another"), () => act("another")),
      canShare(file) && button("share-2", t("do.share"), () => void share(file)),
      button("x", t("files.remove", { name: file.name }), remove),
    ),
    file.notes.length > 0 && notes(file.notes),
  );
}

/** The sign of a fold. */
function turning(): SVGSVGElement {
  const sign = icon("chevron-right");
  sign.classList.add("turn");
  return sign;
}

/** Notes behind a fold. */
export function notes(list: readonly Note[]): HTMLElement {
  const sentence = (note: Note) => named(`note.${note.code}`, note.message).replace("{n}", String(note.count));
  return el(
    "details",
    { className: "notes" },
    el("summary", {}, turning(), t("files.notes", { n: list.length })),
    el("ul", {}, ...list.map((note) => el("li", {}, sentence(note)))),
  );
}
