// Details: the chooser's search and facts, sizes before exporting, a part of the sheet, the clipboard, the stack of files.
import assert from "node:assert/strict";
import { choose, exported, offered, sample, words } from "./acts.mjs";
import { check, until } from "./check.mjs";
import { visit } from "./site.mjs";

const options = (tab) => tab.$$eval("#chooser-list .option", (all) => all.map(({ id }) => id.replace("option-", "")));

check("chooser: found by id, alias, extension and program; facts, proof, size, star", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url);
  await sample(tab, "helsinki");
  await tab.click("#format-all");
  for (const [text, id] of [["geojson", "geojson"], ["jpeg", "jpg"], [".dxf", "dxf"], ["autocad", "dxf"], ["blender", "glb"], ["qgis tiles", "pmtiles"], ["laser", "svg"], ["AutoCAD 2007", "dxf-2007"], ["Корел", "cdr"], ["для станка", "dxf-r12"], ["geojsno", "geojson"]]) {
    await tab.fill("#chooser-search", text);
    await until(() => options(tab), (all) => all.includes(id), text);
  }
  assert.equal(await tab.textContent("#chooser-list .group-title"), "The nearest");
  await tab.fill("#chooser-search", "zzz");
  assert.equal(await tab.textContent("#chooser-count"), "Nothing by that name.");
  await tab.fill("#chooser-search", "pdf");
  const facts = await tab.textContent("#chooser-facts");
  assert.match(facts, /Kept.*Lost.*Opens in.*Verified.*MuPDF \d/);
  assert.match(await tab.textContent("#option-pdf"), /≈ \d+ kB/);
  // Versions are one row, with a choice among them.
  await tab.fill("#chooser-search", "dxf");
  assert.match(await tab.textContent("#option-dxf"), /DXF 2000R12 … 2018/);
  await tab.selectOption("#chooser-version", { label: "R12" });
  assert.equal(await tab.getAttribute("#chooser-search", "aria-activedescendant"), "option-dxf-r12");
  assert.match(await tab.textContent("#chooser-use"), /R12/);
  await tab.fill("#chooser-search", "pdf");
  await tab.click("#chooser-star");
  await tab.fill("#chooser-search", "");
  assert.equal((await options(tab))[0], "pdf");
  assert.equal(await tab.textContent("#chooser-list .group-title"), "Favourites");
  await tab.keyboard.press("Escape");
  await end();
});

check("sizes: what is promised is near to what is written", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url);
  await sample(tab, "helsinki");
  for (const id of ["svg", "geojson", "png"]) {
    await choose(tab, id);
    const said = await until(() => tab.textContent("#size"), /≈/, "size");
    const [, number, unit] = /([\d.,]+) (\wB)/.exec(said);
    const { bytes } = await exported(tab);
    const ratio = (Number(number.replace(",", "")) * (unit === "MB" ? 1e6 : 1e3)) / bytes.length;
    assert.ok(ratio > 0.5 && ratio < 2, `${id}: ${said}, ${bytes.length} bytes`);
  }
  await end();
});

check("preview: a part of the sheet by click, arrows and Esc", async ({ browser, url, picture }) => {
  const { tab, end } = await visit(browser, url, { hash: `format=pdf&request=${encodeURIComponent(JSON.stringify({ page: { size: "A1" } }))}` });
  await sample(tab, "monaco");
  await tab.click("label[for=view-sheet]");
  await until(() => tab.isVisible("#preview"), true, "sheet");
  const source = () => tab.getAttribute("#preview", "src");
  const whole = await source();
  const { x, y, width, height } = await tab.locator("#preview").boundingBox();
  await tab.mouse.click(x + width * 0.6, y + height * 0.5);
  await until(() => tab.isVisible("#part-bar"), true, "part");
  const part = await until(source, (src) => src !== whole, "a closer picture");
  await picture(tab, "part-1280");
  const place = await tab.textContent("#part-words");
  await tab.keyboard.press("ArrowRight");
  await until(() => tab.textContent("#part-words"), (text) => text !== place, "moved");
  await until(source, (src) => src !== part, "its picture");
  await tab.keyboard.press("Escape");
  await until(() => tab.isVisible("#part-bar"), false, "whole");
  await end();
});

/** The card above the button says and does what the list of files does, where one looks. */
async function card(tab) {
  assert.match(await tab.textContent("#done-opens"), /^Opens in Inkscape, /);
  assert.deepEqual(await offered(tab), ["save", "copy", "another", "as"]);
  assert.equal((await exported(tab, () => tab.click("#do-save"))).name, "monaco.svg");
  await tab.click("#do-copy");
  await until(() => words(tab), /^monaco\.svg, .* Copied\.$/, "copied, and the card stays");
}

check("files: a stack; copied as picture and text, taken from the list", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { permissions: ["clipboard-read", "clipboard-write"] });
  await sample(tab, "monaco");
  for (const id of ["png", "svg"]) {
    await choose(tab, id);
    await exported(tab);
    if (id === "svg") await card(tab);
    await tab.locator("#files-list > li").first().locator("button[aria-label^=Copy]").click();
    await until(() => words(tab), "Copied.", "copied");
    const kinds = await tab.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types));
    assert.ok(kinds.some((kind) => (id === "png" ? kind === "image/png" : /svg|text\/plain/.test(kind))), `${id}: ${kinds}`);
  }
  const again = await exported(tab, () => tab.locator("#files-list > li").last().locator("button[aria-label^='Save again']").click());
  assert.equal(again.name, "monaco.png");
  await tab.locator("#files-list > li").first().locator("button[aria-label^=Remove]").click();
  assert.equal(await tab.locator("#files-list > li").count(), 1);
  assert.equal(await tab.evaluate(() => document.activeElement.id), "files-title");
  await end();
});

check("tags: elements by their tags, said in one line, wrong ones named", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url);
  await sample(tab, "monaco");
  await choose(tab, "geojson");
  await tab.click("#layers > summary");
  const field = tab.locator('[data-field="filter"] input');
  await field.fill("amenity=,; name");
  await field.press("Tab");
  await until(() => tab.textContent('[data-field="filter"] .error'), /amenity=cafe,bar/, "what is wrong");
  await field.fill("amenity=restaurant, cafe; name; !cuisine");
  await field.press("Tab");
  const { features } = JSON.parse((await exported(tab)).bytes.toString());
  assert.ok(features.length > 20, String(features.length));
  for (const { properties } of features) {
    assert.ok(["restaurant", "cafe"].includes(properties.tags.amenity) && properties.tags.name && !properties.tags.cuisine, JSON.stringify(properties));
  }
  assert.equal(await field.inputValue(), "amenity=restaurant,cafe; name; !cuisine");
  await end();
});
