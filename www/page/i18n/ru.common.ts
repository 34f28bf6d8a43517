// То, что говорят обе страницы.
import type { Entry } from "./dictionary.js";
import type { enCommon } from "./en.common.js";

export const ruCommon: Readonly<Record<keyof typeof enCommon, Entry>> = {
  "page.theme": "Тёмная или светлая",
  "page.language": "Язык страницы",
  "page.dialog.close": "Закрыть",
  "files.notes": { one: "{n} замечание", few: "{n} замечания", many: "{n} замечаний", other: "{n} замечания" },
  "run.cancel": "Отмена",
  "run.progress": "Ход работы",
  "say.copied": "Скопировано.",
  "do.copy": "Копировать",
  "do.again": "Ещё раз",
};
