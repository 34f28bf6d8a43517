// Reading and choosing: by keyboard, enlarged and on a phone the chooser, the form and the counts are all there.
import assert from "node:assert/strict";
import { catalogue, choose, exported, sample, words } from "./acts.mjs";
import { check, until } from "./check.mjs";
import { visit } from "./site.mjs";

const active = (tab) => tab.evaluate(() => document.activeElement.id);

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

check("chooser: chips are what formats are for, with how many there are; each format under the first of its purposes", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false });
  await tab.click("#format-all");
  const rows = catalogue().filter((row) => !row.alias_of);
  const options = () => tab.$$eval("#chooser-list .option", (all) => all.map(({ id }) => id.replace("option-", "")));
  const chips = await tab.$$eval("#chooser-chips .chip", (all) => all.map((chip) => chip.textContent));
  assert.equal(chips[0], `All (${rows.length})`);
  assert.equal(chips.length, 1 + new Set(rows.flatMap(({ topics }) => topics)).size, "none is empty, none is missing");
  const row = ({ family, topics }) => `${family} ${topics[0]}`;
  const rowsOf = (ids) => ids.map((id) => row(rows.find((each) => each.id === id))).toSorted();
  const once = (all) => [...new Set(all.map(row))].toSorted();
  assert.deepEqual(rowsOf(await options()), once(rows), "every format, versions of it in one row");
  for (const [words, topic] of [["CAD", "cad"], ["Office", "office"], ["3D printing", "printing3d"]]) {
    const wanted = rows.filter(({ topics }) => topics.includes(topic));
    await tab.click(`#chooser-chips .chip:text-is("${words} (${wanted.length})")`);
    const found = await options();
    assert.deepEqual(rowsOf(found), once(wanted), topic);
    const title = await tab.$$eval("#chooser-list .group-title", (all) => all.at(0)?.textContent);
    assert.equal(title, words, "what it is first of all for comes first");
    assert.equal(await tab.getAttribute(`#chooser-chips .chip:text-is("${words} (${wanted.length})")`, "aria-pressed"), "true");
  }
  await tab.keyboard.press("Escape");
  await end();
});

check("keyboard: the focus stays at the button through export, cancel and questions", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false, hash: "format=geojson" });
  await sample(tab, "monaco");
  await tab.focus("#export");
  await tab.evaluate(() => {
    globalThis.focused = [];
    document.addEventListener("focusin", ({ target }) => globalThis.focused.push(target.id));
  });
  await exported(tab, () => tab.keyboard.press("Enter"));
  assert.equal((await tab.evaluate(() => globalThis.focused))[0], "cancel", "while it runs");
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
