// The programs of examples/ against a fresh server: only host and key are given to them.
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "../browser/site.mjs";
import { root, run } from "../../scripts/lib.mjs";
import { checks, serve } from "./serve.mjs";

const folder = mkdtempSync(join(tmpdir(), "mapwright-examples-"));
const python = join(root, ".venv/bin/python");
const example = (name) => join(root, "examples", name);
const { check, end } = checks();

/** Runs a program in the folder and looks at the beginning of a file it must have saved. */
async function saves(command, args, env, files) {
  const { code, text } = await run(command, args, { env, quiet: true, cwd: folder });
  if (code !== 0) throw new Error(text);
  for (const [name, beginning] of Object.entries(files)) {
    const path = join(folder, name);
    const start = readFileSync(path).subarray(0, beginning.length).toString("latin1");
    if (start !== beginning || statSync(path).size < 2000) throw new Error(`${name} begins with ${start}\n${text}`);
    rmSync(path);
  }
}

/** The page of the example, from another origin, in Chromium. */
async function browser({ host, key }) {
  const page = createServer((_, answer) => answer.setHeader("content-type", "text/html").end(readFileSync(example("browser.html"))));
  await new Promise((done) => page.listen(0, "127.0.0.1", done));
  const chrome = await launch();
  try {
    const tab = await chrome.newPage();
    await tab.goto(`http://127.0.0.1:${page.address().port}/`);
    await tab.fill("#host", host);
    await tab.fill("#key", key);
    await tab.click("#go");
    await tab.waitForFunction(() => !document.getElementById("save").hidden || /\b(not|wrong|broke|fail)/i.test(document.getElementById("say").textContent));
    const state = await tab.evaluate(() => [document.getElementById("save").href, document.getElementById("bar").value, document.getElementById("say").textContent]);
    if (state[1] !== 100 || state[2] !== "done") throw new Error(state.join(" "));
    const file = await (await fetch(state[0])).text();
    if (!file.includes("<svg")) throw new Error(file.slice(0, 200));
  } finally {
    await chrome.close();
    page.close();
  }
}

const server = await serve(folder);
const env = { MAPWRIGHT_HOST: server.host, MAPWRIGHT_KEY: server.key };
const svg = "<?xml";
await check("Python, one export", () => saves(python, [example("export.py")], env, { "map.svg": svg, "map.geojson": "{\"type\":\"FeatureCollection\"" }));
await check("Python, three places at once", () =>
  saves(python, [example("batch.py")], env, { "helsinki-station.pdf": "%PDF-", "helsinki-park.pdf": "%PDF-", "monaco-port.pdf": "%PDF-" }));
await check("Node", () => saves("node", [example("export.mjs")], env, { "map.svg": svg }));
await check("curl", () => saves("sh", [example("export.sh")], env, { "map.pdf": "%PDF-" }));
await check("the export form, ten lines of Python", () => saves(python, [example("osm_export.py")], env, { "map.png": "\x89PNG" }));
await check("a page of another origin in Chromium", () => browser(server));
await end(server);
rmSync(folder, { recursive: true, force: true });
