// Promises: weight, a slow phone, offline, a new version, and what the service worker leaves alone.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { choose, exported, sample, words } from "./acts.mjs";
import { check, until } from "./check.mjs";
import { MONACO, root, serve, visit } from "./site.mjs";

const dist = join(root, "dist/page");
const brotli = (name) => brotliCompressSync(readFileSync(join(dist, name)), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;
/** What the service worker was built with. */
const first = () => Function(`return ${/const BUILD ?= ?(\{.*?\})[;,]/s.exec(readFileSync(join(dist, "sw.js"), "utf8"))[1]}`)();

check("promise: the first scripts are at most 80 kB in brotli, with style and form at most 110 kB", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url);
  const scripts = await tab.$$eval("script[src]", (all) => all.map(({ src }) => new URL(src).pathname));
  const styles = await tab.$$eval("link[rel=stylesheet]", (all) => all.map(({ href }) => new URL(href).pathname).filter((path) => !path.includes("maplibre")));
  const sum = (names) => names.reduce((total, name) => total + brotli(name), 0);
  const [code, all] = [sum(scripts), sum([...scripts, ...styles, "/index.html"])];
  console.log(`# first scripts ${(code / 1000).toFixed(1)} kB, with style and form ${(all / 1000).toFixed(1)} kB`);
  assert.ok(scripts.length > 0 && code <= 80_000, `${code} bytes`);
  assert.ok(all <= 110_000, `${all} bytes`);
  await end();
});

check("promise: a slow phone can use the form at once; no pack is loaded before it is needed", async ({ browser, url }) => {
  const place = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, serviceWorkers: "block", locale: "en-GB" });
  const tab = await place.newPage();
  const packs = [];
  tab.on("request", (request) => /\.wasm$|_bg/.test(request.url()) && packs.push(request.url()));
  const device = await place.newCDPSession(tab);
  await device.send("Network.enable");
  await device.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 });
  await device.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await tab.addInitScript(() => {
    globalThis.long = [];
    new PerformanceObserver((list) => globalThis.long.push(...list.getEntries().map(({ startTime, duration }) => [Math.round(startTime), Math.round(duration)]))).observe({ type: "longtask", buffered: true });
  });
  await tab.goto(url, { waitUntil: "commit" });
  await tab.waitForSelector("html[data-usable]", { state: "attached" });
  const usable = await tab.evaluate(() => Math.round(performance.getEntriesByName("usable")[0].startTime));
  assert.deepEqual(packs, [], "no pack before the form");
  await tab.fill("#place", "7.41,43.72,7.42,43.73");
  await tab.press("#place", "Enter");
  await until(() => tab.textContent("#area-sum"), /km²/, "the form answers");
  const long = await tab.evaluate(() => globalThis.long);
  console.log(`# slow phone: usable after ${usable} ms; tasks over 50 ms (start, length; 4 × slower processor): ${JSON.stringify(long)}`);
  if (process.env.MAPWRIGHT_MEASURE) assert.ok(usable < 1500, `${usable} ms`);
  await place.close();
}, { alone: true });

check("promise: offline after one visit; packs once used, all of them when asked", async ({ browser, url, picture }) => {
  const { tab, end } = await visit(browser, url, { serviceWorkers: "allow", tiles: false });
  await until(() => tab.isVisible("#offline-words"), true, "service worker");
  assert.equal(await tab.textContent("#offline-words"), "Works offline from now on.");
  assert.match(await tab.textContent("#offline-all"), /^Keep all offline \([\d.]+ MB\)$/);
  await tab.click("#offline-all");
  await until(() => tab.textContent("#offline-words"), "All formats work offline.", "all");
  await tab.context().setOffline(true);
  await tab.reload();
  await tab.waitForSelector("html[data-ready]", { state: "attached" });
  await until(() => tab.textContent("#map-note"), /out of reach/, "map note");
  await picture(tab, "offline-1280");
  await sample(tab, "monaco");
  for (const id of ["pdf", "dxf", "glb"]) {
    await choose(tab, id);
    assert.ok((await exported(tab)).bytes.length > 10_000, id);
  }
  await end();
});

check("promise: the service worker keeps files of the build only, and leaves Overpass and /api alone", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url, { serviceWorkers: "allow", hash: MONACO, answer: () => "monaco-tiny.map" });
  await until(() => tab.isVisible("#offline-words"), true, "service worker");
  await tab.reload();
  await tab.waitForSelector("html[data-ready]", { state: "attached" });
  await exported(tab);
  assert.equal(seen.queries.length, 1);
  await tab.evaluate(() => fetch("api/formats").catch(() => undefined));
  const kept = await tab.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat());
  assert.ok(kept.length > 15 && kept.every((each) => each.startsWith(url)), kept.join(" "));
  assert.equal(kept.some((each) => /\/api\b/.test(each)), false);
  assert.equal(kept.some((each) => /cad_bg/.test(each)), false, "a pack that was not used");
  assert.equal(kept.some((each) => /drawing_bg/.test(each)), true, "a pack that was used");
  const { id, first: names } = first();
  assert.ok(/^[0-9a-f]{12}$/.test(id) && names.includes("index.html"));
  await end();
});

check("promise: a new version is told, and taken at the reload", async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), "mapwright-version-"));
  cpSync(dist, folder, { recursive: true });
  const site = await serve(folder);
  const { tab, end } = await visit(browser, site.url, { serviceWorkers: "allow" });
  await until(() => tab.isVisible("#offline-words"), true, "service worker");
  const { id } = first();
  writeFileSync(join(folder, "sw.js"), readFileSync(join(folder, "sw.js"), "utf8").replaceAll(id, "0123456789ab"));
  writeFileSync(join(folder, "index.html"), readFileSync(join(folder, "index.html"), "utf8").replace("<title>mapwright", '<meta name="version" content="two"><title>mapwright'));
  await tab.reload();
  await tab.waitForSelector("html[data-ready]", { state: "attached" });
  assert.equal(await tab.locator("meta[name=version]").count(), 0, "the old version still works");
  await until(() => words(tab), "There is a new version.", "told");
  await tab.click("#do-reload");
  await until(() => tab.locator("meta[name=version]").count().catch(() => 0), 1, "the new one");
  await end();
  site.end();
});
