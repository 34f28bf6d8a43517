// What people do to a page: two tabs, huge files, Cancel and reload at every stage.
import assert from "node:assert/strict";
import { escapeAt, exported, sample, words } from "./acts.mjs";
import { PROMPT, check, until } from "./check.mjs";
import { MONACO, visit } from "./site.mjs";

const HOST = "overpass-api.de";
const ready = (tab) => tab.waitForSelector("html[data-ready]", { state: "attached" });

check("two tabs: the second waits for the first, and says so", async ({ browser, url }) => {
  let free = () => undefined;
  const gate = new Promise((resolve) => (free = resolve));
  let held = true;
  const answer = async () => {
    if (held) await gate;
    return "monaco-tiny.map";
  };
  const { tab, seen, end } = await visit(browser, url, { map: false, hash: MONACO, answer });
  const second = await tab.context().newPage();
  await second.goto(`${url}#${MONACO.replace("7.4268", "7.4267")}`);
  await ready(second);
  await tab.click("#export");
  await until(() => words(tab), /^Asking/, "first");
  await second.click("#export");
  await until(() => words(second), `Another tab is asking ${HOST}; yours is next.`, "second");
  assert.equal(seen.queries.length, 1);
  await second.click("#cancel");
  await until(() => words(second), /^Stopped/, "stopped", PROMPT);
  await second.click("#export");
  await until(() => words(second), /^Another tab/, "again");
  held = false;
  const file = exported(second, () => undefined);
  await exported(tab, () => free());
  assert.match((await file).name, /svg$/);
  assert.equal(seen.queries.length, 2);
  await end();
});

for (const [stage, sentence, answer] of [
  ["counting", /^Asking overpass-api\.de how much|^Asking overpass-api\.de, /, () => new Promise(() => undefined)],
  ["the answer", /^Asking overpass-api\.de, /, (query) => (/out count/.test(query) ? "monaco-tiny.count" : new Promise(() => undefined))],
]) {
  check(`cancel and reload: during ${stage}`, async ({ browser, url }) => {
    const { tab, end } = await visit(browser, url, { map: false, hash: "format=svg&bbox=37.53,55.80,37.63,55.83", answer });
    for (const leave of [() => tab.click("#cancel"), () => tab.keyboard.press("Escape")]) {
      await tab.click("#export");
      await until(() => words(tab), sentence, stage);
      await leave();
      await until(() => words(tab), "Stopped. Area and data are kept.", "stopped", PROMPT);
    }
    await tab.click("#export");
    await until(() => words(tab), sentence, stage);
    tab.on("dialog", (dialog) => dialog.accept());
    await tab.reload();
    await ready(tab);
    assert.equal(await words(tab), "", "a reload is no crash");
    assert.equal(await tab.inputValue("#side-n"), "55.83");
    await end();
  });
}

check("cancel and reload: a question, a dialog, a search", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false, answer: () => new Promise(() => undefined) });
  await tab.fill("#place", "Nowhere");
  await tab.press("#place", "Enter");
  await until(() => words(tab), /^Asking/, "search");
  await tab.click("#cancel");
  await until(() => words(tab), /^Stopped/, "stopped", PROMPT);
  await tab.click("#format-all");
  await tab.keyboard.press("Escape");
  assert.equal(await tab.isVisible("#chooser"), false);
  await end();
});

check("huge: a drop of 100 MB keeps the page alive, and can be cancelled", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url);
  const pressed = escapeAt(tab, /^(Reading|Assembling|Loading)/);
  await tab.evaluate(huge);
  await pressed;
  await until(() => words(tab), /^Stopped/, "stopped", PROMPT);
  await tab.evaluate(huge);
  await until(() => words(tab), /^huge\.osm: 10,000 objects/, "opened");
  const worst = await tab.evaluate(() => Math.round(Math.max(...globalThis.gaps.slice(2))));
  console.log(`# while 100 MB are read: longest frame ${worst} ms`);
  if (process.env.MAPWRIGHT_MEASURE) assert.ok(worst < 100, `${worst} ms`);
  await sample(tab, "helsinki");
  await exported(tab);
  await end();
}, { alone: true });

/** In the page: drops 100 MB of trees as OSM XML, made there so that they need not cross into it, and watches frames. */
function huge() {
  const row = (n) => `<node id="${n}" version="1" lat="${(50 + (n % 1000) / 1e4).toFixed(7)}" lon="${(8 + (n % 777) / 1e4).toFixed(7)}"><tag k="natural" v="tree"/></node>\n`;
  const block = Array.from({ length: 10_000 }, (_, n) => row(n + 1)).join("");
  const parts = ['<?xml version="1.0"?><osm version="0.6">\n', ...Array.from({ length: Math.ceil(100e6 / block.length) }, () => block), "</osm>"];
  const file = new File(parts, "huge.osm");
  if (file.size < 100e6) throw new Error(`${file.size}`);
  const data = new DataTransfer();
  data.items.add(file);
  globalThis.gaps = [];
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    globalThis.gaps.push(now - last);
    last = now;
    if (globalThis.gaps.length < 4000) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}
