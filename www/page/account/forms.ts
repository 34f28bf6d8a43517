// Forms: what is wrong stands at its field, all else in a sentence that is read out; nothing is sent twice.
import { t } from "../i18n/index.js";
import { Refusal } from "./api.js";
import { sentence } from "./faults.js";
import { tell } from "./fill.js";

/** The texts of a form, by the names of its fields. */
export type Values = Readonly<Record<string, string>>;

/** Sends a form to `work` from now on. */
export function ready(form: HTMLFormElement, work: (values: Values) => Promise<void>): void {
  let busy = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    form.setAttribute("aria-busy", "true");
    void sent(form, work).finally(() => {
      busy = false;
      form.removeAttribute("aria-busy");
    });
  });
}

async function sent(form: HTMLFormElement, work: (values: Values) => Promise<void>): Promise<void> {
  clear(form);
  const wrong = inputs(form).filter((input) => input.checkVisibility() && !input.validity.valid);
  for (const input of wrong) {
    const key = input.validity.valueMissing ? "fault.empty" : "fault.email";
    point(input, () => t(key));
  }
  wrong[0]?.focus();
  if (wrong.length > 0) return;
  try {
    await work(Object.fromEntries(inputs(form).map(({ name, value }) => [name, value])));
  } catch (fault) {
    refuse(form, Refusal.from(fault));
  }
}

const inputs = (form: HTMLFormElement): HTMLInputElement[] => [...form.querySelectorAll("input")];

/** Shows a refusal. */
function refuse(form: HTMLFormElement, refusal: Refusal): void {
  const input = inputs(form).find(({ name, hidden }) => !hidden && name === refusal.field);
  if (input) {
    point(input, () => sentence(refusal));
    input.focus();
    return;
  }
  const line = form.querySelector<HTMLElement>("[role=alert]");
  if (line) tell(line, () => sentence(refusal));
}

function point(input: HTMLInputElement, words: () => string): void {
  const line = document.getElementById(`${input.id}-error`);
  input.setAttribute("aria-invalid", "true");
  if (!line) return;
  tell(line, words);
  line.hidden = false;
}

/** Takes back what was said of a form. */
export function clear(form: HTMLFormElement): void {
  for (const input of inputs(form)) input.removeAttribute("aria-invalid");
  for (const line of form.querySelectorAll<HTMLElement>(".error")) {
    tell(line);
    if (line.role !== "alert") line.hidden = true;
  }
}
