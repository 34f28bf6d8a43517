// The programs of examples/ against a fresh server: only host and key are given to them.
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "../browser/site.mjs";
import { must, root, run, targetDir } from "../../scripts/lib.mjs";

const folder = mkdtempSync(join(tmpdir(), "mapwright-examples-"));
const python = join(root, ".venv/bin/python");
const example = (name) => join(root, "examples", name);
let passed = 0;
let failed = 0;

/** A server with both samples; gives its address, its key and its process. */
async function serve() {
  await must("cargo", ["build", "--workspace", "--bin", "mapwright"]);
  const port = await free();
  const page = join(root, "dist/page");
  const child = spawn(join(targetDir(), "debug/mapwright"), ["serve", "--listen", `127.0.0.1:${port}`, "--data-dir", join(folder, "data"), "--page", page], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8");
  await new Promise((ready, ended) => {
    child.on("exit", () => ended(new Error(said)));
    child.stderr.on("data", (part) => {
      said += part;
      if (said.includes("mapwright serves")) ready();
    });
  });
  return { host: `http://127.0.0.1:${port}`, key: said.match(/ocd_[a-z0-9]{30}/)[0], child };
}

/** A port that nobody has. */
function free() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

async function check(title, work) {
  try {
    await work();
    passed += 1;
    console.log(`ok ${title}`);
  } catch (fault) {
    failed += 1;
    console.log(`FAILED ${title}: ${fault.stack ?? fault}`);
  }
}

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

const server = await serve();
const env = { MAPWRIGHT_HOST: server.host, MAPWRIGHT_KEY: server.key };
const svg = "<?xml";
await check("Python, one export", () => saves(python, [example("export.py")], env, { "map.svg": svg, "map.geojson": "{\"type\":\"FeatureCollection\"" }));
await check("Python, three places at once", () =>
  saves(python, [example("batch.py")], env, { "helsinki-station.pdf": "%PDF-", "helsinki-park.pdf": "%PDF-", "monaco-port.pdf": "%PDF-" }));
await check("Node", () => saves("node", [example("export.mjs")], env, { "map.svg": svg }));
await check("curl", () => saves("sh", [example("export.sh")], env, { "map.pdf": "%PDF-" }));
await check("the export form, ten lines of Python", () => saves(python, [example("osm_export.py")], env, { "map.png": "\x89PNG" }));
await check("a page of another origin in Chromium", () => browser(server));
server.child.kill("SIGTERM");
const code = await new Promise((done) => server.child.on("exit", done));
await check("the server ends well", async () => {
  if (code !== 0) throw new Error(`exit code ${code}`);
});
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
