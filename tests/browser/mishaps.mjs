// Mishaps: what people do by mistake, or in the wrong moment, costs them nothing; and what cannot be done is said with the reason.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { catalogue, choose, drop, dropAll, exported, offered, sample, words } from "./acts.mjs";
import { check, until } from "./check.mjs";
import { MONACO, root, visit } from "./site.mjs";

const sides = (tab) => Promise.all(["w", "s", "e", "n"].map((side) => tab.inputValue(`#side-${side}`).then(Number)));
const active = (tab) => tab.evaluate(() => document.activeElement.id);
const km2 = (text) => Number(/([\d,.]+) km²/.exec(text)[1].replaceAll(",", ""));
const dreieich = readFileSync(join(root, "tests/data/extracts/dreieich.pbf"));
const PHOTO = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(500)]);
const point = (...at) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at } });
const json = (features) => Buffer.from(JSON.stringify({ type: "FeatureCollection", features }));
const GPX = (points) => `<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${points.map(([lon, lat]) => `<trkpt lat="${lat}" lon="${lon}"/>`).join("")}</trkseg></trk></gpx>`;
const WALK = GPX([[7.42, 43.73], [7.423, 43.735], [7.427, 43.739]]);
const SQUARE = [[[7.42, 43.73], [7.43, 43.73], [7.43, 43.74], [7.42, 43.74], [7.42, 43.73]]];

check("mishap: a photo that is dropped leaves area, data and preview as they were", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url);
  await sample(tab, "monaco");
  const shown = await until(() => tab.getAttribute("#preview", "src"), /^blob:/, "preview");
  const before = await sides(tab);
  await drop(tab, "photo.png", PHOTO);
  await until(() => words(tab), /^photo\.png cannot be used: this is a PNG picture/, "refused");
  assert.deepEqual(await sides(tab), before);
  assert.match(await tab.textContent("#source-name"), /Monaco/);
  assert.equal(await tab.getAttribute("#preview", "src"), shown);
  assert.match((await exported(tab)).name, /^monaco\.svg$/);
  assert.equal(seen.queries.length, 0);
  await end();
});

check("mishap: undo brings the source back, with its area and its data", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url, { hash: "format=geojson" });
  await sample(tab, "monaco");
  const before = await sides(tab);
  await drop(tab, "dreieich.pbf", dreieich);
  await until(() => tab.textContent("#source-name"), "dreieich.pbf", "opened");
  assert.notDeepEqual(await sides(tab), before);
  await tab.keyboard.press("Control+z");
  await until(() => words(tab), /^Monaco.*objects/, "opened again");
  assert.deepEqual(await sides(tab), before);
  assert.match(await tab.textContent("#source-name"), /Monaco/);
  assert.match((await exported(tab)).name, /^monaco\.geojson$/);
  await tab.click("#source-close");
  assert.equal(await tab.isVisible("#source"), false);
  await tab.click("#undo");
  await until(() => tab.textContent("#source-name"), /Monaco/, "not closed after all");
  await until(() => words(tab), /^Monaco.*objects/, "opened again");
  assert.match((await exported(tab)).name, /^monaco\.geojson$/);
  assert.equal(seen.queries.length, 0);
  await end();
});

check("mishap: a file that is still opening can be stopped, and the old one stays", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false, hash: "format=geojson" });
  await sample(tab, "monaco");
  // Samples come by a fetch, which never ends here.
  await tab.route("**/sample/helsinki*", () => undefined);
  await tab.click("#sample-helsinki");
  await until(() => words(tab), /^Opening Helsinki/, "opening");
  await tab.keyboard.press("Escape");
  await until(() => words(tab), /^Stopped/, "stopped");
  assert.match(await tab.textContent("#source-name"), /Monaco/);
  assert.match((await exported(tab)).name, /^monaco\.geojson$/);
  await end();
});

check("chooser: Enter takes what was typed, for the id, alias and extension of every format", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false });
  await choose(tab, "pdf");
  await tab.click("#format-all");
  await tab.keyboard.type("ps");
  await tab.keyboard.press("Enter");
  await tab.waitForSelector("#format-ps:checked", { state: "attached" });
  await tab.click("#format-all");
  const rows = catalogue();
  const taken = (text) =>
    tab.evaluate((text) => {
      const search = document.getElementById("chooser-search");
      search.value = text;
      search.dispatchEvent(new Event("input"));
      return search.getAttribute("aria-activedescendant")?.replace("option-", "");
    }, text);
  for (const { id, alias_of } of rows) assert.equal(await taken(id), alias_of ?? id, id);
  for (const { extension } of rows.filter((row) => !row.alias_of)) {
    const found = await taken(`.${extension}`);
    assert.equal(rows.find(({ id }) => id === found)?.extension, extension, extension);
  }
  await tab.keyboard.press("Escape");
  await end();
});

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
    await tab.goto(`${url}#format=svg&bbox=5,45,12,50`);
    await tab.reload();
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
    await tab.goto(`${url}#format=svg&bbox=7.4268,43.739,7.4285,43.74&request=${encodeURIComponent(JSON.stringify({ page }))}`);
    await tab.reload();
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

check("keyboard: the focus stays at the button through export, cancel and questions", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false, hash: "format=geojson" });
  await sample(tab, "monaco");
  await tab.focus("#export");
  const seen = tab.evaluate(() => new Promise((resolve) => document.addEventListener("focusin", ({ target }) => resolve(target.id), { once: true })));
  await exported(tab, () => tab.keyboard.press("Enter"));
  assert.equal(await seen, "cancel", "while it runs");
  await until(() => active(tab), "export", "after it");
  await tab.fill("#place", "5,45,12,50");
  await tab.press("#place", "Enter");
  await tab.focus("#export");
  await tab.keyboard.press("Enter");
  await until(() => words(tab), /is very much/, "asked");
  await until(() => active(tab), "export", "at a question");
  await tab.focus("#do-go");
  await exported(tab, () => tab.keyboard.press("Enter"));
  await until(() => active(tab), "export", "after an answer");
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
  await tab.fill("#place", "7.4285,43.739,7.4268,43.74");
  await tab.press("#place", "Enter");
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

/** Files that are no map, and what the page says of them. */
const REFUSED = {
  "torn.gpx": [Buffer.from(WALK.slice(0, -30)), /^torn\.gpx cannot be used: not valid XML/],
  "cut.gpx": [Buffer.from(WALK.slice(0, -6)), "cut.gpx cannot be used: the XML ends before its last element does."],
  "torn.kml": [Buffer.from('<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><Point><coordinates>7,43</coordinates>'), "torn.kml cannot be used: the XML ends before its last element does."],
  "utm.geojson": [json([point(7.42, 43.73), point(370000, 4843000)]), /^utm\.geojson cannot be used: features\[1\]: 370000, 4843000 is no place on earth: coordinates are degrees of WGS 84/],
  "edits.osc": [Buffer.from('<osmChange version="0.6"><modify><node id="1" lat="1" lon="1"/></modify></osmChange>'), /^edits\.osc cannot be used: .*(change|edits)/],
  "places.kmz": [Buffer.concat([Buffer.from("504b0304", "hex"), deflateRawSync("doc.kml"), Buffer.alloc(60)]), /^places\.kmz cannot be used: this is a ZIP archive/],
  "roads.shp": [Buffer.concat([Buffer.from("0000270a", "hex"), Buffer.alloc(96)]), /^roads\.shp cannot be used: this is a Shapefile/],
  "nothing.osm": [Buffer.alloc(0), /^nothing\.osm cannot be used: this is an empty file/],
  "hollow.osm": [Buffer.from('<osm version="0.6"></osm>'), /^hollow\.osm cannot be used: /],
};

check("refused: every file that is none says why, in the engine's words, and takes nothing away", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false, hash: MONACO });
  const before = await sides(tab);
  for (const [name, [bytes, sentence]] of Object.entries(REFUSED)) {
    await drop(tab, name, bytes);
    await until(() => words(tab), sentence, name);
    assert.deepEqual(await offered(tab), ["file", "sample"], name);
    assert.deepEqual(await sides(tab), before, name);
    await tab.click("#status-close");
  }
  assert.equal(await tab.isVisible("#extras"), false);
  await end();
});

check("area: points become one, and a single place what surrounds it", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false, hash: "format=geojson" });
  const take = async (name, bytes) => {
    await drop(tab, name, bytes);
    await until(() => words(tab), new RegExp(`^${name}: lay it over`), "question");
    await tab.click("#do-cut");
  };
  await take("points.geojson", json([point(7.42, 43.73), point(7.43, 43.74)]));
  await until(() => words(tab), "points.geojson has no closed shape; its extent is the area now.", "extent");
  const [w, s, e, n] = await sides(tab);
  assert.ok(w < 7.42 && s < 43.73 && e > 7.43 && n > 43.74 && e - w < 0.02, [w, s, e, n].join());
  await take("place.geojson", json([point(7.42, 43.73)]));
  await until(() => words(tab), /^place\.geojson is hardly more than a place; the kilometre around it is the area now\.$/, "around");
  assert.match(await tab.textContent("#area-sum"), /^1 km², (1 km|1,000 m) by (1 km|1,000 m)$/);
  const open = { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [SQUARE[0].slice(0, -1)] } };
  await take("open.geojson", json([open]));
  await until(() => words(tab), "open.geojson is the area now.", "a ring that was not closed");
  assert.deepEqual(await sides(tab), [7.42, 43.73, 7.43, 43.74]);
  await end();
});

check("drop: of several files each goes where it belongs", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false });
  const square = json([{ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: SQUARE } }]);
  await dropAll(tab, { "dreieich.pbf": dreieich, "walk.gpx": Buffer.from(WALK), "square.geojson": square });
  await until(() => words(tab), "walk.gpx, square.geojson: lay it over the map, or use it as the area?", "question");
  assert.equal(await tab.textContent("#source-name"), "dreieich.pbf");
  await tab.click("#do-overlay");
  await until(() => words(tab), "walk.gpx, square.geojson lie on top of the map.", "both");
  assert.equal(await tab.locator("#extras li").count(), 2);
  await dropAll(tab, { "walk.gpx": Buffer.from(WALK), "cut.gpx": Buffer.from(WALK.slice(0, -6)) });
  await until(() => words(tab), /^cut\.gpx cannot be used: .* walk\.gpx: lay it over/, "the good one is asked about, the other named");
  await dropAll(tab, { "dreieich.pbf": dreieich, "osm-meta_geom.osm": readFileSync(join(root, "tests/data/extracts/osm-meta_geom.osm")) });
  await until(() => words(tab), "Only one file of data can be open; these are not: osm-meta_geom.osm.", "named");
  assert.equal(await tab.textContent("#source-name"), "dreieich.pbf");
  await end();
});

check("zoom: at 200 and 400 % the chooser, the form and the counts can be read", async ({ browser, url, picture }) => {
  for (const [width, height] of [[640, 400], [320, 256]]) {
    const { tab, end } = await visit(browser, url, { viewport: { width, height }, deviceScaleFactor: 2, locale: "ru-RU" });
    // In view, and not below the bar.
    await tab.$eval("#sample-helsinki", (element) => element.scrollIntoView({ block: "center" }));
    await sample(tab, "helsinki");
    await tab.click("#tab-format");
    await tab.click("#format-all");
    await picture(tab, `chooser-${width}`);
    const titles = await tab.$$eval("#chooser-list .option strong", (all) => all.map((element) => element.getBoundingClientRect().width));
    assert.ok(titles.length > 10 && Math.min(...titles) >= 100, `${width}: titles are ${Math.min(...titles)} px wide`);
    await tab.fill("#chooser-search", "geojson");
    const inside = (id) => tab.$eval(id, (element) => ((box) => box.height > 20 && box.top >= 0 && box.bottom <= innerHeight)(element.getBoundingClientRect()));
    for (const id of ["#chooser-search", "#option-geojson", "#chooser-use"]) assert.equal(await inside(id), true, `${width}: ${id} is in view`);
    await tab.keyboard.press("Enter");
    assert.ok((await tab.locator("#panes").boundingBox()).height > 200, "the form");
    await tab.click("label[for=view-sheet]");
    await until(() => tab.isVisible("#preview-counts"), true, "counts");
    await picture(tab, `counts-${width}`);
    await exported(tab);
    await end();
  }
});

check("counts: the table is whole on a phone, in Russian", async ({ browser, url, picture }) => {
  const { tab, end } = await visit(browser, url, { viewport: { width: 360, height: 740 }, locale: "ru-RU", hash: "format=geojson" });
  await sample(tab, "helsinki");
  await tab.click("label[for=view-sheet]");
  await until(() => tab.isVisible("#preview-counts"), true, "counts");
  await picture(tab, "counts-360");
  const edges = await tab.$$eval("#preview-counts :is(caption, th, td)", (all) => all.map((cell) => ((box, sheet) => [box.left - sheet.left, sheet.right - box.right, box.top - sheet.top + document.getElementById("sheet").scrollTop])(cell.getBoundingClientRect(), document.getElementById("sheet").getBoundingClientRect())));
  assert.ok(edges.length > 30 && edges.flat().every((edge) => edge >= 0), JSON.stringify(edges.filter((row) => row.some((edge) => edge < 0))));
  await end();
});
