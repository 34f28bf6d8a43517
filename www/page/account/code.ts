// Ready-made code against this server: curl, Python, Node.
import { $ } from "../dom.js";
import { onLanguage, t } from "../i18n/index.js";
import { at } from "./api.js";
import { copied } from "./copying.js";
import { type Language, program } from "./programs.js";
import { onSecret, secret } from "./secret.js";

/** This server, without a slash at the end. */
export const host = (): string => at("./").replace(/\/$/, "");

/** Shows the code from now on; the key stands in it while it is shown. */
export function showCode(): void {
  const radios = [...document.querySelectorAll<HTMLInputElement>("input[name=code]")];
  const show = () => {
    const language = (radios.find(({ checked }) => checked)?.value ?? "curl") as Language;
    $("code-text").textContent = program(language, host(), secret());
    $("code-place").textContent = t(secret() ? "code.filled" : "code.place");
  };
  for (const radio of radios) radio.addEventListener("change", show);
  $("code-copy").addEventListener("click", () => void copied($("code-text"), "code-said"));
  onSecret(show);
  onLanguage(show);
  show();
}
