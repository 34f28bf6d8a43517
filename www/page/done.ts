// The card of a finished file, above the button: its notes, what opens it, and what can be done with it at once.
import type { ExportFile } from "../api/types.js";
import { type ActionId, offer } from "./actions.js";
import { $ } from "./dom.js";
import { formats } from "./engine.js";
import { programs } from "./facts.js";
import { notes } from "./files.js";
import { onLanguage, t } from "./i18n/index.js";
import { copy, save, share } from "./save.js";
import { on, set, state } from "./state.js";

/** As many programs are named. */
const PROGRAMS = 3;

/** The file of the card, while there is one. */
const shown = (): ExportFile | undefined => {
  const { status } = state();
  return status.kind === "done" ? status.file : undefined;
};

/** Shows the card from now on. */
export function showDone(): void {
  let last: ExportFile | undefined;
  const show = () => {
    const file = shown();
    $("done").hidden = !file;
    if (!file) return void (last = undefined);
    const row = formats().find(({ id }) => id === file.format);
    $("done-opens").textContent = row && row.programs.length > 0 ? t("done.opens", { programs: programs(row).slice(0, PROGRAMS).join(", ") }) : "";
    if (file === last) return;
    last = file;
    $("done-notes").replaceChildren(...(file.notes.length > 0 ? [notes(file.notes)] : []));
    // Where the window is low the bar may be out of view.
    $("bar").scrollIntoView({ block: "nearest" });
  };
  on(["status"], show);
  onLanguage(() => {
    last = undefined;
    show();
  });
  const does = (id: ActionId, run: (file: ExportFile) => unknown) => offer(id, () => ((file) => file && void run(file))(shown()));
  does("save", save);
  does("share", share);
  does("copy", (file) => copy(file).then(() => said(file), () => undefined));
}

/** Says that it was copied; the card stays. */
function said(file: ExportFile): void {
  const { status } = state();
  if (status.kind !== "done" || status.file !== file) return;
  set({ status: { ...status, words: { key: "say.both", values: { first: { key: "say.done", values: { name: file.name, size: { bytes: file.size } } }, second: { key: "say.copied" } } } } });
}
