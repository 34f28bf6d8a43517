// Words: both languages say everything, with the same values; the HTML says what en.ts says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "./check.mjs";
import { page, root } from "./site.mjs";
import { modules } from "./sources.mjs";

const { en, ru, names } = await modules("i18n/en.ts", "i18n/ru.ts", "i18n/ru.names.ts", "i18n/ru.options.ts", "i18n/ru.core.ts", "i18n/ru.drawing.ts", "i18n/ru.print.ts", "i18n/ru.pictures.ts", "i18n/ru.cad.ts", "i18n/ru.solid.ts", "i18n/ru.dataset.ts");
const forms = (entry) => (typeof entry === "string" ? [entry] : Object.values(entry));
const holes = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();

check("words: both languages have the same keys", () => assert.deepEqual(Object.keys(ru), Object.keys(en)));

check("words: translations use the same values", () => {
  for (const key of Object.keys(en)) {
    const wanted = holes(forms(en[key]).at(-1));
    for (const text of [...forms(en[key]), ...forms(ru[key])]) assert.equal(holes(text), wanted, key);
  }
});

check("words: plural forms are those of the language", () => {
  const wanted = new Intl.PluralRules("ru").resolvedOptions().pluralCategories.sort();
  for (const [key, entry] of Object.entries(en)) {
    assert.equal(typeof ru[key], typeof entry, key);
    if (typeof entry !== "string") assert.deepEqual(Object.keys(ru[key]).sort(), wanted, key);
  }
});

check("words: the HTML says what en.ts says", () => {
  const html = readFileSync(join(root, "www/page/index.html"), "utf8");
  const found = [...html.matchAll(/data-t="([^"]+)"[^>]*>([^<]*)</g), ...html.matchAll(/data-t-label="([^"]+)"[^>]*?aria-label="([^"]*)"/g), ...html.matchAll(/data-t-hint="([^"]+)"[^>]*?placeholder="([^"]*)"/g)];
  assert.ok(found.length > 60, `${found.length} marked words`);
  for (const [, key, text] of found) assert.equal(text, en[key], key);
});

check("words: layers, and formats at hand, have Russian names", () => {
  const catalogue = readFileSync(join(root, "www/api/catalogue.ts"), "utf8");
  const layers = [...catalogue.matchAll(/^ {2}\{"id":"(\w+)","fields"/gm)].map(([, id]) => id);
  assert.ok(layers.length > 10);
  for (const id of layers) assert.ok(names[`layer.${id}`], id);
  for (const id of page.favourites) for (const key of ["about", "for_whom", "kept", "lost"]) assert.ok(names[`format.${id}.${key}`], `${id}.${key}`);
});
