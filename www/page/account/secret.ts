// A key that was just made: shown once, with the secret of its webhooks, until the person has kept it.
import { $ } from "../dom.js";
import { onLanguage, t } from "../i18n/index.js";
import { copied } from "./copying.js";
import type { NewKey } from "./types.js";

let made: NewKey | undefined;
const heard: (() => void)[] = [];

/** The key, while it is shown. */
export const secret = (): string | undefined => made?.key;

/** Calls `listener` when a key is shown or put away. */
export function onSecret(listener: () => void): void {
  heard.push(listener);
}

/** Wires the buttons once. */
export function showSecret(): void {
  for (const part of ["key", "hook"]) $(`secret-copy-${part}`).addEventListener("click", () => void copied($(`secret-${part}`), "api-said"));
  $("secret-done").addEventListener("click", () => {
    reveal(undefined);
    $("api-title").focus();
  });
  onLanguage(title);
}

/** Shows a key, or puts it away. */
export function reveal(key: NewKey | undefined): void {
  made = key;
  $("secret").hidden = !key;
  $("secret-key").textContent = key?.key ?? "";
  $("secret-hook").textContent = key?.hook_secret ?? "";
  title();
  for (const listener of heard) listener();
  if (key) $("secret-title").focus();
}

function title(): void {
  $("secret-title").textContent = made ? t("secret.title", { name: made.name || t("keys.nameless") }) : "";
}
