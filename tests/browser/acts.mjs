// What a person does on the page, in the words of the checks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./check.mjs";
import { root } from "./site.mjs";

export const words = (tab) => tab.textContent("#now-words");
/** Waits until the bar has said something since the page was opened; gives the first such sentence, be it gone already. */
export const heard = async (tab, pattern) => (await until(() => tab.evaluate(() => globalThis.said), (all) => all.some((text) => pattern.test(text)), String(pattern))).find((text) => pattern.test(text));
/** The four sides of the area, as numbers. */
export const sides = (tab) => Promise.all(["w", "s", "e", "n"].map((side) => tab.inputValue(`#side-${side}`).then(Number)));
/** A GeoJSON file of these features. */
export const json = (features) => Buffer.from(JSON.stringify({ type: "FeatureCollection", features }));

const SAMPLES = { helsinki: /^(Helsinki|Хельсинки).*(objects|объект)/, monaco: /^(Monaco|Монако).*(objects|объект)/ };

/** Opens a sample and waits until it is read. */
export async function sample(tab, id) {
  await tab.click(`#sample-${id}`);
  await until(() => words(tab), SAMPLES[id], "sample");
}

/** Presses Escape in the very turn in which the bar says this: it may be gone when a busy machine asks. Resolves when that is done. */
export const escapeAt = (tab, pattern) =>
  tab.evaluate(
    (source) =>
      new Promise((resolve) => {
        const line = document.getElementById("now-words");
        const watch = new MutationObserver(() => {
          if (!new RegExp(source).test(line.textContent)) return;
          watch.disconnect();
          window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
          resolve();
        });
        watch.observe(line, { childList: true });
      }),
    pattern.source,
  );

/** Where an element is once it rests. */
export async function resting(tab, selector) {
  let [before, same] = ["", 0];
  await until(
    async () => {
      const now = JSON.stringify(await tab.locator(selector).boundingBox());
      [before, same] = [now, now === before ? same + 1 : 0];
      return same;
    },
    (times) => times >= 4,
    `${selector} rests`,
  );
  return JSON.parse(before);
}

/** Exports and returns the downloaded file. */
export async function exported(tab, act = () => tab.click("#export")) {
  const [download] = await Promise.all([tab.waitForEvent("download"), act()]);
  const stream = await download.createReadStream();
  const parts = [];
  for await (const part of stream) parts.push(part);
  return { name: download.suggestedFilename(), bytes: Buffer.concat(parts) };
}

/** Chooses a format by the dialog of all formats. */
export async function choose(tab, id) {
  await tab.click("#format-all");
  await tab.fill("#chooser-search", id);
  await tab.click(`#option-${id}`);
  await tab.click("#chooser-use");
  // The dialog tells that it was closed a moment later.
  await tab.waitForSelector(`#format-${id}:checked`, { state: "attached" });
}

/** What a click copies. The clipboard is emptied before: what was said of an earlier copy still stands. */
export async function copyBy(tab, click) {
  await tab.evaluate(() => navigator.clipboard.writeText(""));
  await click();
  return until(() => tab.evaluate(() => navigator.clipboard.readText()), Boolean, "copied");
}

/** The actions that the bar offers. */
export const offered = (tab) => tab.$$eval("#actions button", (buttons) => buttons.map((button) => button.id.replace("do-", "")));

/** Drops a file on the page. */
export const drop = (tab, name, bytes) => dropAll(tab, { [name]: bytes });

/** Drops files on the page, by their names. */
export async function dropAll(tab, files) {
  const transfer = await tab.evaluateHandle(
    (files) => {
      const data = new DataTransfer();
      for (const [name, base64] of files) data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
      return data;
    },
    Object.entries(files).map(([name, bytes]) => [name, bytes.toString("base64")]),
  );
  for (const kind of ["dragenter", "dragover", "drop"]) await tab.dispatchEvent("body", kind, { dataTransfer: transfer });
}

/** The rows of the catalogue's formats. */
export const catalogue = () => [...readFileSync(join(root, "www/api/catalogue.ts"), "utf8").matchAll(/^ {2}(\{"id":"[^"]+","(?:alias_of|pack)".*\}),$/gm)].map(([, row]) => JSON.parse(row));

/** Waits until an answer of Overpass is kept for later visits. */
export const stored = (tab) =>
  until(
    () =>
      tab.evaluate(async () => {
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("answers", { create: true });
        const names = [];
        for await (const name of folder.keys()) names.push(name);
        return names.some((name) => name.endsWith(".json"));
      }),
    true,
    "kept answer",
  );
