// The page of accounts against a real server: from the sign-up to a file, keys, another password, the end.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { copyBy } from "./acts.mjs";
import { check, until } from "./check.mjs";
import { house, send, tabOf } from "./house.mjs";
import { interpreter, run, scratch } from "./outside.mjs";
import { root, visit } from "./site.mjs";
import { ANNA, PASSWORD, count, key, look, render, shown, signIn, signUp, text } from "./tenant.mjs";

const CLIENT = join(root, "clients/python/src");

/** How each code is run; Python where its client lies in the checkout. */
const PROGRAMS = [
  ["node", "node", (code) => ["--input-type=module", "-e", code]],
  ["curl", "sh", (code) => ["-c", code]],
  ...(existsSync(CLIENT) ? [["python", interpreter(), (code) => ["-c", code]]] : []),
];

/** The one file that a program makes. */
async function made(program, args) {
  const folder = scratch();
  await run(program, args, { cwd: folder, env: { ...process.env, PYTHONPATH: CLIENT } });
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.equal(files.length, 1, `one file: ${files.map(({ name }) => name)}`);
  return readFileSync(join(files[0].parentPath ?? files[0].path, files[0].name), "utf8");
}

check("account: from the sign-up to the first file, and the same again", async ({ browser, picture }) => {
  const server = await house({ ACCOUNTS_PLANS: "https://maps.example.org/plans", ACCOUNTS_GITHUB: JSON.stringify({ id: "x", secret: "y" }) });
  const { tab, end } = await tabOf(browser, `${server.url}/account.html`);
  assert.equal(await tab.locator("#door-in .providers a").getAttribute("href"), `${server.url}/api/auth/oauth/github`);
  await look(tab, picture, "door");
  await send(tab, "in", { email: "anna", password: "" });
  assert.equal(await tab.textContent("#in-email-error"), "Write an address such as anna@example.org.");
  await tab.click("[data-go=up]");
  await send(tab, "up", { email: ANNA, password: "short" });
  await text(tab, "#up-password-error", "Too short: at least 10 characters.");
  await look(tab, picture, "sign-up");
  await send(tab, "up", { password: PASSWORD });
  await text(tab, "#sent-words", /letter to anna@example\.org within a day/);
  await look(tab, picture, "sent");
  await tab.click("#door-sent [data-go=in]");
  await send(tab, "in", { password: PASSWORD });
  await text(tab, "#sent-words", /is not confirmed yet/);
  const link = await server.letter(ANNA, "verify");
  await tab.goto(link);
  await text(tab, "#notice", `The address ${ANNA} is confirmed. Sign in now.`);
  assert.equal(tab.url(), `${server.url}/account.html`, "the secret left the address");
  await send(tab, "in", { password: "not the one it is" });
  await text(tab, "#in-form [role=alert]", "Address or password are not right.");
  await look(tab, picture, "wrong");
  await signIn(tab);
  await look(tab, picture, "home-new");

  const secret = await key(tab, "print shop");
  assert.match(secret, /^ocd_[a-z0-9]{30}$/);
  await look(tab, picture, "secret");
  assert.equal(await copyBy(tab, () => tab.click("#secret-copy-key")), secret);
  await text(tab, "#api-said", "Copied.");
  for (const [language, program, args] of PROGRAMS) {
    await tab.click(`label[for=code-${language}]`);
    const code = await copyBy(tab, () => tab.click("#code-copy"));
    await text(tab, "#code-said", "Copied.");
    assert.ok(code.includes(secret) && code.includes(server.url), code);
    assert.match(await made(program, args(code)), /^<\?xml[\s\S]*<\/svg>/, language);
  }
  await tab.click("#secret-done");
  assert.ok(!(await tab.content()).includes(secret), "shown once");

  await tab.click("#exports-refresh");
  const n = PROGRAMS.length;
  await count(tab, ".state[data-state=completed]", n);
  await text(tab, "#use-now", `${n} of 10 exports today`);
  const [download] = await Promise.all([tab.waitForEvent("download"), tab.locator(".made a").first().click()]);
  assert.equal(download.suggestedFilename(), "map.svg");
  assert.match(readFileSync(await download.path(), "utf8"), /^<\?xml/);
  await tab.locator(".task .tools button").first().click();
  await count(tab, ".state[data-state=completed]", n + 1);
  await text(tab, "#use-now", `${n + 1} of 10 exports today`);
  const label = await tab.getAttribute("#use-chart svg", "aria-label");
  assert.ok(label.startsWith(`Exports of the last 30 days: ${n + 1} in all, at most ${n + 1} on `), label);
  const curl = await copyBy(tab, () => tab.locator("[id$=-code]").first().click());
  assert.match(await made("sh", ["-c", curl.replace("ocd_…", secret)]), /^<\?xml/, "curl");
  assert.equal(await tab.getAttribute("#plan-facts a", "href"), "https://maps.example.org/plans");
  for (const fold of await tab.$$("#tasks summary, #use summary, #self-log summary")) await fold.click();
  await text(tab, "#self-deeds", /Key made ocd_/);
  await look(tab, picture, "home");
  const [data] = await Promise.all([tab.waitForEvent("download"), tab.click("#self-data")]);
  assert.equal(JSON.parse(readFileSync(await data.path(), "utf8")).account.email, ANNA);
  assert.ok(!JSON.stringify(await tab.evaluate(() => ({ ...localStorage, ...sessionStorage }))).includes("ocd_"), "no key is kept");
  await tab.click("#sign-out");
  await text(tab, "#notice", "You are signed out.");
  await end();
  await server.end();
});

check("account: keys are named, renewed and revoked; another password; the end; Russian, dark, 360 px", async ({ browser, picture }) => {
  const server = await house();
  const { tab, end } = await tabOf(browser, `${server.url}/account.html`, { width: 360, locale: "ru-RU", colorScheme: "dark", hasTouch: true });
  assert.equal(await tab.textContent("#in-title"), "Вход");
  await signUp(server, tab);
  await signIn(tab);
  const first = await key(tab, "<img src=x onerror=alert(1)>");
  await tab.click("#secret-done");
  assert.equal(await tab.textContent("#keys strong"), "<img src=x onerror=alert(1)>");
  await tab.click("[id$=-rename]");
  await look(tab, picture, "rename", 1);
  await tab.fill("#rename", "плоттер");
  await tab.press("#rename", "Enter");
  await text(tab, "#api-said", "Переименовано.");
  assert.equal(await tab.textContent("#keys strong"), "плоттер");
  await tab.click("[id$=-rotate]");
  await text(tab, "#ask-title", "Заменить ключ «плоттер»?");
  await tab.click("#ask-no");
  assert.equal((await render(server, first, { formats: ["svg"] })).status, 202, "asked first");
  await tab.click("[id$=-rotate]");
  await tab.click("#ask-yes");
  await shown(tab, "#secret");
  const second = await tab.textContent("#secret-key");
  assert.deepEqual([(await render(server, first, { formats: ["svg"] })).status, (await render(server, second, { formats: ["svg"] })).status], [401, 202]);
  await tab.click("[id$=-revoke]");
  await look(tab, picture, "revoke", 1);
  await tab.keyboard.press("Escape");
  await tab.click("[id$=-revoke]");
  await tab.click("#ask-yes");
  await text(tab, "#api-said", "Ключ отозван.");
  assert.equal((await render(server, second, { formats: ["svg"] })).status, 401);
  assert.equal(await tab.isVisible("#keys-none"), true);
  await tab.click("#exports-refresh");
  await count(tab, ".state[data-state=completed]", 2);
  await tab.locator("[id$=-repeat]").first().click();
  await text(tab, ".task .said", "Ключ этого экспорта отозван; повторить его нельзя.");

  await tab.click("#self-password");
  await text(tab, "#self-said", `Письмо со ссылкой отправлено на ${ANNA}.`);
  const link = await server.letter(ANNA, "reset");
  // The tab is open already: the link only changes what stands behind `#`.
  await tab.goto(link);
  await shown(tab, "#door-set");
  assert.equal(tab.url(), `${server.url}/account.html`);
  await send(tab, "set", { password: "aaaaaaaaaaaaaa" });
  await text(tab, "#set-password-error", "Легко угадать; лучше несколько слов подряд.");
  await look(tab, picture, "set", 1);
  await send(tab, "set", { password: "another horse battery" });
  await text(tab, "#notice", "Пароль задан, все сеансы завершены. Войдите с новым паролем.");
  await send(tab, "in", { email: ANNA, password: PASSWORD });
  await text(tab, "#in-form [role=alert]", "Адрес или пароль неверны.");
  await signIn(tab, ANNA, "another horse battery");
  await tab.click("#self-delete");
  await tab.fill("#ask-value", PASSWORD);
  await tab.click("#ask-yes");
  await text(tab, "#ask-value-error", "Это не пароль аккаунта.");
  await look(tab, picture, "delete", 1);
  await tab.fill("#ask-value", "another horse battery");
  await tab.click("#ask-yes");
  await text(tab, "#notice", "Аккаунт удалён вместе с ключами, экспортами и журналом.");
  await send(tab, "in", { email: ANNA, password: "another horse battery" });
  await text(tab, "#in-form [role=alert]", "Адрес или пароль неверны.");
  await end();
  await server.end();
});

check("account: by the keyboard alone; who tries too often is told until when", async ({ browser }) => {
  const server = await house({ ACCOUNTS_TRIES_AN_HOUR: "2" });
  const { tab, end } = await tabOf(browser, `${server.url}/account.html`);
  await signUp(server, tab);
  await tab.reload();
  await tab.waitForSelector("html[data-ready]", { state: "attached" });
  const at = () => tab.evaluate(() => document.activeElement.id || document.activeElement.className);
  const to = async (id) => {
    for (let step = 0; step < 40 && (await at()) !== id; step += 1) await tab.keyboard.press("Tab");
    assert.equal(await at(), id);
  };
  await tab.keyboard.press("Tab");
  assert.equal(await at(), "skip");
  await to("in-email");
  await tab.keyboard.type(ANNA);
  await to("in-password");
  await tab.keyboard.type(PASSWORD);
  await tab.keyboard.press("Enter");
  await until(at, "home-title", "focus at home");
  await to("key-name");
  await tab.keyboard.type("by hand");
  await tab.keyboard.press("Enter");
  await until(at, "secret-title", "focus at the key");
  await to("secret-done");
  await tab.keyboard.press("Enter");
  await until(at, "api-title", "focus back");
  const revoke = await tab.getAttribute("[id$=-revoke]", "id");
  await to(revoke);
  await tab.keyboard.press("Enter");
  await until(at, "ask-no", "the question");
  await tab.keyboard.press("Escape");
  await until(at, revoke, "back where it was");
  await tab.click("#sign-out");
  await text(tab, "#notice", "You are signed out.");
  for (const _ of [1, 2, 3]) {
    await send(tab, "in", { email: "nobody@example.org", password: "some long words" });
    await text(tab, "#in-form [role=alert]", /./);
    await until(() => tab.getAttribute("#in-form", "aria-busy"), null, "answered");
  }
  await text(tab, "#in-form [role=alert]", /^Too many tries\. Try again in (2\d|30) min, at \d/);
  await end();
  await server.end();
});

check("account: who has no password here types the address to end the account", async ({ browser, picture }) => {
  const server = await house();
  const { tab, end } = await tabOf(browser, `${server.url}/account.html`);
  await signUp(server, tab);
  const proofs = [];
  await tab.route("**/api/account", async (route) => {
    if (route.request().method() === "DELETE") {
      proofs.push(route.request().postDataJSON());
      return route.fulfill({ status: 204 });
    }
    const response = await route.fetch();
    return route.fulfill({ response, json: { ...(await response.json()), password: false, providers: ["github"] } });
  });
  await signIn(tab);
  await text(tab, "#self-facts", /Signs in withGitHub/);
  await tab.click("#self-delete");
  await text(tab, "#ask-label", `Type the address ${ANNA}`);
  await look(tab, picture, "delete-address");
  await tab.fill("#ask-value", ANNA);
  await tab.click("#ask-yes");
  await text(tab, "#notice", /^Your account is deleted/);
  assert.deepEqual(proofs, [{ email: ANNA }]);
  await end();
  await server.end();
});

check("account: links that failed, places without accounts, and the way from the map", async ({ browser, url, picture }) => {
  const server = await house({ ACCOUNTS_SIGN_UP: "false" });
  const { tab, end } = await tabOf(browser, `${server.url}/account.html#failed=stale`);
  await text(tab, "#notice", /^The sign-in took too long/);
  assert.deepEqual([tab.url(), await tab.isVisible("#in-other")], [`${server.url}/account.html`, false]);
  for (const [hash, words] of [["failed=provider", /provider did not answer/], ["failed=no_sign_up", /not made here/], ["failed=disabled", /stopped by the operator/], ["verify=00", "This link was used, or is too old."]]) {
    await tab.goto(`${server.url}/account.html#${hash}`);
    await text(tab, "#notice", words);
  }
  await look(tab, picture, "failed");
  await end();

  const closed = await tabOf(browser, `${url}account.html`);
  await text(closed.tab, "#closed-words", "This place has no accounts. The map works without one.");
  await look(closed.tab, picture, "closed");
  await closed.end();
  const asked = [];
  const map = await visit(browser, url, { map: false });
  map.tab.on("request", (request) => asked.push(request.url()));
  await map.tab.reload();
  await map.tab.waitForSelector("html[data-ready]", { state: "attached" });
  assert.equal(await map.tab.isVisible("#account"), false);
  assert.deepEqual(asked.filter((address) => address.includes("/api/")), [], "other hosts are not asked");
  await map.end();
  const own = await visit(browser, `${server.url}/`, { map: false });
  await shown(own.tab, "#account");
  await own.tab.click("#account");
  await own.tab.waitForURL(`${server.url}/account.html`);
  await own.tab.context().close();
  await server.end();
});

check("account: the service worker keeps nothing of it", () => {
  const worker = readFileSync(join(root, "dist/page/sw.js"), "utf8");
  assert.ok(worker.includes("index.html") && !worker.includes("account"));
});
