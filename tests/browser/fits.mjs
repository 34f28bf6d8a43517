// Every journey ends with a look at the page in other windows and in both languages: nothing overflows, and nothing makes the page scroll.
import assert from "node:assert/strict";
import { until } from "./check.mjs";

/** Windows in CSS pixels; the last is one of 1280 × 800 at a zoom of 200 %, where the page may scroll down. */
const WINDOWS = [
  { width: 1280, height: 800, deviceScaleFactor: 1 },
  { width: 768, height: 800, deviceScaleFactor: 1 },
  { width: 360, height: 740, deviceScaleFactor: 1 },
  { width: 640, height: 400, deviceScaleFactor: 2 },
];
/** Windows lower than this scroll down. */
const LOW = 480;

/** For the page, before its own scripts: writes down how far it was ever scrolled. */
export function watchScroll() {
  globalThis.scrolled = [];
  addEventListener("scroll", ({ target }) => target === document && (scrollX || (scrollY && innerHeight >= 480)) && globalThis.scrolled.push(`${scrollX}, ${scrollY} of ${innerWidth} × ${innerHeight}`), { passive: true });
}

/** In the page: what overflows, and how far focus and wheel move it; says so of every place. Focus `walks` over everything. */
function measured({ low, walks }) {
  const faults = [];
  const root = document.documentElement;
  const still = (when) => {
    if (scrollX !== 0 || (scrollY !== 0 && innerHeight >= low)) faults.push(`${when} scrolls the page to ${scrollX}, ${scrollY}`);
    scrollTo(0, 0);
  };
  if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth} px wide`);
  if (root.scrollHeight !== innerHeight && innerHeight >= low) faults.push(`the page is ${root.scrollHeight} px high`);
  for (const id of ["panes", "sheet", "bar", "actions", "chooser-list", "panel"]) {
    const element = document.getElementById(id);
    if (element.checkVisibility() && element.scrollWidth > element.clientWidth + 1) faults.push(`#${id} is ${element.scrollWidth} px wide in ${element.clientWidth}`);
  }
  still("nothing");
  scrollTo(9999, 9999);
  still("the wheel");
  const dialog = document.querySelector("dialog[open]");
  const held = document.activeElement;
  for (const element of walks ? (dialog ?? document).querySelectorAll("a, button, input, select, summary, [tabindex]") : []) {
    if (!element.checkVisibility() || element.disabled || element.closest("#map")) continue;
    element.focus();
    still(`focus on ${element.id || element.className}`);
  }
  if (held instanceof HTMLElement) held.focus({ preventScroll: true });
  const { bottom, right, height } = document.getElementById("export").closest(".go").getBoundingClientRect();
  if (innerHeight >= low && (bottom > innerHeight || right > innerWidth)) faults.push(`the button ends at ${right}, ${bottom}`);
  const form = document.getElementById("panes");
  if (height === 0 || form.clientHeight < 100) faults.push(`the form is ${form.clientHeight} px high`);
  if (innerHeight < low && form.scrollHeight > form.clientHeight + 1) faults.push(`the form is ${form.scrollHeight} px high in ${form.clientHeight}`);
  return faults;
}

/** Looks at a page in every window and language; leaves it in the last of them. */
export async function fits(tab) {
  const device = await tab.context().newCDPSession(tab);
  const found = [];
  for (const window of WINDOWS) {
    await device.send("Emulation.setDeviceMetricsOverride", { ...window, mobile: false });
    await until(() => tab.evaluate(() => innerWidth), window.width, "window");
    for (const language of ["en", "ru"]) {
      await tab.evaluate((value) => {
        const select = document.getElementById("language");
        if (document.documentElement.lang === value) return;
        select.value = value;
        select.dispatchEvent(new Event("change"));
      }, language);
      await until(() => tab.getAttribute("html", "lang"), language, "language");
      // What follows the window, the map and panes among it, follows in the next frame.
      await tab.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      // The longer words: where focus leads is the same in both languages.
      const faults = await tab.evaluate(measured, { low: LOW, walks: language === "ru" });
      found.push(...faults.map((fault) => `${window.width} × ${window.height}, ${language}: ${fault}`));
    }
  }
  found.push(...(await tab.evaluate(() => globalThis.scrolled)).map((where) => `scrolled before: ${where}`));
  await device.detach();
  assert.deepEqual([...new Set(found)], []);
}
