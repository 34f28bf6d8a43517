// Failures: every recorded answer of Overpass that is no data has its sentence and its actions; Cancel stops at once.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { drop, escapeAt, exported, heard, offered, sample, words } from "./acts.mjs";
import { PROMPT, check, until } from "./check.mjs";
import { MONACO, root, visit } from "./site.mjs";

const HOST = "overpass-api.de";
const html = { status: 200, headers: { "access-control-allow-origin": "*", "content-type": "text/html" }, body: "<html><body><p><strong style=\"color:#FF0000\">Error</strong>: runtime error: duplicate_query &lt;x&gt; </p></body></html>" };

/** What Overpass says, the sentence, the actions. */
const ROWS = [
  ["errors/syntax-error", /^overpass-api\.de refused the query: .*parse error/, ["details", "server"]],
  ["errors/bad-bbox", /refused the query: .*floats between -90\.0 and 90\.0/, ["details", "server"]],
  ["errors/south-above-north", /refused the query: .*greater or equal/, ["details", "server"]],
  ["errors/empty-query", /refused the query: .*only whitespace/, ["details", "server"]],
  ["errors/unknown-format", /refused the query: /, ["details", "server"]],
  ["errors/dispatcher-down", `The database of ${HOST} is off.`, ["server", "again"]],
  ["errors/timeout-no-elements", `${HOST} ran out of time. Incomplete data is not used.`, ["smaller", "longer"]],
  ["errors/timeout-partial", `${HOST} ran out of time. Incomplete data is not used.`, ["smaller", "longer"]],
  ["errors/out-of-memory", /^overpass-api\.de needs .*for this area\.$/, ["memory", "smaller"]],
  ["errors/killed", /^The answer broke off after [\d.]+ kB\.$/, ["again"]],
  ["errors/empty-result", "No objects here.", ["around", "move"]],
  [html, /sent a message, not data: .*duplicate_query <x>/, ["again", "server"]],
  ["abort", `${HOST} gave no readable answer: busy, refusing or unreachable.`, ["again", "server", "file"]],
];

for (const [answer, sentence, actions] of ROWS) {
  check(`failure: ${typeof answer === "string" ? answer : "a page where data should be"}`, async ({ browser, url }) => {
    const { tab, end } = await visit(browser, url, { map: false, hash: MONACO, answer: () => answer });
    await tab.click("#export");
    await until(() => words(tab), sentence, "sentence");
    assert.deepEqual(await offered(tab), actions);
    assert.equal(await tab.textContent("#alert"), await words(tab));
    assert.equal(await tab.isEnabled("#export"), true);
    await end();
  });
}

for (const [answer, waits, gives] of [
  ["errors/rate-limit", /lets you ask again in (\d+) s/, `${HOST} gives you no more answers for now.`],
  ["errors/overload", /is overloaded\. Next try in (\d+) s/, `${HOST} is overloaded.`],
]) {
  check(`failure: ${answer} waits, tries again, then says so`, async ({ browser, url }) => {
    const said = (query) => (query === "status" ? "errors/status-busy" : answer);
    const { tab, seen, end } = await visit(browser, url, { map: false, hash: MONACO, answer: said });
    await tab.clock.install();
    await tab.click("#export");
    const text = await heard(tab, waits);
    assert.ok(Number(waits.exec(text)[1]) >= 25, text);
    assert.ok((await offered(tab)).includes("server"));
    // The page's clock runs faster than the world's while the page waits, and not while it is being answered.
    const goOn = async (said) => waits.test(said) && (await tab.clock.runFor(1000));
    await until(async () => {
      const said = await words(tab);
      await goOn(said);
      return said;
    }, gives, "the end of patience");
    assert.equal(seen.queries.length, answer === "errors/rate-limit" ? 3 : 2);
    await end();
  });
}

check("failure: a page that was saved as data says whose words it holds", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false });
  await drop(tab, "answer.osm", readFileSync(join(root, "tests/data/overpass/errors/overload.html")));
  await until(() => words(tab), /^answer\.osm holds what a server said, not data: .*too busy/, "sentence");
  assert.deepEqual(await offered(tab), ["file", "sample"]);
  await end();
});

check("failure: another server is asked, and the area is kept", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url, { map: false, hash: MONACO, answer: (_query, { host }) => (host === HOST ? "errors/dispatcher-down" : "monaco-tiny.map") });
  await tab.click("#export");
  await until(() => words(tab), /is off/, "off");
  await exported(tab, () => tab.click("#do-server"));
  assert.deepEqual(seen.queries.map(({ host }) => host), [HOST, "overpass.private.coffee"]);
  await end();
});

check("failure: a longer time and more memory are asked for when allowed", async ({ browser, url }) => {
  let answer = "errors/timeout-no-elements";
  const { tab, seen, end } = await visit(browser, url, { map: false, hash: MONACO, answer: () => answer });
  await tab.click("#export");
  await until(() => words(tab), /ran out of time/, "time");
  answer = "errors/out-of-memory";
  await tab.click("#do-longer");
  await until(() => words(tab), /for this area/, "memory");
  assert.match(seen.queries[1].query, /\[timeout:180\]/);
  answer = "monaco-tiny.map";
  await exported(tab, () => tab.click("#do-memory"));
  assert.ok(Number(/\[maxsize:(\d+)\]/.exec(seen.queries[2].query)[1]) > 2 ** 28);
  await end();
});

check("failure: offline is named, and a sample still works", async ({ browser, url }) => {
  const init = () => Object.defineProperty(navigator, "onLine", { get: () => false });
  const { tab, end } = await visit(browser, url, { hash: MONACO, answer: () => "abort", tiles: false, init });
  await until(() => tab.textContent("#map-note"), /out of reach/, "map note");
  await tab.click("#export");
  await until(() => words(tab), "You are offline.", "offline");
  assert.deepEqual(await offered(tab), ["sample", "file"]);
  await tab.click("#do-sample");
  await until(() => words(tab), /^Helsinki/, "sample");
  await end();
});

check("failure: no area is asked for", async ({ browser, url }) => {
  const { tab, seen, end } = await visit(browser, url);
  await tab.click("#export");
  assert.match(await words(tab), /^Draw a box/);
  assert.deepEqual(await offered(tab), ["draw", "view", "sample"]);
  assert.equal(seen.queries.length, 0);
  await end();
});

check("failure: without WebGL numbers suffice", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false, answer: () => "monaco-tiny.map" });
  assert.match(await tab.textContent("#map-note"), /no WebGL/);
  await tab.click("#area-draw");
  for (const [side, value] of Object.entries({ w: "7.4268", s: "43.739", e: "7.4285", n: "43.74" })) await tab.fill(`#side-${side}`, value);
  await tab.press("#side-n", "Enter");
  await exported(tab);
  await end();
});

check("failure: a tab that died says so on the next visit", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { map: false, hash: MONACO, init: () => localStorage.setItem("running", "pdf") });
  assert.match(await words(tab), /ran out of memory while writing PDF\. Your area is kept\./);
  assert.deepEqual(await offered(tab), ["less", "smaller", "cli"]);
  assert.equal(await tab.inputValue("#side-n"), "43.74");
  await end();
});

check("cancel: while Overpass is asked", async ({ browser, url }) => {
  let silent = true;
  const { tab, seen, end } = await visit(browser, url, { map: false, hash: MONACO, answer: () => (silent ? new Promise(() => undefined) : "monaco-tiny.map") });
  await tab.click("#export");
  await until(() => words(tab), /^Asking overpass-api\.de, \d+ s\.$/, "asking");
  await tab.click("#cancel");
  await until(() => words(tab), "Stopped. Area and data are kept.", "stopped", PROMPT);
  silent = false;
  await exported(tab);
  assert.equal(seen.queries.length, 2);
  await end();
});

check("cancel: while the file is drawn, and the data are kept", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url);
  await sample(tab, "monaco");
  await tab.click("label[for=view-map]");
  await tab.click("label[for=format-png]");
  await tab.locator('[data-field="page.dpi"] input').fill("400");
  await tab.press('[data-field="page.dpi"] input', "Enter");
  const pressed = escapeAt(tab, /^(Drawing|Labels|Assembling|Reading|Writing PNG)/);
  await tab.click("#export");
  await pressed;
  await until(() => words(tab), "Stopped. Area and data are kept.", "stopped", PROMPT);
  await tab.click("label[for=format-svg]");
  await exported(tab);
  await end();
});
