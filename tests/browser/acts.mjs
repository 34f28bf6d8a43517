// What a person does on the page, in the words of the checks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./check.mjs";
import { root } from "./site.mjs";

export const words = (tab) => tab.textContent("#now-words");
/** The four sides of the area, as numbers. */
export const sides = (tab) => Promise.all(["w", "s", "e", "n"].map((side) => tab.inputValue(`#side-${side}`).then(Number)));
/** A GeoJSON file of these features. */
export const json = (features) => Buffer.from(JSON.stringify({ type: "FeatureCollection", features }));

/** Opens a sample and waits until it is read. */
export async function sample(tab, id) {
  await tab.click(`#sample-${id}`);
  await until(() => words(tab), /objects|объект/, "sample");
}

/** Exports and returns the downloaded file. */
export async function exported(tab, act = () => tab.click("#export")) {
  const [download] = await Promise.all([tab.waitForEvent("download", { timeout: 60_000 }), act()]);
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
  await tab.waitForSelector(`#format-${id}:checked`, { state: "attached", timeout: 10_000 });
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
