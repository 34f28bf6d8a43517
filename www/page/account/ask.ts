// The question before something that cannot be undone.
import { $ } from "../dom.js";
import { clear, ready } from "./forms.js";

export interface Question {
  title: string;
  words: string;
  yes: string;
  /** What has to be typed, under the name the server has for it. */
  field?: { name: "password" | "email"; label: string };
  /** Does it; a refusal is shown in the question, which stays. */
  run: (value: string) => Promise<void>;
}

let asked: Question | undefined;

/** Wires the dialog once. */
export function readyAsk(): void {
  const dialog = $<HTMLDialogElement>("ask");
  ready($("ask-form"), async () => {
    await asked?.run($<HTMLInputElement>("ask-value").value);
    dialog.close("yes");
  });
  $("ask-no").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => {
    $<HTMLInputElement>("ask-value").value = "";
    asked = undefined;
  });
}

/** Asks; true where it was done. */
export async function ask(question: Question): Promise<boolean> {
  asked = question;
  const dialog = $<HTMLDialogElement>("ask");
  const input = $<HTMLInputElement>("ask-value");
  clear($("ask-form"));
  $("ask-title").textContent = question.title;
  $("ask-words").textContent = question.words;
  $("ask-yes").textContent = question.yes;
  $("ask-field").hidden = !question.field;
  input.required = question.field !== undefined;
  if (question.field) {
    const { name, label } = question.field;
    $("ask-label").textContent = label;
    Object.assign(input, { name, type: name, autocomplete: name === "password" ? "current-password" : "off" });
  }
  dialog.returnValue = "";
  dialog.showModal();
  (question.field ? input : $("ask-no")).focus();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  return dialog.returnValue === "yes";
}
