// Mishaps: what people do by mistake, or in the wrong moment, costs them nothing; and what cannot be done is said with the reason.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { choose, drop, exported, json, offered, sample, sides, words } from "./acts.mjs";
import { check, until } from "./check.mjs";
import { MONACO, root, visit } from "./site.mjs";

const km2 = (text) => Number(/([\d,.]+) km²/.exec(text)[1].replaceAll(",", ""));
const dreieich = readFileSync(join(root, "tests/data/extracts/dreieich.pbf"));

check("mishap: Draw during a flight stops the map, and the box is what was tapped", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { reducedMotion: "no-preference" });
  await tab.fill("#place", "-33.8568, 151.2153");
  // In one turn, so that the machine's pace does not matter: the flight has begun and is far from its end.
  await tab.evaluate(async () => {
    document.getElementById("place-form").requestSubmit();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    document.getElementById("area-draw").click();
  });
  const { x, y, width, height } = await tab.locator("#map").boundingBox();
  const corner = () => tab.textContent("#area-sum");
  await tab.mouse.click(x + width * 0.4, y + height * 0.4);
  await tab.mouse.move(x + width * 0.6, y + height * 0.6);
  const first = await until(corner, /km²/, "stretched");
  // Far longer than the flight would still last.
  await tab.waitForTimeout(1500);
  assert.equal(await corner(), first, "the ground rests");
  await tab.mouse.click(x + width * 0.6, y + height * 0.6);
  assert.equal(await corner(), first);
  await end();
});

check("mishap: a flight across the world lasts no longer than a second of the page's clock", async ({ browser, url }) => {
  const init = () => {
    const now = performance.now.bind(performance);
    globalThis.skipped = 0;
    performance.now = () => now() + globalThis.skipped;
  };
  const { tab, end } = await visit(browser, url, { reducedMotion: "no-preference", init });
  await tab.fill("#place", "-33.8568, 151.2153");
  await tab.evaluate(async () => {
    const frames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    document.getElementById("place-form").requestSubmit();
    await frames();
    globalThis.skipped = 1000;
    await frames();
    document.getElementById("area-view").click();
  });
  const [w, s, e, n] = await sides(tab);
  assert.ok(w < 151.2153 && e > 151.2153 && s < -33.8568 && n > -33.8568 && e - w < 0.2, [w, s, e, n].join());
  await end();
});

/** Ways to an area that no tab should take on without a word. */
const VAST = {
  "a link": async (tab, url) => {
    await tab.goto("about:blank");
    await tab.goto(`${url}#format=svg&bbox=5,45,12,50`);
    await tab.waitForSelector("html[data-ready]", { state: "attached" });
  },
  "four numbers": async (tab) => {
    await tab.fill("#place", "5,45,12,50");
    await tab.press("#place", "Enter");
  },
  "the view": async (tab) => {
    await tab.fill("#place", "geo:47,8?z=6");
    await tab.press("#place", "Enter");
    await tab.click("#area-view");
  },
  "two taps": async (tab) => {
    await tab.fill("#place", "geo:47,8?z=6");
    await tab.press("#place", "Enter");
    await tab.click("#area-draw");
    const { x, y, width, height } = await tab.locator("#map").boundingBox();
    await tab.mouse.click(x + width * 0.3, y + height * 0.3);
    await tab.mouse.click(x + width * 0.7, y + height * 0.7);
  },
  "a file": async (tab) => {
    await drop(tab, "alps.geojson", json([{ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [[[5, 45], [12, 45], [12, 50], [5, 45]]] } }]));
    await until(() => offered(tab), (all) => all.includes("cut"), "question");
    await tab.click("#do-cut");
    await until(() => words(tab), /is the area now/, "taken");
  },
  "a sheet's scale": async (tab, url) => {
    const page = { size: "A0", scale: 100_000 };
    // From elsewhere: the page that is there writes its own settings into its address.
    await tab.goto("about:blank");
    await tab.goto(`${url}#format=svg&bbox=7.4268,43.739,7.4285,43.74&request=${encodeURIComponent(JSON.stringify({ page }))}`);
    await tab.waitForSelector("html[data-ready]", { state: "attached" });
  },
};

check("mishap: a vast area is asked about before anything is fetched, whatever way it came", async ({ browser, url }) => {
  for (const [way, come] of Object.entries(VAST)) {
    const { tab, seen, end } = await visit(browser, url);
    await come(tab, url);
    await tab.click("#export");
    const said = await until(() => words(tab), /km² is very much: above 5,000 km² the data may not fit in a tab\.$/, way);
    assert.ok(km2(said) > 5000, said);
    assert.deepEqual(await offered(tab), ["smaller", "cli", "go"], way);
    assert.equal(seen.queries.length, 0, way);
    // Who asks again is asked again; a smaller area is one that goes.
    await tab.click("#export");
    await until(() => words(tab), /is very much/, `${way}, again`);
    if (way !== "a sheet's scale") {
      await tab.click("#do-smaller");
      await until(() => tab.textContent("#area-sum"), (text) => km2(text) < 5000, way);
    }
    if (way === "a link") await end();
    else await tab.context().close();
  }
});

check("mishap: a vast area of a sample is asked about, too, and only once", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false });
  await sample(tab, "monaco");
  await tab.fill("#place", "5,45,12,50");
  await tab.press("#place", "Enter");
  await choose(tab, "geojson");
  await tab.click("#export");
  await until(() => words(tab), /is very much/, "asked");
  await exported(tab, () => tab.click("#do-go"));
  await exported(tab);
  await end();
});

check("mishap: the note of the base map is closed for good, and lies over no handle and no hint", async ({ browser, url, picture }) => {
  const { tab, end } = await visit(browser, url, { tiles: false, hash: MONACO });
  await until(() => tab.textContent("#map-note"), /out of reach/, "note");
  await tab.fill("#place", "7.4268,43.739,7.4285,43.74");
  await tab.press("#place", "Enter");
  await tab.click("#area-draw");
  const box = (selector) => tab.locator(selector).boundingBox();
  const apart = (a, b) => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
  await picture(tab, "notes-1280");
  const note = await box("#map-note");
  for (const other of ["#map-hint", ".handle.nw", ".handle.ne", ".handle.se", ".handle.sw"]) assert.ok(apart(note, await box(other)), other);
  await tab.click("#map-note-close");
  assert.equal(await tab.isVisible("#map-note"), false);
  await tab.keyboard.press("Escape");
  // Other tiles fail, too; it has been said.
  await tab.fill("#place", "55.75, 37.62");
  await tab.press("#place", "Enter");
  await tab.waitForTimeout(500);
  assert.equal(await tab.isVisible("#map-note"), false);
  await end();
});

check("mishap: a question goes once it was answered another way", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { hash: "format=svg" });
  const gone = (what) => until(() => tab.isVisible("#now"), false, what);
  await tab.click("#export");
  await until(() => words(tab), /^Draw a box/, "asked");
  await tab.click("#area-view");
  await gone("by this view");
  await tab.click("#area-clear");
  await tab.click("#export");
  await tab.fill("#place", "7.4268,43.739,7.4285,43.74");
  await tab.press("#place", "Enter");
  await gone("by numbers");
  await tab.click("#area-numbers summary");
  await tab.fill("#side-w", "7.4285");
  await tab.fill("#side-e", "7.4268");
  await tab.press("#side-e", "Enter");
  await until(() => words(tab), "West is east of East.", "asked");
  await tab.focus(".handle.nw");
  await tab.keyboard.press("ArrowLeft");
  await gone("by a handle");
  await tab.fill("#place", "5,45,12,50");
  await tab.press("#place", "Enter");
  await tab.click("#export");
  await until(() => words(tab), /is very much/, "asked");
  await tab.fill("#place", "7.4268,43.739,7.4285,43.74");
  await tab.press("#place", "Enter");
  await gone("by a smaller area");
  await tab.waitForTimeout(100);
  assert.equal(await words(tab), "", "and nothing else is said");
  await end();
});

check("mishap: after a reload the page says which file to drop again, and asks nobody else", async ({ browser, url, picture }) => {
  const { tab, seen, end } = await visit(browser, url, { hash: "format=geojson", answer: () => "monaco-tiny.map" });
  await drop(tab, "dreieich.pbf", dreieich);
  await until(() => words(tab), /objects/, "opened");
  await tab.fill("#place", "8.69,50.01,8.70,50.02");
  await tab.press("#place", "Enter");
  const area = await sides(tab);
  await until(() => tab.evaluate(() => location.hash), /source=file%3Adreieich\.pbf.*|bbox=8\.69.*source=file/, "address");
  await until(() => tab.evaluate(() => location.hash), /bbox=8\.69,/, "address");
  await tab.reload();
  await tab.waitForSelector("html[data-ready]", { state: "attached" });
  const SAID = "dreieich.pbf was open here, and a page cannot open a file again by itself. Drop it again, or use Overpass.";
  assert.equal(await words(tab), SAID);
  assert.deepEqual(await offered(tab), ["file", "overpass"]);
  await picture(tab, "lost-1280");
  await tab.click("#status-close");
  await tab.click("#export");
  assert.equal(await words(tab), SAID);
  assert.equal(seen.queries.length, 0);
  await drop(tab, "dreieich.pbf", dreieich);
  await until(() => words(tab), /^dreieich\.pbf: 4,689 objects/, "again");
  assert.deepEqual(await sides(tab), area, "the area was kept");
  await exported(tab);
  assert.equal(seen.queries.length, 0);
  await end();
});

check("mishap: a sample is there again after a reload; for a lost file Overpass does, if it is wanted", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url, { hash: "format=geojson", answer: () => "monaco-tiny.map" });
  await sample(tab, "monaco");
  await until(() => tab.evaluate(() => location.hash), /source=sample/, "address");
  await tab.reload();
  await tab.waitForSelector("html[data-ready]", { state: "attached" });
  assert.match(await tab.textContent("#source-counts"), /objects/);
  await exported(tab);
  assert.equal(seen.queries.length, 0);
  const other = await visit(browser, url, { hash: `${MONACO.replace("svg", "geojson")}&source=file%3Amine.pbf`, answer: () => "monaco-tiny.map" });
  await other.tab.click("#do-overpass");
  await exported(other.tab);
  assert.equal(other.seen.queries.length, 1);
  await other.end();
  await end();
});
