// Texts for the clipboard.
import { t } from "../i18n/index.js";
import { tell } from "./fill.js";

/** Copies what an element shows and says so; browsers without a clipboard, as over plain http, mark it. */
export async function copied(element: HTMLElement, line: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(element.textContent ?? "");
    tell(line, () => t("say.copied"));
  } catch {
    getSelection()?.selectAllChildren(element);
    tell(line, () => t("page.marked"));
  }
}
