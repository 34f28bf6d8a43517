// What everybody needs: axe-core finds nothing, and no words are cut off.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Runs axe-core and says what it finds. */
export async function clean(tab, state) {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, any }) => `${html.slice(0, 120)} ${any[0]?.message ?? ""}`).join(" | ")}`);
  assert.deepEqual(found, [], state);
}

/** Buttons and labels whose words do not fit. */
export const cut = (tab) =>
  tab.$$eval("button, .segments label, .tiles label, .cards label span, summary, h2", (all) =>
    all
      .filter((element) => element.checkVisibility() && !element.closest("#map, .hidden, #place-list") && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
      .map((element) => `${element.id || element.className}: ${element.textContent.trim().slice(0, 40)}`),
  );
