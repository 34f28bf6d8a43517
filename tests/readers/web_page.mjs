// node web_page.mjs FILE NAME PICTURE: opens a map in HTML in Chromium as a file, without a network, and uses it as people do:
// moves, zooms, switches a layer, looks for a name, clicks, prints. Says what it found as JSON.
import { pathToFileURL } from "node:url";
import { launch } from "../browser/site.mjs";

const [file, name, picture] = process.argv.slice(2);
const browser = await launch();
try {
  const context = await browser.newContext({ offline: true, viewport: { width: 1000, height: 800 } });
  const tab = await context.newPage();
  const found = { outside: [], faults: [] };
  tab.on("request", (request) => /^(file|blob|data):/.test(request.url()) || found.outside.push(request.url()));
  tab.on("pageerror", (fault) => found.faults.push(fault.message));
  tab.on("console", (line) => line.type() === "error" && found.faults.push(line.text()));
  await tab.goto(pathToFileURL(file).href);
  await tab.waitForSelector("html[data-ready]", { timeout: 60_000 });
  const idle = () => tab.evaluate(() => new Promise((done) => (globalThis.map.loaded() && !globalThis.map.isMoving() ? done() : globalThis.map.once("idle", done))));
  const drawn = () => tab.evaluate(() => {
    const counts = {};
    for (const { sourceLayer } of globalThis.map.queryRenderedFeatures()) counts[sourceLayer] = (counts[sourceLayer] ?? 0) + 1;
    return counts;
  });
  const view = () => tab.evaluate(() => ({ zoom: globalThis.map.getZoom(), middle: globalThis.map.getCenter().toArray() }));
  await tab.screenshot({ path: picture });
  Object.assign(found, await tab.evaluate(() => ({ title: document.title, credit: document.querySelector(".maplibregl-ctrl-attrib").textContent, bounds: globalThis.map.getBounds().toArray().flat() })));

  found.drawn = await drawn();
  await tab.locator("#panel summary").click();
  await tab.locator("#layers input[value=buildings]").uncheck();
  await idle();
  found.switched = await drawn();
  await tab.locator("#layers input[value=buildings]").check();
  await tab.locator("#panel summary").click();

  found.first = await view();
  await tab.locator(".maplibregl-ctrl-zoom-in").click();
  await idle();
  found.zoomed = await view();
  await tab.mouse.move(700, 500);
  await tab.mouse.down();
  await tab.mouse.move(600, 440, { steps: 4 });
  await tab.mouse.up();
  await idle();
  found.moved = await view();

  await tab.locator("#query").fill(name.toUpperCase());
  const first = tab.locator("#found button").first();
  found.name = await first.textContent();
  await first.click();
  await idle();
  found.shown = await view();
  found.named = await tab.evaluate((name) => globalThis.map.queryRenderedFeatures().filter((feature) => feature.properties.name === name).length, name);

  // Where a building lies that nothing covers.
  await tab.locator("#query").fill("");
  const place = await tab.evaluate(() => {
    for (let y = 150; y < 700; y += 10)
      for (let x = 400; x < 900; x += 10) {
        const [top] = globalThis.map.queryRenderedFeatures([x, y]);
        if (top?.sourceLayer === "buildings") return [x, y];
      }
  });
  await tab.mouse.click(...place);
  await tab.waitForSelector(".maplibregl-popup table");
  found.told = await tab.locator(".maplibregl-popup section").evaluateAll((all) => all.map((one) => ({ id: one.querySelector("a").textContent, tags: Object.fromEntries([...one.querySelectorAll("tr")].map((row) => [row.cells[0].textContent, row.cells[1].textContent])) })));

  await tab.emulateMedia({ media: "print" });
  found.printed = { panel: await tab.locator("#panel").isVisible(), pages: ((await tab.pdf({ printBackground: true })).toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length };
  console.log(JSON.stringify(found));
} finally {
  await browser.close();
}
