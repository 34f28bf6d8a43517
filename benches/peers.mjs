// npm run bench:peers [-- part of a file name [part of a program's name]]: the same inputs to GeoJSON by mapwright and by other programs,
// in turn on this machine: natively, in Node and in a tab of Chromium; medians and ratios.
// Peers from npm go into the target folder, not into our package.json. MAPWRIGHT_BENCH names PBF files, separated by colons.
import { spawnSync } from "node:child_process";
import { existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { basename, join } from "node:path";
import { debian, folder, must, root, targetDir } from "../scripts/lib.mjs";
import { shifted } from "./copies.mjs";
import { IN_TAB, inTab, site } from "./tab.mjs";

const PACKAGES = { osmtogeojson: "2.2.12", "osm2geojson-lite": "1.2.0", "gdal3.js": "2.8.1" };
const ROUNDS = Number(process.env.ROUNDS ?? 5);
/** Copies of the recorded answer: 6, 24 and 100 MB of JSON. */
const COPIES = [1, 4, 17];
/** Who takes longer than this, ms, for three conversions is not asked again. */
const LIMIT = Number(process.env.LIMIT ?? 60) * 1000;

const work = folder(targetDir(), "peers");
const program = join(targetDir(), "release/mapwright");
const child = join(root, "benches/peer.mjs");

const dist = process.env.MAPWRIGHT_DIST ?? join(root, "dist");
const tabs = await site({ dist, peers: work });
/** A conversion in a tab: its size is that of the result in memory. */
const tab = (name) => async (input) => {
  tabs.give(input);
  return inTab(tabs, name, 3, LIMIT);
};

/** How each program turns `input` into `out`; the first is what others are compared with. */
const PEERS = {
  json: {
    "mapwright (native)": native,
    "mapwright (wasm, Node)": (input, out) => inNode("mapwright", input, out),
    "osmtogeojson": (input, out) => inNode("osmtogeojson", input, out),
    "osm2geojson-lite": (input, out) => inNode("osm2geojson-lite", input, out),
  },
  // In a worker of a fresh browser.
  tab: Object.fromEntries(IN_TAB.map((name) => [`${name} (tab)`, tab(name)])),
  pbf: {
    "mapwright (native)": native,
    "mapwright (wasm, Node)": (input, out) => inNode("mapwright", input, out),
    "osmium export": (input, out) => timed("osmium", ["export", "--no-progress", "-O", "-f", "geojson", "-o", out, input]),
    "ogr2ogr (3 layers)": ogr2ogr,
    "gdal3.js (3 layers)": (input, out) => inNode("gdal3.js", input, out),
  },
};

await debian(["osmium", "ogr2ogr", "/usr/bin/time"]);
if (process.env.PEERS_SKIP_BUILD === undefined) {
  await must("cargo", ["build", "--release", "--bin", "mapwright"]);
  await must("node", [join(root, "scripts/build.mjs"), "--package"]);
}
writeFileSync(join(work, "package.json"), JSON.stringify({ private: true, type: "module", dependencies: PACKAGES }, null, 1));
if (Object.keys(PACKAGES).some((name) => !existsSync(join(work, "node_modules", name)))) {
  await must("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: work });
}

const extracts = process.env.MAPWRIGHT_BENCH?.split(":") ?? [join(root, "assets/sample/monaco.osm.pbf"), join(root, "assets/sample/helsinki.osm.pbf")];
const inputs = [];
for (const copies of COPIES) {
  const path = await shifted(work, copies);
  inputs.push({ kind: "json", path }, { kind: "tab", path });
}
for (const path of extracts) inputs.push({ kind: "pbf", path });
console.log(`${cpus().length} processors ${cpus()[0].model}; load ${loadavg().map((load) => load.toFixed(1)).join(" ")} when this began`);
for (const { kind, path } of inputs.filter(({ path }) => path.includes(process.argv[2] ?? ""))) await compare(kind, path);
tabs.end();

/** One input through all programs in turn, ROUNDS times; prints a table. */
async function compare(kind, input) {
  const asked = Object.entries(PEERS[kind]).filter(([name]) => name.includes(process.argv[3] ?? ""));
  const runs = Object.fromEntries(asked.map(([name]) => [name, []]));
  if (asked.length === 0) return;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, convert] of asked) {
      if (runs[name].length < round) continue;
      const out = join(work, "out.geojson");
      try {
        const row = await convert(input, out);
        runs[name].push({ size: existsSync(out) ? statSync(out).size : 0, ...row });
      } catch (fault) {
        console.log(`${name}: ${String(fault.message).split("\n")[0]}`);
      }
    }
  }
  console.log(`\n${basename(input)}, ${(statSync(input).size / 1e6).toFixed(1)} MB, median of ${ROUNDS}\n`);
  const median = (rows, key) => rows.map((row) => row[key]).sort((a, b) => a - b)[rows.length >> 1];
  const mean = (rows, key) => rows.reduce((sum, row) => sum + row[key], 0) / rows.length;
  const shown = (rows, key, made = median) => (rows[0][key] === undefined ? "" : made(rows, key).toFixed(0));
  console.log("| program | ms | times ours | processor, ms (mean) | third time, ms | peak memory, MB | GeoJSON, MB |\n|---|---:|---:|---:|---:|---:|---:|");
  const ours = Object.values(runs)[0];
  for (const [name, rows] of Object.entries(runs)) {
    if (rows.length === 0) console.log(`| ${name} | failed | | | | | |`);
    else {
      const ratio = ours.length ? (median(rows, "ms") / median(ours, "ms")).toFixed(2) : "";
      console.log(`| ${name} | ${shown(rows, "ms")} | ${ratio} | ${shown(rows, "cpu", mean)} | ${shown(rows, "again")} | ${shown(rows, "memory")} | ${(median(rows, "size") / 1e6).toFixed(1)} |`);
    }
  }
}

/** A program from start to end: milliseconds, those of processors, and peak memory. */
function timed(command, args) {
  const begin = process.hrtime.bigint();
  const { status, stderr } = spawnSync("/usr/bin/time", ["-f", "%U %S %M", command, ...args], { encoding: "utf8", maxBuffer: 1 << 26 });
  const ms = Number(process.hrtime.bigint() - begin) / 1e6;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.slice(-300)}`);
  const [user, system, kilobytes] = stderr.trim().split("\n").at(-1).split(" ").map(Number);
  return { ms, cpu: (user + system) * 1000, memory: kilobytes / 1024 };
}

function native(input, out) {
  return timed(program, ["export", "-q", input, "-f", "geojson", "-o", out]);
}

/** GDAL's GeoJSON holds one layer a file: points, lines and areas one after another. */
function ogr2ogr(input, out) {
  const layers = ["points", "lines", "multipolygons"].map((layer) => {
    // The driver adds no layer to a file that is there, not even with -overwrite.
    rmSync(out, { force: true });
    return timed("ogr2ogr", ["-f", "GeoJSON", out, input, layer]);
  });
  const sum = (key) => layers.reduce((sum, layer) => sum + layer[key], 0);
  return { ms: sum("ms"), cpu: sum("cpu"), memory: Math.max(...layers.map(({ memory }) => memory)) };
}

/** A converter in a Node of its own, three times: from bytes to bytes, without starting Node and loading the module. */
function inNode(name, input, out) {
  const { status, stdout, stderr } = spawnSync("node", ["--max-old-space-size=8192", child, name, input, out, work], { encoding: "utf8", maxBuffer: 1 << 26, timeout: LIMIT });
  if (status === null) throw new Error(`more than ${LIMIT / 1000} s for three conversions`);
  if (status !== 0) throw new Error(stderr.trim().split("\n").filter((line) => line.includes("Error"))[0] ?? `ended with ${status}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}
