// What both pages say.

export const enCommon = {
  "page.theme": "Dark or light",
  "page.language": "Language of the page",
  "page.dialog.close": "Close",
  "files.notes": { one: "{n} note", other: "{n} notes" },
  "run.cancel": "Cancel",
  "run.progress": "Progress",
  "say.copied": "Copied.",
  "do.copy": "Copy",
  "do.again": "Again",
} as const;
