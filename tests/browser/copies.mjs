// Copy as: each text is run as it was copied and makes the same bytes as the page did.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyBy, drop, exported, words } from "./acts.mjs";
import { check, until } from "./check.mjs";
import { binary, overpass, run, scratch, server } from "./outside.mjs";
import { MONACO, page, root, visit } from "./site.mjs";

const SAMPLE = join(root, "assets/sample/monaco.osm.pbf");
const SERVER = page.overpass[0];
const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };

/** A folder with the sample, the package and the command line program. */
function workshop() {
  const folder = scratch();
  copyFileSync(SAMPLE, join(folder, "monaco.osm.pbf"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/mapwright"));
  mkdirSync(join(folder, "bin"));
  symlinkSync(binary(), join(folder, "bin/mapwright"));
  return folder;
}

/** Runs something in the folder; the new file there. */
async function made(folder, program, args, env = {}) {
  const before = new Set(readdirSync(folder));
  await run(program, args, { cwd: folder, env: { ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}`, ...env } });
  const fresh = readdirSync(folder).filter((name) => !before.has(name) && name !== "request.json");
  assert.equal(fresh.length, 1, `one new file: ${fresh}`);
  return readFileSync(join(folder, fresh[0]));
}

async function copied(tab, id) {
  if (!(await tab.evaluate(() => document.getElementById("as").open))) await tab.click("#as summary");
  return copyBy(tab, () => tab.click(`#as-${id}`));
}

const script = (folder, text) => {
  writeFileSync(join(folder, "same.mjs"), text);
  return ["same.mjs"];
};

const SETTINGS = { page: { size: "A4", scale: 10000, furniture: { title: "It's “Monaco” $HOME", scale_bar: true } }, detail_level: 4, language: "en+name", options: { svg: { digits: 2 } } };

check("copies: JavaScript, command, JSON and link of a file's drawing", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { ...clipboard, hash: `format=svg&request=${encodeURIComponent(JSON.stringify(SETTINGS))}` });
  await drop(tab, "monaco.osm.pbf", readFileSync(SAMPLE));
  await until(() => words(tab), /objects/, "opened");
  const { bytes } = await exported(tab);
  const folder = workshop();
  assert.ok((await made(folder, "node", script(folder, await copied(tab, "npm")))).equals(bytes), "npm");
  const other = workshop();
  assert.ok((await made(other, "sh", ["-c", await copied(tab, "cli")])).equals(bytes), "command");
  const json = await copied(tab, "json");
  const third = workshop();
  writeFileSync(join(third, "request.json"), json);
  assert.ok((await made(third, "sh", ["-c", "mapwright export --request request.json monaco.osm.pbf"])).equals(bytes), "JSON");
  assert.equal(JSON.parse(json).page.margin, undefined, "no defaults");
  const link = await copied(tab, "link");
  const again = await visit(browser, url, { ...clipboard, hash: link.split("#")[1] });
  assert.deepEqual(JSON.parse(await copied(again.tab, "json")), JSON.parse(json), "link");
  await again.end();
  await end();
});

check("copies: a command carries areas, overlays and colours in a file", async ({ browser, url }) => {
  const colors = { map_style: { base: "minimal", colors: { water: "#ff00aa" } } };
  const { tab, end } = await visit(browser, url, { ...clipboard, hash: `format=svg&request=${encodeURIComponent(JSON.stringify(colors))}` });
  await drop(tab, "monaco.osm.pbf", readFileSync(SAMPLE));
  await until(() => words(tab), /objects/, "opened");
  const shape = { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [[[7.418, 43.73], [7.428, 43.73], [7.424, 43.736], [7.418, 43.73]]] } };
  await drop(tab, "shape.geojson", Buffer.from(JSON.stringify(shape)));
  await tab.click("#do-cut");
  await until(() => words(tab), /is the area now/, "cut");
  await drop(tab, "shape.geojson", Buffer.from(JSON.stringify(shape)));
  await until(() => words(tab), /lay it over/, "asked");
  await tab.click("#do-overlay");
  await until(() => words(tab), /on top/, "overlaid");
  const { bytes } = await exported(tab);
  assert.ok((await made(workshop(), "sh", ["-c", await copied(tab, "cli")])).equals(bytes));
  await end();
});

check("copies: JavaScript and command that ask Overpass", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { ...clipboard, hash: MONACO.replace("svg", "geojson"), answer: () => "monaco-tiny.map" });
  const { bytes } = await exported(tab);
  const host = await overpass("monaco-tiny.map");
  const local = (text) => {
    assert.ok(text.includes(SERVER), text);
    return text.replace(SERVER, host.url);
  };
  for (const [id, program, args] of [["npm", "node", script], ["cli", "sh", (_folder, text) => ["-c", text]]]) {
    const folder = workshop();
    const text = local(await copied(tab, id));
    // In a process of its own, so that this one can play the server.
    const before = new Set(readdirSync(folder));
    const child = spawn(program, args(folder, text), { cwd: folder, env: { ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}` }, stdio: "ignore" });
    assert.equal(await new Promise((resolve) => child.on("close", resolve)), 0, id);
    const [name] = readdirSync(folder).filter((each) => each.endsWith(".geojson") && !before.has(each));
    assert.ok(readFileSync(join(folder, name)).equals(bytes), id);
  }
  assert.equal(host.asked.length, 2);
  host.end();
  await end();
});

check("copies: curl asks a server of one's own", async ({ browser, url }) => {
  const { tab, end } = await visit(browser, url, { ...clipboard, hash: `format=svg&bbox=7.418,43.73,7.428,43.74&request=${encodeURIComponent(JSON.stringify(SETTINGS))}` });
  const text = await copied(tab, "curl");
  await drop(tab, "monaco.osm.pbf", readFileSync(SAMPLE));
  await until(() => words(tab), /objects/, "opened");
  await tab.fill("#place", "7.418,43.73,7.428,43.74");
  await tab.press("#place", "Enter");
  const { bytes } = await exported(tab);
  const folder = scratch();
  const own = await server(["--source", `file:${SAMPLE}`, "--data-dir", join(folder, "data")]);
  try {
    const [key] = /ocd_\w+/.exec(own.said);
    const file = await made(folder, "sh", ["-c", text], { MAPWRIGHT_HOST: own.url, MAPWRIGHT_KEY: key });
    assert.ok(file.equals(bytes), `${file.length} and ${bytes.length} bytes`);
  } finally {
    await own.end();
  }
  await end();
});
