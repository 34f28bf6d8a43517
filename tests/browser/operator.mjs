// The operator's view, and lists that come page by page.
import assert from "node:assert/strict";
import { check, until } from "./check.mjs";
import { house, send, tabOf } from "./house.mjs";
import { ANNA, BOX, count, key, look, render, shown, signIn, signUp, status, text } from "./tenant.mjs";

/** Nobody's sheet has so many pixels. */
const TOO_LARGE = { formats: ["png"], config: { page: { size: "A0", dpi: 1200 } } };

check("account: an operator sees people and failures, sets tiers, stops accounts and keys", async ({ browser, picture }) => {
  const server = await house();
  const ben = await tabOf(browser, `${server.url}/account.html`);
  await signUp(server, ben.tab, "ben@example.org");
  await signIn(ben.tab, "ben@example.org");
  assert.equal(await ben.tab.isVisible("#views"), false, "for operators alone");
  const secret = await key(ben.tab, "ben's");
  const task = await render(server, secret, TOO_LARGE);
  assert.equal(task.status, 202);
  // The operator's view is asked for once: what failed has failed by then.
  await until(() => status(server, secret, task.task_id), "failed", "too large");
  const { tab, end } = await tabOf(browser, `${server.url}/account.html`);
  await signUp(server, tab);
  await server.users("set-role", ANNA, "admin");
  await signIn(tab);
  await tab.click("#views a[href='#operator']");
  await text(tab, "#failures", /pixels are too many/);
  await text(tab, "#tiers", "free21");
  await count(tab, "#people .person", 2);
  await send(tab, "people", { search: "ben" });
  await count(tab, "#people .person", 1);
  await tab.click("#people .fold");
  await shown(tab, "#people .whole");
  await look(tab, picture, "operator");
  await tab.selectOption("#people select", "pro");
  await tab.click("#people .line button:not(.danger)");
  await text(tab, "#people-said", "The tier is pro now.");
  await text(tab, "#people .muted", /^pro · 1 export today/);
  await tab.click("#people .whole [id^=op-key]");
  await tab.click("#ask-yes");
  await text(tab, "#people .key .muted", /revoked/);
  assert.equal((await render(server, secret, { formats: ["svg"] })).status, 401);
  await tab.click("#people .line .danger");
  await text(tab, "#ask-title", "Stop ben@example.org?");
  await tab.click("#ask-yes");
  await text(tab, "#people .flags", "stopped");
  await look(tab, picture, "operator-stopped");
  await ben.tab.click("#exports-refresh");
  await text(ben.tab, "#notice", "Your session is over. Sign in again.");
  assert.ok(!(await ben.tab.content()).includes("ben&#39;s") && (await ben.tab.locator("#keys li").count()) === 0, "nothing of it stays");
  await tab.click("#people .line button:not(.danger):last-child");
  await text(tab, "#people-said", "It goes on.");
  await signIn(ben.tab, "ben@example.org");
  await text(tab, "#op-deeds", /Account stopped/);
  await ben.end();
  await end();
  await server.end();
});

check("account: exports and people come page by page; a plan without a limit", async ({ browser }) => {
  const server = await house({ RATES_RENDER: JSON.stringify({ burst: 100, a_second: 50 }) });
  const { tab, end } = await tabOf(browser, `${server.url}/account.html`);
  await signUp(server, tab);
  await server.users("set-tier", ANNA, "enterprise");
  await server.users("set-role", ANNA, "admin");
  await signIn(tab);
  const secret = await key(tab, "many");
  const box = { ...BOX, max_lon: 24.941, max_lat: 60.1685 };
  for (let at = 0; at < 21; at += 1) assert.equal((await render(server, secret, { bbox: box, formats: ["csv"] })).status, 202);
  await tab.click("#exports-refresh");
  await count(tab, ".task", 20);
  await tab.click("#exports-more");
  await count(tab, ".task", 21);
  await count(tab, ".state[data-state=completed]", 21);
  assert.equal(await tab.isVisible("#exports-more"), false);
  await text(tab, "#use-now", "21 exports today, without a limit");
  assert.equal(await tab.isVisible("#use-meter"), false);

  const asked = [];
  const person = (id) => ({ id, email: `p${id}@example.org`, tier: "free", admin: false, exports: 0, created_at: "2026-01-01T00:00:00Z", verified: true, disabled_at: null });
  await tab.route("**/api/admin/accounts?*", async (route) => {
    const { searchParams } = new URL(route.request().url());
    if (!searchParams.has("search")) await new Promise((resolve) => setTimeout(resolve, 300));
    asked.push(Object.fromEntries(searchParams));
    const accounts = searchParams.has("before") ? [person(7)] : Array.from({ length: 50 }, (_, at) => person(99 - at));
    return route.fulfill({ json: { accounts } });
  });
  // The script of the view takes its time, and so does the first list, which the search overtakes: neither may win over what was typed.
  await tab.route(/account-operator/, (route) => setTimeout(() => void route.continue(), 300));
  await tab.click("#views a[href='#operator']");
  await send(tab, "people", { search: "example" });
  await count(tab, ".person", 50);
  await tab.click("#people-more");
  await count(tab, ".person", 51);
  assert.deepEqual(asked.at(-1), { search: "example", before: "50" });
  assert.equal(await tab.isVisible("#people-more"), false);
  await end();
  await server.end();
});


check("account: exports in every state", async ({ browser, picture }) => {
  const server = await house();
  const { tab, end } = await tabOf(browser, `${server.url}/account.html`);
  await signUp(server, tab);
  const task = (status, more) => ({ task_id: status, status, progress: 0, step: "queued", error: null, files: [], created_at: "2026-05-03T10:00:00Z", queue_position: null, formats: ["svg", "dxf-r12"], request: { bbox: BOX, formats: ["svg", "dxf-r12"] }, ...more });
  const running = task("processing", { progress: 45, step: "encode svg" });
  const tasks = [task("queued", { queue_position: 3 }), running, task("failed", { error: "<b>too large</b>" }), task("cancelled"), task("expired", { request: null })];
  await tab.route("**/api/tasks", (route) => route.fulfill({ json: { tasks, next: null } }));
  // They go on only when they were seen.
  let go = () => undefined;
  const seen = new Promise((resolve) => (go = resolve));
  await tab.route("**/api/status/*", async (route) => {
    await seen;
    const id = new URL(route.request().url()).pathname.split("/").at(-1);
    return id === "queued" ? route.fulfill({ status: 410, json: { code: "expired", detail: "gone" } }) : route.fulfill({ json: running });
  });
  await signIn(tab);
  await text(tab, "#task-queued .state", "waiting, place 3");
  await text(tab, "#task-processing .state", "writing, 45 %");
  assert.deepEqual(await tab.locator(".task").evaluateAll((rows) => rows.map((row) => row.querySelectorAll(".tools button").length)), [1, 1, 2, 2, 0], "what can be done with each");
  assert.equal(await tab.textContent("#task-failed .error"), "<b>too large</b>");
  go();
  await text(tab, "#task-queued .state", "files are kept no more");
  assert.equal(await tab.locator("#task-queued .tools").count(), 0);
  await tab.locator("#exports").scrollIntoViewIfNeeded();
  await look(tab, picture, "states");
  Object.assign(running, { status: "completed", progress: 100, step: "done", files: [{ format: "svg", filename: "map.svg", size: 1200, url: "/api/download/x/svg", notes: [] }] });
  await text(tab, "#exports-said", "Finished: svg, dxf-r12.");
  await text(tab, "#task-processing .made", "map.svg1.2 kB");
  await end();
  await server.end();
});
