// What people do on the page of accounts, in the words of the checks.
import assert from "node:assert/strict";
import { clean, cut } from "./axe.mjs";
import { until } from "./check.mjs";
import { send } from "./house.mjs";

export const PASSWORD = "correct horse battery";
export const ANNA = "anna@example.org";
export const BOX = { min_lon: 24.94, min_lat: 60.168, max_lon: 24.946, max_lat: 60.171 };

export const text = (tab, selector, wanted) => until(() => tab.textContent(selector), wanted, selector);
export const shown = (tab, selector) => until(() => tab.isVisible(selector), true, selector);
export const count = (tab, selector, wanted) => until(() => tab.locator(selector).count(), wanted, selector);

/** What every state is looked at in. */
const VARIANTS = [
  { width: 1280, scheme: "light", language: "en" },
  { width: 360, scheme: "dark", language: "ru" },
];

/** In the page: what reaches out of the window, where the page is wider than that. */
function wide() {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const out = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > innerWidth + 1);
  return out.map(({ id, className, textContent }) => `${id || className}: ${textContent.trim().slice(0, 40)}`);
}

/** Looks at a state in both; leaves it in that of `last`. */
export async function look(tab, picture, state, last = 0) {
  for (const { width, scheme, language } of [VARIANTS[1 - last], VARIANTS[last]]) {
    await tab.setViewportSize({ width, height: width === 360 ? 740 : 800 });
    await tab.emulateMedia({ colorScheme: scheme });
    await tab.evaluate((value) => {
      const select = document.getElementById("language");
      select.value = value;
      select.dispatchEvent(new Event("change"));
    }, language);
    await until(() => tab.getAttribute("html", "lang"), language, "language");
    await picture(tab, `account-${state}-${width}-${scheme}-${language}`);
    await clean(tab, `${state}, ${width} px, ${language}`);
    assert.deepEqual(await tab.evaluate(wide), [], `${state}, ${language}: too wide`);
    assert.deepEqual(await cut(tab), [], `${state}, ${language}: words cut off`);
  }
}

/** Signs up, confirms the address, and is at the door again. */
export async function signUp(server, tab, email = ANNA) {
  await tab.click("[data-go=up]");
  await send(tab, "up", { email, password: PASSWORD });
  await shown(tab, "#door-sent");
  await tab.goto(await server.letter(email, "verify"));
  await text(tab, "#notice", /confirmed|подтверждён/);
}

export async function signIn(tab, email = ANNA, password = PASSWORD) {
  await send(tab, "in", { email, password });
  await shown(tab, "#home");
}

/** Makes a key and gives it. */
export async function key(tab, name) {
  await send(tab, "key", { name });
  await shown(tab, "#secret");
  return tab.textContent("#secret-key");
}

/** A call with a key, as programs make it. */
export async function render(server, key, body) {
  const headers = { "X-API-Key": key, "Content-Type": "application/json" };
  const answer = await fetch(`${server.url}/api/render`, { method: "POST", headers, body: JSON.stringify({ bbox: BOX, ...body }) });
  return { ...(await answer.json()), status: answer.status };
}

/** How far a task is. */
export const status = async (server, key, id) => (await (await fetch(`${server.url}/api/status/${id}`, { headers: { "X-API-Key": key } })).json()).status;
