// The panel of finished files: save again, copy, pass on; and the settings as program text.
import type { ExportFile, Note } from "../api/types.js";
import { offer } from "./actions.js";
import { $, el, icon } from "./dom.js";
import { named, onLanguage, size, t } from "./i18n/index.js";
import { asCommand, asScript, request } from "./request.js";
import { canCopy, canShare, copy, save, share } from "./save.js";
import { on, set, state } from "./state.js";

/** Shows the files from now on. */
export function showFiles(): void {
  const update = () => {
    const { files } = state();
    $("files-none").hidden = files.length > 0;
    $("files-list").replaceChildren(...files.map(entry));
    const total = files.reduce((sum, file) => sum + file.bytes.length, 0);
    $("files-sum").textContent = files.length ? size(total) : "";
  };
  on(["files"], update);
  onLanguage(update);
  const texts = { json: () => JSON.stringify(request(state()), null, 2), npm: () => asScript(request(state())), cli: () => asCommand(request(state())) };
  for (const [id, text] of Object.entries(texts)) $(`as-${id}`).addEventListener("click", () => copyText(text()));
  offer("cli", () => copyText(texts.cli()));
  offer("details", () => {
    const { status } = state();
    if (status.kind === "fault") copyText(status.details ?? "");
  });
}

/** Copies text and shows what was copied. */
function copyText(text: string): void {
  $("as-text").textContent = text;
  $("as-text").hidden = false;
  void told(navigator.clipboard.writeText(text));
}

async function told(copying: Promise<void>): Promise<void> {
  await copying.then(
    () => set({ status: { kind: "done", words: { key: "say.copied" } } }),
    () => undefined,
  );
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
    el("span", { className: "option-texts" }, el("strong", {}, file.name), el("span", { className: "muted" }, size(file.bytes.length))),
    el(
      "span",
      { className: "tools" },
      button("download", t("do.save"), () => save(file)),
      canCopy(file) && button("copy", t("do.copy"), () => void told(copy(file))),
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

function notes(list: readonly Note[]): HTMLElement {
  const sentence = (note: Note) => named(`note.${note.code}`, note.message).replace("{n}", String(note.count));
  return el(
    "details",
    { className: "notes" },
    el("summary", {}, turning(), t("files.notes", { n: list.length })),
    el("ul", {}, ...list.map((note) => el("li", {}, sentence(note)))),
  );
}
