// Journeys: from a sample, a box or a file to a saved file, and nothing fetched twice.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue, choose, drop, exported, offered, sample, stored, words } from "./acts.mjs";
import { check, until } from "./check.mjs";
import { MONACO, MOSCOW, page, root, visit } from "./site.mjs";

/** How files of a format begin. */
const BEGINS = { svg: /^<\?xml|^<svg/, pdf: /^%PDF-/, png: /^\x89PNG/, geojson: /^\s*\{/ };

/** Answers of Overpass about a place. */
const place = (data, count = "monaco-tiny.count") => (query) => (query === "status" ? "errors/status-free" : query.includes("out count") ? count : data);

// Every format comes out of WebAssembly in tests/npm/export.mjs; what differs here is what is loaded and how it is shown.
check("journey: sample to a format of every pack and product", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url);
  await sample(tab, "helsinki");
  const kind = ({ pack, product }) => `${pack} ${product}`;
  const all = catalogue().filter((row) => !row.alias_of);
  const rows = all.filter((row, at) => all.findIndex((other) => kind(other) === kind(row)) === at);
  assert.ok(rows.length >= 10);
  for (const row of rows) {
    await choose(tab, row.id);
    const file = await exported(tab);
    assert.equal(file.name.split(".").pop(), row.extension.split(".").pop());
    assert.ok(file.bytes.length > 10_000, `${row.id}: ${file.bytes.length} bytes`);
    if (BEGINS[row.id]) assert.match(file.bytes.subarray(0, 20).toString("latin1"), BEGINS[row.id]);
    await until(() => words(tab), (text) => text.startsWith(file.name), "done");
  }
  assert.equal(await tab.locator("#files-list > li").count(), rows.length);
  assert.equal(seen.queries.length, 0);
  await end();
});

check("journey: box by Overpass, then other formats, styles and a smaller area without asking again", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url, { hash: MONACO, answer: place("monaco-tiny.map") });
  const svg = await exported(tab);
  assert.match(svg.bytes.toString(), /<svg/);
  assert.equal(seen.queries.length, 1, "small areas are not counted first");
  await choose(tab, "geojson");
  const { features } = JSON.parse((await exported(tab)).bytes);
  assert.ok(features.length > 40 && features.some(({ properties }) => properties.name === "Casino de Monte-Carlo" || properties.name), "named features");
  await choose(tab, "pdf");
  await tab.click("label[for=style-blueprint]");
  await exported(tab);
  await tab.click("#area-numbers summary");
  await tab.fill("#side-e", "7.4282");
  await tab.press("#side-e", "Enter");
  await exported(tab);
  assert.equal(seen.queries.length, 1, "one query for all of it");
  await stored(tab);
  await tab.reload();
  await tab.waitForSelector("html[data-ready]", { state: "attached" });
  await exported(tab);
  assert.equal(seen.queries.length, 1, "nor on the next visit");
  await tab.click("#source-newer");
  await until(() => seen.queries.length, 2, "newer data");
  await end();
});

check("journey: a large area is counted first, and only after Export", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url, { hash: "format=svg&bbox=37.53,55.80,37.63,55.83", answer: place("moscow-ostankino.map") });
  await tab.waitForTimeout(600);
  assert.equal(seen.queries.length, 0);
  await exported(tab);
  assert.equal(seen.queries.length, 2);
  assert.match(seen.queries[0].query, /out count/);
  assert.doesNotMatch(seen.queries[1].query, /out count/);
  await end();
});

check("journey: very many objects are asked about, and a smaller area is offered", async ({ browser, url }) => {
  const many = (total) => ({ status: 200, headers: { "access-control-allow-origin": "*", "content-type": "application/json" }, body: JSON.stringify({ version: 0.6, elements: [{ type: "count", id: 0, tags: { nodes: String(total), ways: "0", relations: "0", total: String(total) } }] }) });
  let total = 400_000;
  const { tab, seen, end } = await visit(browser, url, { hash: "format=svg&bbox=37.45,55.75,37.65,55.85", answer: (query) => (query.includes("out count") ? many(total) : "moscow-ostankino.map") });
  await tab.click("#export");
  await until(() => words(tab), /^Large: 400,000 objects/, "large");
  assert.deepEqual(await offered(tab), ["go", "smaller"]);
  const before = await tab.inputValue("#side-w");
  await tab.click("#do-smaller");
  await until(() => tab.inputValue("#side-w"), (west) => west !== before, "smaller");
  total = 3_000_000;
  await tab.click("#export");
  await until(() => words(tab), "3,000,000 objects may not fit in a tab.", "huge");
  assert.deepEqual(await offered(tab), ["smaller", "cli", "go"]);
  await tab.click("#status-close");
  await until(() => words(tab), /^Stopped/, "closed");
  await tab.click("#export");
  await until(() => words(tab), "3,000,000 objects may not fit in a tab.", "asked again");
  await exported(tab, () => tab.click("#do-go"));
  assert.equal(seen.queries.length, 4);
  await end();
});

check("journey: box drawn on the map with the mouse", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url, { answer: place("monaco-tiny.map") });
  await tab.fill("#place", "43.7395, 7.4276");
  await tab.press("#place", "Enter");
  await tab.waitForTimeout(300);
  await tab.click("#area-draw");
  const { x, y, width, height } = await tab.locator("#map").boundingBox();
  const [cx, cy] = [x + width / 2, y + height / 2];
  await tab.mouse.move(cx - 120, cy - 90);
  await tab.mouse.down();
  await tab.mouse.move(cx + 60, cy + 60, { steps: 4 });
  await tab.mouse.move(cx + 120, cy + 90);
  await tab.mouse.up();
  const sides = await Promise.all(["w", "s", "e", "n"].map((side) => tab.inputValue(`#side-${side}`).then(Number)));
  assert.ok(sides[0] < 7.4276 && sides[2] > 7.4276 && sides[1] < 43.7395 && sides[3] > 43.7395, sides.join());
  await exported(tab);
  const [s, w, n, e] = seen.queries[0].query.match(/(-?[\d.]+),(-?[\d.]+),(-?[\d.]+),(-?[\d.]+)/).slice(1).map(Number);
  assert.ok(w <= sides[0] && e >= sides[2] && s <= sides[1] && n >= sides[3], "the query covers the box");
  await end();
});

check("journey: two taps make a box, Ctrl+Z takes it back", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url);
  await tab.click("#area-draw");
  const { x, y, width, height } = await tab.locator("#map").boundingBox();
  await tab.mouse.click(x + width * 0.4, y + height * 0.4);
  await tab.mouse.click(x + width * 0.6, y + height * 0.6);
  await until(() => tab.textContent("#area-sum"), /km²/, "box");
  await tab.keyboard.press("Control+z");
  await until(() => tab.textContent("#area-sum"), "none yet", "undone");
  await end();
});

check("journey: this view, with coordinates of a map link", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url);
  await tab.fill("#place", "https://www.openstreetmap.org/#map=17/43.7395/7.4276");
  await tab.press("#place", "Enter");
  await tab.waitForTimeout(300);
  await tab.click("#area-view");
  const west = Number(await tab.inputValue("#side-w"));
  assert.ok(west > 7.41 && west < 7.4276, String(west));
  await tab.fill("#place", "Rome");
  await tab.press("#place", "Enter");
  await until(() => tab.textContent("#place-error"), /exactly this name/, "nobody has it");
  await end();
});

check("journey: four numbers pasted at once; west east of east is asked about", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url);
  await tab.click("#area-numbers summary");
  await tab.focus("#side-w");
  await tab.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text", "7.4285 43.739 7.4268 43.74");
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await until(() => words(tab), "West is east of East.", "question");
  assert.deepEqual(await offered(tab), ["swap", "cross"]);
  await tab.click("#do-swap");
  assert.equal(await tab.inputValue("#side-w"), "7.4268");
  await until(() => tab.isVisible("#now"), false, "answered");
  await tab.fill("#side-n", "95");
  await tab.press("#side-n", "Enter");
  assert.match(await tab.textContent("#sides-error"), /latitudes/);
  await end();
});

check("journey: a dropped file becomes the source, with extent and counts", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url);
  for (const [name, counts] of [
    ["osm-meta_geom.osm", /^3 objects, 53 points/],
    ["dreieich.pbf", /^4,689 objects, 24,828 points/],
  ]) {
    await drop(tab, name, readFileSync(join(root, "tests/data/extracts", name)));
    await until(() => tab.textContent("#source-counts"), counts, name);
    assert.equal(await tab.textContent("#source-name"), name);
    assert.match(await tab.textContent("#area-sum"), /km²/);
  }
  await choose(tab, "geojson");
  assert.ok(JSON.parse((await exported(tab)).bytes).features.length > 3000);
  await drop(tab, "letter.txt", Buffer.from("Dear map,"));
  await until(() => words(tab), "letter.txt cannot be used: this is a file of another kind, not Overpass JSON, OSM XML or PBF.", "foreign");
  assert.equal(seen.queries.length, 0);
  await end();
});

check("journey: a file opened while another is drawn takes its place", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url);
  await sample(tab, "monaco");
  await tab.click("#export");
  await drop(tab, "dreieich.pbf", readFileSync(join(root, "tests/data/extracts/dreieich.pbf")));
  await until(() => words(tab), "dreieich.pbf: 4,689 objects.", "opened");
  assert.match((await exported(tab)).name, /^dreieich\.svg$/);
  await end();
});

check("journey: the address keeps area and settings", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { hash: MOSCOW });
  await tab.click("label[for=style-blueprint]");
  await tab.click("label[for=format-pdf]");
  await until(() => tab.evaluate(() => location.hash), /format=pdf.*bbox=37\.59,55\.81,37\.62,55\.82.*blueprint/, "address");
  await tab.reload();
  await tab.waitForSelector("html[data-ready]", { state: "attached" });
  assert.equal(await tab.isChecked("#style-blueprint"), true);
  assert.equal(await tab.inputValue("#side-n"), "55.82");
  await end();
});

check("journey: paper, scale and furniture reach the file", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url);
  await sample(tab, "helsinki");
  const field = (path) => tab.locator(`[data-field="${path}"]`);
  await field("page.size").locator("select").selectOption("A4");
  await until(() => tab.textContent("#paper-sum"), /210 × 297 mm, 1 : 10,000/, "sheet");
  await field("page.scale").locator("input").fill("20000");
  await field("page.scale").locator("input").press("Enter");
  await until(() => tab.textContent("#paper-sum"), /1 : 20,000/, "scale");
  await field("page.scale").locator("input").fill("3");
  await field("page.scale").locator("input").press("Enter");
  assert.match(await field("page.scale").locator(".error").textContent(), /from 10/);
  await field("page.scale").locator(".reset").click();
  await tab.click("#paper details summary");
  await field("page.furniture.title").locator("input").fill("Kluuvi & Töölö");
  await field("page.furniture.title").locator("input").press("Enter");
  const { name, bytes } = await exported(tab);
  assert.match(name, /kluuvi/);
  assert.match(bytes.toString(), /width="210mm" height="297mm"/);
  await field("page.bleed").locator("input").fill("3");
  await field("page.bleed").locator("input").press("Enter");
  await field("page.crop_marks").locator("input").check();
  await field("page.furniture.scale_bar").locator("input[value=both] + label").click();
  const marked = (await exported(tab)).bytes.toString();
  // 3 mm of bleed and 7 mm for the marks on every side.
  assert.match(marked, /width="230mm" height="317mm"/);
  for (const part of ["crop-marks", "scale-bar", "scale-bar-imperial"]) assert.match(marked, new RegExp(`id="furniture.${part}"`));
  await end();
});

check("journey: what is set can be copied as a program", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { hash: MONACO, permissions: ["clipboard-read", "clipboard-write"] });
  await tab.click("#as summary");
  await tab.click("#as-json");
  await until(() => tab.isVisible("#as-text"), true, "shown");
  assert.deepEqual(JSON.parse(await tab.textContent("#as-text")), { format: "svg", bbox: [7.4268, 43.739, 7.4285, 43.74] });
  await tab.click("#as-cli");
  const command = "mapwright export -f svg --bbox 7.4268,43.739,7.4285,43.74 --overpass https://overpass-api.de/api/interpreter";
  await until(() => tab.textContent("#as-text"), command, "shown");
  await until(() => tab.evaluate(() => navigator.clipboard.readText()), command, "copied");
  await end();
});

check("journey: only the origin, the tile host and Overpass are contacted", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url, { hash: MONACO, answer: place("monaco-tiny.map") });
  await exported(tab);
  const allowed = [new URL(url).host, new URL(page.tiles.url.replace(/[{}]/g, "")).host, ...page.overpass.map((server) => new URL(server).host)];
  assert.deepEqual([...seen.hosts].filter((host) => !allowed.includes(host)), []);
  assert.deepEqual(seen.console.filter((line) => !/GPU stall|WebGL|Service Worker registration blocked/.test(line)), []);
  const policy = await tab.getAttribute("meta[http-equiv]", "content");
  assert.match(policy, /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
  await end();
});
