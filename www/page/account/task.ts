// One export in the list: its state, its files with their notes, what can be done with it.
import { $, el, icon } from "../dom.js";
import { type Key, moment, size, t } from "../i18n/index.js";
import { at } from "./api.js";
import { host } from "./code.js";
import { copied } from "./copying.js";
import { again } from "./programs.js";
import type { Made, Task } from "./types.js";

export const runs = ({ status }: Pick<Task, "status">): boolean => status === "queued" || status === "processing";

const STEPS: Readonly<Record<string, Key>> = {
  queued: "exports.step.queued",
  fetch: "exports.step.fetch",
  read: "exports.step.read",
  assemble: "exports.step.assemble",
  draw: "exports.step.draw",
  label: "exports.step.label",
  encode: "exports.step.encode",
};

/** The state in words. */
function state({ status, progress, step, queue_position }: Task): string {
  if (status === "queued") return queue_position ? t("exports.place", { place: queue_position }) : t("exports.queued");
  if (status !== "processing") return t(`exports.${status}`);
  const [word = ""] = step.split(" ");
  const known = STEPS[word];
  return t("exports.processing", { step: known ? t(known) : step, percent: progress });
}

/** The row; `repeat` makes it again. */
export function row(task: Task, repeat: () => void): HTMLElement {
  const id = `task-${task.task_id}`;
  const formats = task.formats.join(", ");
  const when = moment(task.created_at);
  const button = (name: string, words: string, label: string, run: () => void) =>
    el("button", { type: "button", className: "small", id: `${id}-${name}`, "aria-label": label, onclick: run }, words);
  return el(
    "li",
    { id, className: "task" },
    el("span", { className: "state", "data-state": task.status }, state(task)),
    el("span", { className: "formats" }, ...task.formats.map((format) => el("code", {}, format))),
    el("time", { dateTime: task.created_at, className: "muted" }, when),
    runs(task) && el("progress", { max: 100, value: task.progress, "aria-label": t("run.progress") }),
    task.error !== null && el("p", { className: "error" }, task.error),
    task.status === "completed" && el("ul", { className: "made" }, ...task.files.map(file)),
    task.request !== null &&
      el(
        "span",
        { className: "tools" },
        !runs(task) && button("repeat", t("exports.repeat"), t("exports.repeat.of", { formats, when }), repeat),
        button("code", t("exports.code"), t("exports.code.of", { formats, when }), () => code(task)),
      ),
    el("p", { className: "said", role: "status", id: `${id}-said` }),
    el("pre", { id: `${id}-text`, tabIndex: 0, role: "region", "aria-label": t("exports.code.title"), hidden: true }),
  );
}

function file({ filename, size: bytes, url, notes = [] }: Made): HTMLElement {
  return el(
    "li",
    {},
    el("a", { href: at(url), download: filename }, icon("download"), filename),
    el("span", { className: "sum" }, size(bytes)),
    notes.length > 0 &&
      el(
        "details",
        { className: "notes" },
        el("summary", {}, turn(), t("files.notes", { n: notes.length })),
        el("ul", {}, ...notes.map((note) => el("li", {}, note))),
      ),
  );
}

function turn(): SVGSVGElement {
  const mark = icon("chevron-right");
  mark.classList.add("turn");
  return mark;
}

/** Copies the call that makes it, and shows what was copied. */
function code({ task_id, request }: Task): void {
  const text = $(`task-${task_id}-text`);
  text.textContent = again(request ?? {}, host());
  text.hidden = false;
  void copied(text, `task-${task_id}-said`);
}
