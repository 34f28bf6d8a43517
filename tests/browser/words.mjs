// Words: both languages say everything, with the same values; the HTML says what en.ts says.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { check } from "./check.mjs";
import { page, root } from "./site.mjs";
import { modules } from "./sources.mjs";

const { en, ru, enAccount, ruAccount, names } = await modules("i18n/en.common.ts", "i18n/ru.common.ts", "i18n/en.account.ts", "i18n/ru.account.ts", "i18n/en.ts", "i18n/ru.ts", "i18n/ru.names.ts", "i18n/ru.colors.ts", "i18n/ru.options.ts", "i18n/ru.core.ts", "i18n/ru.drawing.ts", "i18n/ru.print.ts", "i18n/ru.pictures.ts", "i18n/ru.cad.ts", "i18n/ru.solid.ts", "i18n/ru.dataset.ts");
const forms = (entry) => (typeof entry === "string" ? [entry] : Object.values(entry));
const holes = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();

/** What each page says in both languages, and its HTML. */
const PAGES = [[en, ru, "index.html"], [enAccount, ruAccount, "account.html"]];

check("words: both languages have the same keys", () => {
  for (const [english, russian] of PAGES) assert.deepEqual(Object.keys(russian), Object.keys(english));
});

check("words: translations use the same values", () => {
  for (const [english, russian] of PAGES) {
    for (const key of Object.keys(english)) {
      const wanted = holes(forms(english[key]).at(-1));
      for (const text of [...forms(english[key]), ...forms(russian[key])]) assert.equal(holes(text), wanted, key);
    }
  }
});

check("words: plural forms are those of the language", () => {
  const wanted = new Intl.PluralRules("ru").resolvedOptions().pluralCategories.sort();
  for (const [english, russian] of PAGES) {
    for (const [key, entry] of Object.entries(english)) {
      assert.equal(typeof russian[key], typeof entry, key);
      if (typeof entry !== "string") assert.deepEqual(Object.keys(russian[key]).sort(), wanted, key);
    }
  }
});

for (const [english, , name] of PAGES) check(`words: ${name} says what the English words say`, () => {
  const html = readFileSync(join(root, "www/page", name), "utf8");
  const found = [...html.matchAll(/data-t="([^"]+)"[^>]*>([^<]*)</g), ...html.matchAll(/data-t-label="([^"]+)"[^>]*?aria-label="([^"]*)"/g), ...html.matchAll(/data-t-hint="([^"]+)"[^>]*?placeholder="([^"]*)"/g)];
  assert.ok(found.length > 60, `${found.length} marked words`);
  for (const [, key, text] of found) assert.equal(text, english[key], key);
});

check("words: layers, and formats at hand, have Russian names", () => {
  const catalogue = readFileSync(join(root, "www/api/catalogue.ts"), "utf8");
  const layers = [...catalogue.matchAll(/^ {2}\{"id":"(\w+)","fields"/gm)].map(([, id]) => id);
  assert.ok(layers.length > 10);
  for (const id of layers) assert.ok(names[`layer.${id}`], id);
  for (const id of page.favourites) for (const key of ["about", "for_whom", "kept", "lost"]) assert.ok(names[`format.${id}.${key}`], `${id}.${key}`);
});

check("words: every colour of a style has a Russian name", () => {
  const palettes = JSON.parse(readFileSync(join(root, "dist/page/styles/palettes.json"), "utf8"));
  const colors = [...new Set(Object.values(palettes).flatMap(Object.keys))];
  assert.ok(colors.length > 100);
  assert.deepEqual(colors.filter((id) => !names[`color.${id}`]), []);
});

check("words: scripts of a page say its own words", () => {
  const folder = join(root, "www/page");
  const scripts = (path) => readdirSync(join(folder, path)).filter((name) => name.endsWith(".ts")).map((name) => readFileSync(join(folder, path, name), "utf8"));
  for (const [english, path] of [[en, "."], [enAccount, "account"]]) {
    const keys = scripts(path).flatMap((text) => [...text.matchAll(/\b(?:t\(|key: )"([\w.]+)"/g)].map(([, key]) => key));
    assert.ok(keys.length > 50, path);
    for (const key of keys) assert.ok(key in english, `${path}: ${key}`);
  }
});
