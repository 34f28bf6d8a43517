// The choice of languages.
import { el } from "./dom.js";
import { LANGUAGES, type Language, onLanguage, speak, spoken } from "./i18n/index.js";
import { column } from "./layout.js";

/** Languages by their names, by their codes where there is little room. */
export function readyLanguages(select: HTMLSelectElement): void {
  const names = () => {
    select.replaceChildren(...Object.entries(LANGUAGES).map(([value, name]) => el("option", { value, lang: value }, column.matches ? value.toUpperCase() : name)));
    select.value = spoken();
  };
  names();
  column.addEventListener("change", names);
  select.addEventListener("change", () => {
    localStorage.setItem("language", select.value);
    void speak(select.value as Language);
  });
  onLanguage(() => {
    select.value = spoken();
  });
}
