// Parts of the page that change: filled again, with the focus where it was; and sentences, said again in another language.
import { $ } from "../dom.js";
import { onLanguage } from "../i18n/index.js";
import { Refusal } from "./api.js";
import { sentence } from "./faults.js";

/** Puts other children into an element. The focus stays on what has the same id, or goes to `heading`. */
export function refill(box: HTMLElement, children: readonly Node[], heading?: string): void {
  const held = box.contains(document.activeElement) ? (document.activeElement as HTMLElement) : undefined;
  box.replaceChildren(...children);
  if (!held || held === box) return;
  const again = held.id ? document.getElementById(held.id) : undefined;
  if (again?.checkVisibility()) again.focus({ preventScroll: true });
  else if (heading) $(heading).focus({ preventScroll: true });
}

/** What lines say, to be said again. */
const said = new Map<HTMLElement, () => string>();

/** Says sentences in every language from now on. */
export function readyWords(): void {
  onLanguage(() => {
    for (const [line, words] of said) {
      if (line.isConnected) line.textContent = words();
      else said.delete(line);
    }
  });
}

/** Says something in a line; without words it is taken back. */
export function tell(line: string | HTMLElement, words?: () => string, wrong = false): void {
  const element = typeof line === "string" ? $(line) : line;
  if (element.classList.contains("said")) element.classList.toggle("error", wrong);
  if (words) said.set(element, words);
  else said.delete(element);
  element.textContent = words?.() ?? "";
}

/** Does something, and says in a line why it could not be done. */
export async function trying<T>(line: string, work: () => Promise<T>): Promise<T | undefined> {
  tell(line);
  try {
    return await work();
  } catch (fault) {
    tell(line, () => sentence(Refusal.from(fault)), true);
    return undefined;
  }
}
