// Everybody: keyboard only, Russian, axe-core, narrow screens, dark; pictures of all of it for the eye.
import assert from "node:assert/strict";
import { exported, sample, words } from "./acts.mjs";
import { clean, cut } from "./axe.mjs";
import { check, until } from "./check.mjs";
import { named, names } from "./named.mjs";
import { MONACO, visit } from "./site.mjs";

/** What every state is looked at in. */
const VARIANTS = ["light", "dark"].flatMap((scheme) => ["en", "ru"].map((language) => ({ scheme, language })));

for (const width of [1280, 768, 360]) {
  check(`axe: ${width} px, light and dark, English and Russian, every main state`, async ({ browser, url, picture }) => {
    const context = { viewport: { width, height: width === 360 ? 740 : 800 }, hasTouch: width === 360 };
    const { tab, end } = await visit(browser, url, { ...context, hash: MONACO, answer: (query) => (names(query) ? named(query) : "errors/timeout-no-elements") });
    const speak = (language) =>
      tab.evaluate((value) => {
        const select = document.getElementById("language");
        select.value = value;
        select.dispatchEvent(new Event("change"));
      }, language);
    /** Pictures and checks of a state; `show` brings it about again where another language would not. */
    const look = async (state, show = () => undefined, leave = () => undefined) => {
      for (const { scheme, language } of VARIANTS) {
        await tab.emulateMedia({ colorScheme: scheme });
        await speak(language);
        await until(() => tab.getAttribute("html", "lang"), language, "language");
        await show();
        await tab.waitForTimeout(120);
        await picture(tab, `${state}-${width}-${scheme}-${language}`);
        await clean(tab, `${state}, ${scheme}, ${language}`);
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${state}, ${language}: ${wide} px too wide`);
        assert.deepEqual(await cut(tab), [], `${state}, ${language}: words cut off`);
        await leave();
      }
      await speak("en");
    };
    const pane = async (id) => width === 360 && tab.click(`#tab-${id}`);
    await look("start");
    await tab.click("#export");
    await until(() => words(tab), /ran out of time/, "fault");
    await look("fault");
    await look("places", async () => {
      await tab.fill("#place", "Monaco");
      await tab.press("#place", "Enter");
      await until(() => tab.isVisible("#place-list"), true, "list");
    }, () => tab.keyboard.press("Escape"));
    await sample(tab, "helsinki");
    await until(() => tab.getAttribute("#preview", "src"), /^blob:/, "preview");
    await tab.waitForTimeout(300);
    await look("opened");
    await pane("format");
    await look("format");
    await look("chooser", () => tab.click("#format-all"), () => tab.keyboard.press("Escape"));
    await pane("look");
    for (const fold of await tab.$$("details:not([open]) > summary")) if (await fold.isVisible()) await fold.click();
    await look("folds");
    await tab.locator("#paper").scrollIntoViewIfNeeded();
    await look("paper");
    await exported(tab);
    await pane("files");
    await look("done");
    await tab.click("label[for=view-sheet]");
    await until(() => tab.isVisible("#preview"), true, "sheet");
    await look("sheet");
    await end();
  });
}

check("keyboard: from the first Tab to the saved file", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url, { answer: () => "monaco-tiny.map" });
  const at = () => tab.evaluate(() => document.activeElement.id || document.activeElement.className);
  await tab.keyboard.press("Tab");
  assert.equal(await at(), "skip");
  await tab.keyboard.press("Tab");
  assert.equal(await at(), "place");
  await tab.keyboard.type("geo:43.7395,7.4276?z=18");
  await tab.keyboard.press("Enter");
  for (let step = 0; step < 12 && !(await at()).includes("maplibregl-canvas"); step += 1) await tab.keyboard.press("Tab");
  assert.match(await at(), /maplibregl-canvas/);
  await tab.keyboard.press("b");
  assert.equal(await tab.isVisible("#cross"), true);
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("ArrowRight");
  await tab.keyboard.press("ArrowDown");
  await tab.waitForTimeout(400);
  await tab.keyboard.press("Enter");
  await until(() => tab.textContent("#area-sum"), /km²/, "box");
  assert.match(await tab.textContent("#map-live"), /^Area: .*km²/);
  await tab.keyboard.press("Tab");
  for (let step = 0; step < 6 && !(await at()).includes("handle"); step += 1) await tab.keyboard.press("Tab");
  const west = await tab.inputValue("#side-w");
  await tab.keyboard.press("Shift+ArrowLeft");
  assert.notEqual(await tab.inputValue("#side-w"), west);
  const file = await exported(tab, () => tab.keyboard.press("Control+Enter"));
  assert.match(file.name, /\.svg$/);
  assert.equal(seen.queries.length, 1);
  await end();
});

check("keyboard: the chooser is a combobox", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url);
  await tab.focus("#format-all");
  await tab.keyboard.press("Enter");
  await tab.keyboard.type("qgis");
  assert.match(await tab.getAttribute("#chooser-search", "aria-activedescendant"), /^option-/);
  await tab.fill("#chooser-search", "");
  const first = await tab.getAttribute("#chooser-search", "aria-activedescendant");
  await tab.keyboard.press("ArrowDown");
  const second = await tab.getAttribute("#chooser-search", "aria-activedescendant");
  assert.notEqual(second, first);
  await tab.keyboard.press("Enter");
  assert.equal(await tab.isChecked(`#format-${second.replace("option-", "")}`), true);
  assert.equal(await tab.evaluate(() => document.activeElement.id), "format-all");
  await end();
});

check("touch: tabs, a box by two taps, a file, on 360 px", async ({ browser, url, picture }) => {
  const { tab, end } = await visit(browser, url, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, answer: () => "monaco-tiny.map" });
  await tab.fill("#place", "geo:43.7395,7.4276?z=18");
  await tab.press("#place", "Enter");
  await tab.waitForTimeout(300);
  await tab.tap("#area-draw");
  const { x, y, width, height } = await tab.locator("#map").boundingBox();
  await tab.touchscreen.tap(x + width * 0.3, y + height * 0.35);
  await tab.touchscreen.tap(x + width * 0.7, y + height * 0.7);
  await until(() => tab.textContent("#area-sum"), /km²/, "box");
  await tab.tap("#tab-format");
  await tab.tap("label[for=format-pdf]");
  assert.match((await exported(tab, () => tab.tap("#export"))).name, /\.pdf$/);
  const small = await tab.$$eval("button, select, summary, .segments label, .tiles label, input[type=text]", (all) =>
    all
      .filter((element) => element.checkVisibility() && !element.closest("#map"))
      .map((element) => [element.id || element.textContent.trim().slice(0, 20), element.getBoundingClientRect()])
      .filter(([, { width, height }]) => Math.min(width, height) < 24)
      .map(([name, { width, height }]) => `${name} ${width}×${height}`),
  );
  assert.deepEqual(small, []);
  await picture(tab, "touch-360");
  await end();
});

check("Russian: everything is said in it, numbers too", async ({ browser, url, picture }) => {
  const { tab, end } = await visit(browser, url, { locale: "ru-RU" });
  assert.equal(await tab.getAttribute("html", "lang"), "ru");
  const english = await tab.$$eval("[data-t]", (all) => all.map(({ textContent }) => textContent).filter((text) => !/[а-яё]/i.test(text) && !/^(JSON|JavaScript|mapwright|curl)?$/.test(text)));
  assert.deepEqual(english, []);
  await tab.fill("#place", "55,82; 37,61");
  await tab.press("#place", "Enter");
  assert.equal(await tab.isVisible("#place-error"), false);
  await sample(tab, "helsinki");
  assert.match(await tab.textContent("#source-counts"), /^5\s?750 объектов, точек: 24\s260/);
  await exported(tab);
  await until(() => words(tab), /helsinki\.svg, .*(кБ|МБ)/, "done");
  await picture(tab, "russian-1280");
  await tab.setViewportSize({ width: 360, height: 740 });
  await picture(tab, "russian-360");
  await clean(tab, "Russian");
  await tab.selectOption("#language", "en");
  await until(() => tab.textContent("#area-title"), "Area", "English again");
  await end();
});
