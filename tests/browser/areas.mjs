// Areas by every other way than a box: names, boundaries, polygons, dropped files, the sheet's tag; and overlays.
import assert from "node:assert/strict";
import { drop, exported, offered, resting, sample, stored, words } from "./acts.mjs";
import { check, until } from "./check.mjs";
import { named, names } from "./named.mjs";
import { MONACO, visit } from "./site.mjs";

const sides = (tab) => Promise.all(["w", "s", "e", "n"].map((side) => tab.inputValue(`#side-${side}`).then(Number)));
const hash = (tab) => tab.evaluate(() => decodeURIComponent(location.hash));
const ready = (tab) => tab.waitForSelector("html[data-ready]", { state: "attached" });
const answer = (query) => (names(query) ? named(query) : "monaco.map");

const TRIANGLE = { type: "FeatureCollection", features: [{ type: "Feature", properties: { name: "Rock" }, geometry: { type: "Polygon", coordinates: [[[7.4185, 43.7295], [7.4285, 43.7295], [7.4235, 43.7335], [7.4185, 43.7295]]] } }] };
const TRACK = `<?xml version="1.0"?><gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Walk</name><trkseg>${[[7.42, 43.73], [7.423, 43.735], [7.427, 43.739]].map(([lon, lat]) => `<trkpt lat="${lat}" lon="${lon}"/>`).join("")}</trkseg></trk></gpx>`;
const KML = `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>7.42,43.73,0 7.43,43.73,0 7.43,43.74,0 7.42,43.74,0 7.42,43.73,0</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>`;

check("area: a name lists places and boundaries, nearest first; a boundary cuts the file", async ({ browser, url, picture }) => {
  const { tab, seen, end } = await visit(browser, url, { hash: "format=geojson", answer });
  await tab.fill("#place", "monte-carlo");
  await tab.press("#place", "Enter");
  await until(() => tab.isVisible("#place-list"), true, "list");
  assert.match(seen.queries[0].query, /rel\["boundary"\]\["name"="Monte-Carlo"\]/);
  assert.match(await tab.textContent("#place-list"), /Monte-Carlo.*boundary · level 10/);
  await picture(tab, "places-1280");
  await tab.locator("#place-list li", { hasText: "level 10" }).locator(".there").click();
  await until(() => tab.textContent("#extras"), "Cut to: Monte-Carlo", "line");
  const [w, s, e, n] = await sides(tab);
  assert.ok(w > 7.41 && e < 7.45 && s > 43.73 && n < 43.76, [w, s, e, n].join());
  await until(() => hash(tab), /area=relation:5986438:Monte-Carlo/, "address");
  assert.equal(seen.queries[1].query, "[out:json][timeout:25];\nrel(5986438);\nout geom;\n", "the outline of it alone");
  await until(() => tab.isVisible("#export"), true, "outline");
  await picture(tab, "outline-1280");
  const { features } = JSON.parse((await exported(tab)).bytes);
  assert.match(seen.queries[2].query, /rel\(5986438\)/, "the relation's rings join the query");
  assert.ok(features.length > 100 && features.length < 2500, `${features.length} features`);
  await stored(tab);
  await tab.reload();
  await ready(tab);
  assert.equal(await tab.textContent("#extras"), "Cut to: Monte-Carlo");
  await exported(tab);
  assert.equal(seen.queries.length, 3, "nothing is asked twice");
  await end();
});

check("area: a name nobody has, quotes in a name, a relation by its number", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url, { map: false, answer });
  const ask = async (text) => {
    await tab.fill("#place", text);
    await tab.press("#place", "Enter");
  };
  await ask('No "such" place\\');
  await until(() => tab.textContent("#place-error"), /exactly this name/, "nothing");
  assert.ok(seen.queries[0].query.includes('"No \\"such\\" place\\\\"'), seen.queries[0].query);
  await ask("12, 13, 14");
  assert.match(await tab.textContent("#place-error"), /no place, no box and no link/);
  await ask("https://maps.app.goo.gl/AbCd");
  assert.match(await tab.textContent("#place-error"), /paste the long address/);
  await ask("7.41,7.43,43.73,43.75");
  assert.match(await tab.textContent("#place-list"), /^Did you mean …\?Latitude 43\.73 to 43\.75, longitude 7\.41 to 7\.431\.6 km × 2\.2 km/);
  await tab.locator("#place-list button").first().click();
  assert.deepEqual(await sides(tab), [7.41, 43.73, 7.43, 43.75]);
  await ask("POLYGON((7.42 43.73, 7.43 43.73, 7.43 43.74, 7.42 43.73))");
  await until(() => tab.textContent("#extras"), "Cut to: The pasted shape", "shape");
  assert.equal(seen.queries.length, 1);
  await ask("relation:1124039");
  await until(() => tab.textContent("#extras"), "Cut to: Monaco", "Monaco");
  await end();
});

check("area: a polygon by taps, its file and its link", async ({ browser, url, picture }) => {
  const { tab, end } = await visit(browser, url, { hash: "format=geojson" });
  await sample(tab, "monaco");
  await tab.click("#area-polygon");
  const { x, y, width, height } = await tab.locator("#map").boundingBox();
  const tap = async (dx, dy) => {
    await tab.mouse.click(x + width * dx, y + height * dy);
    await tab.waitForTimeout(350);
  };
  await tap(0.45, 0.4);
  await tap(0.55, 0.4);
  await tap(0.5, 0.55);
  await picture(tab, "polygon-1280");
  await tab.click("#map-finish");
  await until(() => tab.textContent("#extras"), "Cut to: Polygon", "polygon");
  await until(() => hash(tab), /area=\{"type":"Polygon"/, "address");
  const { features } = JSON.parse((await exported(tab)).bytes);
  assert.ok(features.length > 5 && features.length < 3000, `${features.length}`);
  await tab.keyboard.press("Control+z");
  await until(() => tab.isVisible("#extras"), false, "taken back");
  await end();
});

check("area: a polygon by keys alone", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url);
  await tab.focus("#map canvas");
  await tab.keyboard.press("p");
  for (const key of ["Enter", "ArrowRight", "Enter", "ArrowDown", "Enter"]) {
    await tab.keyboard.press(key);
    await tab.waitForTimeout(400);
  }
  await tab.keyboard.press("p");
  await until(() => tab.textContent("#extras"), "Cut to: Polygon", "polygon");
  assert.match(await tab.textContent("#area-sum"), /km²/);
  await end();
});

check("area: GeoJSON and KML dropped become the area; a track its extent", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false, hash: "format=geojson" });
  await drop(tab, "rock.geojson", Buffer.from(JSON.stringify(TRIANGLE)));
  await until(() => words(tab), "rock.geojson: lay it over the map, or use it as the area?", "question");
  assert.deepEqual(await offered(tab), ["overlay", "cut"]);
  await tab.click("#do-cut");
  await until(() => words(tab), "rock.geojson is the area now.", "taken");
  assert.deepEqual(await sides(tab), [7.4185, 43.7295, 7.4285, 43.7335]);
  await drop(tab, "square.kml", Buffer.from(KML));
  await until(() => offered(tab), (all) => all.includes("cut"), "question");
  await tab.click("#do-cut");
  assert.deepEqual(await sides(tab), [7.42, 43.73, 7.43, 43.74]);
  await drop(tab, "walk.gpx", Buffer.from(TRACK));
  await until(() => words(tab), /^walk\.gpx: lay/, "question");
  await tab.click("#do-cut");
  await until(() => words(tab), /no closed shape/, "extent");
  assert.equal(await tab.isVisible("#extras"), false);
  await end();
});

check("overlay: a track is drawn on top, kept over a reload, and missed where it is not", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url);
  await sample(tab, "monaco");
  await drop(tab, "walk.gpx", Buffer.from(TRACK));
  await tab.click("#do-overlay");
  await until(() => tab.textContent("#extras"), "On top: walk.gpx", "line");
  assert.match((await exported(tab)).bytes.toString(), /overlays/);
  await until(() => hash(tab), /overlays=\w+:walk\.gpx/, "address");
  const address = await tab.evaluate(() => location.hash.slice(1));
  await tab.reload();
  await ready(tab);
  await until(() => tab.textContent("#extras"), "On top: walk.gpx", "kept");
  await end();
  const other = await visit(browser, url, { hash: address });
  await until(() => words(other.tab), /not in this browser: walk\.gpx/, "missing");
  await other.end();
});

check("look: a MapLibre style is dropped, drawn, kept", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { hash: MONACO });
  await sample(tab, "monaco");
  const style = { version: 8, name: "Pink", sources: { map: { type: "vector", url: "mapwright://map" } }, layers: [{ id: "ground", type: "background", paint: { "background-color": "#fedcba" } }, { id: "house", type: "fill", source: "map", "source-layer": "buildings", paint: { "fill-color": "#d33682" } }] };
  await drop(tab, "pink.json", Buffer.from(JSON.stringify(style)));
  await until(() => tab.textContent("#style-own-name"), "Own style: Pink", "own");
  const svg = (await exported(tab)).bytes.toString();
  assert.match(svg, /#d33682/i);
  await until(() => hash(tab), /style=\w+:Pink/, "address");
  await tab.reload();
  await ready(tab);
  await until(() => tab.textContent("#style-own-name"), "Own style: Pink", "kept");
  await tab.click("#style-own-close");
  assert.equal(await tab.isChecked("#style-default"), true);
  await end();
});

check("look: a colour is changed and reset", async ({ browser, url, picture }) => {
  const { tab, end } = await visit(browser, url);
  await sample(tab, "monaco");
  await tab.click("label[for=style-minimal]");
  await tab.click("#colors > summary");
  await until(() => tab.isVisible("#color-water"), true, "colours");
  await tab.fill("#color-water", "#ff00aa");
  await until(() => tab.textContent("#colors-sum"), "1 changed", "changed");
  await tab.locator("#colors").scrollIntoViewIfNeeded();
  await picture(tab, "colours-1280");
  assert.match((await exported(tab)).bytes.toString(), /#ff00aa|#f0a\b/i);
  await tab.click('[data-field="map_style.colors.water"] .reset');
  await until(() => hash(tab), (text) => !text.includes("ff00aa"), "reset");
  assert.equal(await tab.isChecked("#style-minimal"), true);
  await end();
});

check("sheet: its tag is dragged and nudged, the middle is typed", async ({ browser, url, picture }) => {
  const { tab, end } = await visit(browser, url, { hash: `${MONACO}&request=${encodeURIComponent(JSON.stringify({ page: { size: "A3", scale: 500 } }))}` });
  await until(() => tab.textContent(".sheet-tag"), "A3, 1 : 500", "tag");
  const { x, y, width, height } = await resting(tab, ".sheet-tag");
  await picture(tab, "sheet-tag-1280");
  const before = await sides(tab);
  await tab.mouse.move(x + width / 2, y + height / 2);
  await tab.mouse.down();
  await tab.mouse.move(x + width / 2 + 60, y + height / 2 + 40, { steps: 5 });
  await tab.mouse.up();
  const dragged = await sides(tab);
  assert.ok(dragged[0] > before[0] && dragged[1] < before[1], `${before} → ${dragged}`);
  assert.ok(Math.abs(dragged[2] - dragged[0] - (before[2] - before[0])) < 3e-6, "it keeps its size");
  await tab.focus(".sheet-tag");
  await tab.keyboard.press("Shift+ArrowLeft");
  assert.ok((await sides(tab))[0] < dragged[0]);
  await tab.click("#area-numbers summary");
  await tab.fill("#middle-lat", "43.74");
  await tab.press("#middle-lat", "Enter");
  const [, s, , n] = await sides(tab);
  assert.ok(Math.abs((s + n) / 2 - 43.74) < 2e-6);
  // A drag is one step unless the machine is so slow that it looks like several.
  for (let step = 0; step < 20 && (await tab.isVisible("#undo")); step += 1) {
    await tab.click("#undo");
    await tab.waitForTimeout(50);
  }
  assert.deepEqual(await sides(tab), before);
  assert.equal(await tab.isVisible("#undo"), false);
  await end();
});
