// Files that people drop: what each becomes, what is said of one that is no map, and that none takes away what was there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { drop, dropAll, exported, json, offered, sample, sides, words } from "./acts.mjs";
import { check, until } from "./check.mjs";
import { MONACO, root, visit } from "./site.mjs";

const dreieich = readFileSync(join(root, "tests/data/extracts/dreieich.pbf"));
const PHOTO = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(500)]);
const point = (...at) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at } });
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
