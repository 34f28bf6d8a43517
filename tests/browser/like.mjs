// Files that were made here, dropped again: they set the page up as it was.
import assert from "node:assert/strict";
import { choose, drop, exported, offered, words } from "./acts.mjs";
import { check, until } from "./check.mjs";
import { visit } from "./site.mjs";

const sides = (tab) => Promise.all(["w", "s", "e", "n"].map((side) => tab.inputValue(`#side-${side}`).then(Number)));
const format = (tab) => tab.getAttribute("input[name=format]:checked", "value");
const hash = (tab) => tab.evaluate(() => decodeURIComponent(location.hash));
const BOX = [7.4185, 43.7295, 7.4285, 43.7355];
const REQUEST = {
  map_style: "neon",
  language: "latin",
  page: { size: "A6", dpi: 60, furniture: { title: "Rocher", scale_bar: true } },
  options: { svg: { digits: 1 }, geojson: { digits: 5 } },
};
const MADE = `format=svg&bbox=${BOX.join()}&source=sample:monaco&request=${encodeURIComponent(JSON.stringify(REQUEST))}`;
const OTHER = "format=csv&bbox=7.42,43.73,7.43,43.74&source=sample:monaco";

check("like: files of four kinds set the page up as it was, and make the same bytes", async ({ browser, url, picture }) => {
  const old = {};
  const first = await visit(browser, url, { map: false, hash: MADE });
  await until(() => words(first.tab), /^Monaco.*objects/, "opened");
  for (const id of ["svg", "pdf", "png", "geojson"]) {
    if (id !== "svg") await choose(first.tab, id);
    old[id] = (await exported(first.tab)).bytes;
  }
  await first.end();

  const { tab, seen, end } = await visit(browser, url, { map: false, hash: OTHER });
  await until(() => words(tab), /^Monaco.*objects/, "opened");
  for (const [id, bytes] of Object.entries(old)) {
    await drop(tab, `old.${id}`, bytes);
    if (id === "geojson") {
      await until(() => words(tab), "old.geojson: set everything as it was for this file, lay it over the map, or use it as the area?", "question");
      assert.deepEqual(await offered(tab), ["like", "overlay", "cut"]);
      await tab.click("#do-like");
    }
    await until(() => words(tab), `Area, format, style and sheet are set as for old.${id}.`, id);
    assert.deepEqual(await sides(tab), BOX);
    assert.equal(await format(tab), id);
    if (id === "svg") await picture(tab, "like");
    assert.ok((await exported(tab)).bytes.equals(bytes), `${id} made again is another file`);
    // One step takes all of it back.
    await tab.keyboard.press("Control+z");
    assert.deepEqual(await sides(tab), [7.42, 43.73, 7.43, 43.74]);
    await until(() => hash(tab), /format=csv/, "format");
    assert.doesNotMatch(await hash(tab), /neon/);
  }
  assert.equal(seen.queries.length, 0);
  await end();
});

check("like: what a file does not say, or not rightly, is told", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false, hash: OTHER });
  await until(() => words(tab), /^Monaco.*objects/, "opened");
  await drop(tab, "other.svg", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
  await until(() => words(tab), /^other\.svg cannot be used: this is an SVG drawing that does not say how it was made/, "silent");
  const bears = (fields) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><metadata>${JSON.stringify({ mapwright: fields })}</metadata></svg>`);
  await drop(tab, "wrong.svg", bears({ request: { formats: ["svg"], page: { size: "A9" } } }));
  await until(() => words(tab), /^wrong\.svg cannot be used: "A9" is not a paper/, "wrong");
  await drop(tab, "unknown.svg", bears({ request: { formats: ["dwf"] } }));
  await until(() => words(tab), /^unknown\.svg cannot be used: "dwf" is not a format/, "unknown");
  assert.deepEqual(await sides(tab), [7.42, 43.73, 7.43, 43.74]);
  await drop(tab, "left.svg", bears({ request: { formats: ["svg"] }, left_out: ["overlays"] }));
  await until(() => words(tab), "Area, format, style and sheet are set as for left.svg. The file does not hold overlays nor what is too large (overlays); add that again.", "left out");
  assert.equal(await format(tab), "svg");
  assert.deepEqual(await sides(tab), [7.42, 43.73, 7.43, 43.74], "a request without a box leaves that of the page");
  await tab.selectOption("#language", "ru");
  await until(() => words(tab), /^Участок, формат, стиль и лист — как для left\.svg\./, "Russian");
  await end();
});
