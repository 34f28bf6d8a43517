// The eight journeys that the page is made for, from the first click to a file that another program opens; nothing is fetched twice.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue, choose, drop, exported, resting, sample, words } from "./acts.mjs";
import { check, until } from "./check.mjs";
import { named, names } from "./named.mjs";
import { put, python, run } from "./outside.mjs";
import { MONACO, root, visit } from "./site.mjs";

const answer = (query) => (query === "status" ? "errors/status-free" : names(query) ? named(query) : /out count/.test(query) ? "monaco-tiny.count" : "monaco.map");
const field = (tab, path) => tab.locator(`[data-field="${path}"]`);
const asked = (seen) => seen.queries.filter(({ query }) => /out body qt/.test(query)).length;
/** The first of these formats that this build has. */
const first = (...ids) => ids.find((id) => catalogue().some((row) => row.id === id && !row.alias_of));

async function fill(tab, path, value) {
  const input = field(tab, path).locator("input");
  await input.fill(String(value));
  await input.press("Enter");
}

async function name(tab, text, row) {
  await tab.fill("#place", text);
  await tab.press("#place", "Enter");
  await until(() => tab.isVisible("#place-list"), true, "list");
  return tab.locator("#place-list li", { hasText: row });
}

check("story: an architect names a place, takes DXF on A3 at 1:500, drags the frame", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url, { answer });
  await (await name(tab, "Monte-Carlo", "suburb")).locator(".there").click();
  await choose(tab, "dxf");
  await field(tab, "page.size").locator("select").selectOption("A3");
  await fill(tab, "page.scale", 500);
  await until(() => tab.textContent(".sheet-tag"), "A3, 1 : 500", "frame");
  const { x, y, width, height } = await resting(tab, ".sheet-tag");
  const west = await tab.inputValue("#side-w");
  await tab.mouse.move(x + width / 2, y + height / 2);
  await tab.mouse.down();
  await tab.mouse.move(x + width / 2 - 30, y + height / 2 + 30, { steps: 4 });
  await tab.mouse.up();
  assert.notEqual(await tab.inputValue("#side-w"), west);
  const file = await exported(tab);
  assert.equal(file.name, "monte-carlo-a3-500.dxf");
  const found = await python("import ezdxf\ndoc = ezdxf.readfile(path)\nprint(json.dumps({'entities': len(doc.modelspace()), 'layers': len(doc.layers), 'errors': len(doc.audit().errors)}))", put(file));
  assert.ok(found.entities > 50 && found.layers > 5 && found.errors === 0, JSON.stringify(found));
  assert.equal(asked(seen), 1);
  await end();
});

check("story: a sign maker takes A1 with bleed, then the same in another format", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url, { hash: MONACO, answer });
  await choose(tab, first("cdr", "svg"));
  await field(tab, "page.size").locator("select").selectOption("A1");
  await tab.click("#paper details summary");
  await fill(tab, "page.bleed", 3);
  const drawing = await exported(tab);
  if (drawing.name.endsWith("svg")) {
    const path = put(drawing);
    await run("rsvg-convert", ["--format", "png", "--width", "400", "--output", `${path}.png`, path]);
    // A1 with 3 mm of bleed on every side.
    assert.match(drawing.bytes.toString(), /width="(600|847)mm" height="(847|600)mm"/);
  }
  await tab.click("#do-another");
  await tab.fill("#chooser-search", first("ai8", "ps"));
  await tab.click(`#option-${first("ai8", "ps")}`);
  await tab.click("#chooser-use");
  const second = await exported(tab);
  const box = await run("gs", ["-q", "-dNOSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=nullpage", put(second)]);
  assert.equal(box.trim(), "");
  assert.equal(await tab.locator("#files-list > li").count(), 2);
  assert.equal(asked(seen), 1);
  await end();
});

check("story: a map lover takes a boundary as PDF on A2 with a title, looks first", async ({ browser, url, picture }) => {
  const { tab, seen, end } = await visit(browser, url, { answer });
  await (await name(tab, "Monte-Carlo", "level 10")).locator(".there").click();
  await tab.click("label[for=format-pdf]");
  await tab.click("label[for=style-minimal]");
  await field(tab, "page.size").locator("select").selectOption("A2");
  await tab.click("#paper details summary");
  await fill(tab, "page.furniture.title", "Monte-Carlo, été");
  await tab.click("label[for=view-sheet]");
  await tab.click("#preview-get");
  await until(() => tab.isVisible("#preview"), true, "preview");
  await picture(tab, "preview-boundary-1280");
  const file = await exported(tab);
  assert.match(file.name, /^monte-carlo-été-a2-\d+\.pdf$/);
  const path = put(file);
  assert.match(await run("pdfinfo", [path]), /Page size:\s+(1190\.5\d* x 1683\.7\d*|1683\.7\d* x 1190\.5\d*)/);
  assert.match(await run("pdftotext", [path, "-"]), /Monte-Carlo, été/);
  assert.equal(asked(seen), 1);
  await end();
});

check("story: a maker takes a model with its options, seen from above before", async ({ browser, url, picture }) => {
  const { tab, seen, end } = await visit(browser, url, { hash: MONACO, answer });
  await choose(tab, "stl");
  await tab.click("#options summary");
  await fill(tab, "options.stl.size_mm", 120);
  const mesh = put(await exported(tab));
  const found = await python("import trimesh\nmesh = trimesh.load(path, force='mesh')\nprint(json.dumps({'faces': len(mesh.faces), 'size': mesh.extents.tolist()}))", mesh);
  assert.ok(found.faces > 200 && Math.abs(Math.max(...found.size) - 120) < 0.01, JSON.stringify(found));
  await tab.click("label[for=view-sheet]");
  const said = await until(() => tab.textContent("#preview-note"), /From above: \d+ × \d+ mm/, "size");
  const [width, height] = said.match(/\d+/g).map(Number);
  assert.ok(Math.abs(width - found.size[0]) < 1 && Math.abs(height - found.size[1]) < 1, `${said} ${found.size}`);
  await until(() => tab.isVisible("#preview"), true, "preview");
  await picture(tab, "model-1280");
  assert.equal(asked(seen), 1);
  await end();
});

check("story: a GIS user pastes four numbers, takes layers in a coordinate system", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url, { answer });
  await tab.fill("#place", "7.4190,43.7300,7.4285,43.7400");
  await tab.press("#place", "Enter");
  await choose(tab, first("gpkg", "geojson"));
  await tab.click("#layers summary");
  await tab.click("#layers-none");
  for (const id of ["buildings", "roads"]) await tab.check(`#layer-${id}`);
  await tab.click("#options summary");
  await fill(tab, "crs", "EPSG:32632");
  const path = put(await exported(tab));
  const found = await python("import pyogrio\nrows = [pyogrio.read_info(path, layer=name) for name, _ in pyogrio.list_layers(path)]\nprint(json.dumps({'features': sum(row['features'] for row in rows), 'crs': rows[0]['crs'], 'bounds': [float(v) for v in rows[0]['total_bounds']]}))", path);
  assert.ok(found.features > 300 && /32632/.test(found.crs) && found.bounds[0] > 100_000, JSON.stringify(found));
  const area = { type: "Polygon", coordinates: [[[7.42, 43.731], [7.427, 43.731], [7.4235, 43.737], [7.42, 43.731]]] };
  await drop(tab, "mine.geojson", Buffer.from(JSON.stringify(area)));
  await tab.click("#do-cut");
  const smaller = await python("import pyogrio\nprint(json.dumps({'features': sum(pyogrio.read_info(path, layer=name)['features'] for name, _ in pyogrio.list_layers(path))}))", put(await exported(tab)));
  assert.ok(smaller.features > 20 && smaller.features < found.features, `${smaller.features} of ${found.features}`);
  assert.equal(asked(seen), 1, "the smaller area is in the first answer");
  await end();
});

check("story: offline, a sample becomes a file after one visit", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { serviceWorkers: "allow" });
  await until(() => tab.isVisible("#offline-words"), true, "kept");
  await tab.context().setOffline(true);
  await tab.goto("about:blank");
  await tab.goto(url);
  await tab.waitForSelector("html[data-ready]", { state: "attached" });
  await sample(tab, "helsinki");
  await choose(tab, "geojson");
  const found = await python("import pyogrio\nprint(json.dumps(pyogrio.read_info(path)['features']))", put(await exported(tab)));
  assert.ok(found > 5000, String(found));
  await end();
});

check("story: a .pbf is dropped, its extent and counts show, a part of it becomes a file", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url);
  await drop(tab, "monaco.osm.pbf", readFileSync(join(root, "assets/sample/monaco.osm.pbf")));
  await until(() => words(tab), /^monaco\.osm\.pbf: [\d,]+ objects/, "counts");
  assert.match(await tab.textContent("#area-sum"), /km²/);
  await tab.click("#area-draw");
  const { x, y, width, height } = await tab.locator("#map").boundingBox();
  await tab.mouse.click(x + width * 0.48, y + height * 0.4);
  await tab.mouse.click(x + width * 0.55, y + height * 0.5);
  await choose(tab, "osm-pbf");
  const path = put(await exported(tab));
  assert.match(await run("osmium", ["fileinfo", "--extended", "--no-progress", path]), /Number of ways: [1-9]/);
  assert.equal(seen.queries.length, 0);
  await end();
});
