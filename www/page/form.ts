// Options as controls: flag a checkbox, number a text field, choice radios or a select. Errors stand under the field that the engine names.
import { $, el, icon } from "./dom.js";
import { number as read } from "./degrees.js";
import { type Words, named, number as written, onLanguage, say, t } from "./i18n/index.js";

/** An option, of a format or of the page, and how it is tied to the state. */
export type Field = {
  /** Path of the field in a request, `options.png.compression`. */
  path: string;
  title: () => string;
  /** The chosen value, undefined where none is. */
  get: () => unknown;
  /** Takes a value; undefined resets. */
  put: (value: unknown) => void;
} & (
  | { kind: "flag"; default: boolean }
  | { kind: "int" | "number"; min: number; max: number; default?: number; unit?: string; hint?: () => string }
  | { kind: "choice" | "table"; choices: readonly string[]; name: (choice: string) => string }
  | { kind: "text"; default: string; hint?: () => string; check?: (text: string) => Words | undefined }
);

/** A control: its element, and how to show the state again. */
export interface Control {
  element: HTMLElement;
  show: () => void;
}

/** Choices up to this number are radios. */
const RADIOS = 4;

let ids = 0;

/** Puts the controls of `fields` into `host`; returns how to show the state again. */
export function fill(host: HTMLElement, fields: readonly Field[]): () => void {
  const controls = fields.map(control);
  host.replaceChildren(...controls.map(({ element }) => element));
  return () => controls.forEach(({ show }) => show());
}

/** The control of one field. */
export function control(field: Field): Control {
  const id = `field-${(ids += 1)}`;
  const reset = resetButton(field, id);
  const made = MAKERS[field.kind](field as never, id);
  const error = el("p", { className: "error", id: `${id}-error`, hidden: true });
  const element = el("div", { className: `field ${made.group ?? field.kind}`, "data-field": field.path }, ...made.parts(reset), error);
  if (made.group) {
    element.setAttribute("role", made.group === "radios" ? "radiogroup" : "group");
    element.setAttribute("aria-labelledby", `${id}-label`);
  }
  const show = () => {
    made.show();
    reset.hidden = field.get() === undefined;
    fault(element, undefined);
  };
  show();
  return { element, show };
}

interface Made {
  parts: (reset: HTMLElement) => Node[];
  show: () => void;
  group?: string;
}

type Of<K extends Field["kind"]> = Extract<Field, { kind: K }>;
type Choice = Extract<Field, { choices: readonly string[] }>;

const MAKERS = { flag, int: amount, number: amount, choice, table, text };

function flag(field: Of<"flag">, id: string): Made {
  const input = el("input", { type: "checkbox", id });
  input.addEventListener("change", () => field.put(input.checked === field.default ? undefined : input.checked));
  const label = el("label", { for: id }, field.title());
  return { parts: (reset) => [input, label, reset], show: () => (input.checked = (field.get() as boolean | undefined) ?? field.default) };
}

function amount(field: Of<"int" | "number">, id: string): Made {
  const whole = field.kind === "int";
  const input = el("input", { type: "text", id, inputMode: whole ? "numeric" : "decimal", autocomplete: "off", "aria-describedby": `${id}-error` });
  input.addEventListener("change", () => {
    const text = input.value.replaceAll(/[\s\u00a0\u202f]/g, "");
    if (text === "") return field.put(undefined);
    const value = read(text);
    const bad = !(value >= field.min && value <= field.max) || (whole && !Number.isInteger(value));
    if (bad) return fault(parent(input), t(`field.${field.kind}`, { min: field.min, max: field.max }));
    field.put(value === field.default ? undefined : value);
  });
  const show = () => {
    const value = (field.get() as number | undefined) ?? field.default;
    if (document.activeElement !== input || input.getAttribute("aria-invalid") === null) input.value = value === undefined ? "" : written(value, 6);
    input.placeholder = field.hint?.() ?? "";
  };
  const unit = field.unit ? [el("span", { className: "unit", id: `${id}-unit` }, named(`unit.${field.unit}`, field.unit))] : [];
  return { parts: (reset) => [el("label", { for: id }, field.title()), reset, el("span", { className: "with-unit" }, input, ...unit)], show };
}

function choice(field: Choice, id: string): Made {
  const first = field.choices[0];
  const put = (value: string) => field.put(value === first ? undefined : value);
  const value = () => (field.get() as string | undefined) ?? first ?? "";
  if (field.choices.length > RADIOS) {
    const select = el("select", { id }, ...field.choices.map((word) => el("option", { value: word }, field.name(word))));
    select.addEventListener("change", () => put(select.value));
    return { parts: (reset) => [el("label", { for: id }, field.title()), reset, select], show: () => (select.value = value()) };
  }
  const inputs = field.choices.map((word) => {
    const input = el("input", { type: "radio", name: id, value: word, id: `${id}-${word}` });
    input.addEventListener("change", () => put(word));
    return input;
  });
  const radios = inputs.map((input) => el("span", {}, input, el("label", { for: input.id }, field.name(input.value))));
  const parts = (reset: HTMLElement) => [el("span", { className: "label", id: `${id}-label` }, field.title()), reset, el("div", { className: "segments" }, ...radios)];
  return { group: "radios", parts, show: () => inputs.forEach((input) => (input.checked = input.value === value())) };
}

/** A choice, of which the last is a file of one's own. */
function table(field: Choice, id: string): Made {
  const [first] = field.choices;
  const words = field.choices.map((word) => el("option", { value: word }, field.name(word)));
  const select = el("select", { id, "aria-describedby": `${id}-error` }, ...words, el("option", { value: OWN }, t("field.table")));
  const file = el("input", { type: "file", accept: ".csv,.json,.txt", hidden: true });
  const show = () => {
    const value = (field.get() as string | undefined) ?? first ?? "";
    select.value = field.choices.includes(value) ? value : OWN;
  };
  select.addEventListener("change", () => {
    if (select.value !== OWN) return field.put(select.value === first ? undefined : select.value);
    show();
    // The same file may be chosen again, after it was changed.
    file.value = "";
    file.click();
  });
  file.addEventListener("change", () => void file.files?.[0]?.text().then((text) => field.put(text)));
  return { parts: (reset) => [el("label", { for: id }, field.title()), reset, select, file], show };
}

/** The choice that is a file. */
const OWN = "own";

function text(field: Of<"text">, id: string): Made {
  const input = el("input", { type: "text", id, autocomplete: "off", "aria-describedby": `${id}-error` });
  input.addEventListener("change", () => {
    const value = input.value.trim();
    const wrong = field.check?.(value);
    if (wrong) return fault(parent(input), say(wrong));
    field.put(value === field.default ? undefined : value);
  });
  const show = () => {
    input.value = (field.get() as string | undefined) ?? field.default;
    input.placeholder = field.hint?.() ?? "";
  };
  return { parts: (reset) => [el("label", { for: id }, field.title()), reset, input], show };
}

function resetButton(field: Field, id: string): HTMLButtonElement {
  const label = `${t("page.reset")}: ${field.title()}`;
  const button = el("button", { type: "button", className: "reset", hidden: true, "aria-label": label, title: t("page.reset") }, icon("undo-2"));
  button.addEventListener("click", () => {
    field.put(undefined);
    (document.getElementById(id) ?? parent(button).querySelector<HTMLElement>("input:checked, input"))?.focus();
  });
  return button;
}

const parent = (element: Element) => element.closest<HTMLElement>("[data-field]") as HTMLElement;

/** Says under a field what is wrong with it; nothing takes it back. */
function fault(field: HTMLElement, message: string | undefined): void {
  const line = field.querySelector<HTMLElement>(".error");
  if (line) {
    line.textContent = message ?? "";
    line.hidden = message === undefined;
  }
  for (const input of field.querySelectorAll("input, select")) {
    if (message === undefined) input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
  }
}

/** Shows the engine's complaint about a field of the request and brings it into view. */
export function fieldFault(path: string, message: string): void {
  const field = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(path)}"]`);
  if (!field) return;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  fault(field, message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message);
  field.querySelector<HTMLElement>("input, select")?.focus();
}

/** Keeps a panel of fields: made anew for another language or when `make` would give others, else only shown again. */
export function panel(id: string, make: () => readonly Field[]): () => void {
  let show = () => {};
  let made = "";
  const update = () => {
    const fields = make();
    const shape = [document.documentElement.lang, ...fields.map((field) => `${field.path} ${field.kind === "choice" ? field.choices.join() : ""}`)].join();
    if (shape !== made) show = fill($(id), fields);
    else show();
    made = shape;
  };
  onLanguage(update);
  return update;
}
