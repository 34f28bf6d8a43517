// npm run bench:peers [-- part of a file name]: the same inputs to GeoJSON by mapwright and by other programs, in turn on this machine; medians and ratios.
// Peers from npm go into the target folder, not into our package.json. MAPWRIGHT_BENCH names PBF files, separated by colons.
import { spawnSync } from "node:child_process";
import { createWriteStream, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { debian, folder, must, root, targetDir } from "./lib.mjs";

const PACKAGES = { osmtogeojson: "2.2.12", "osm2geojson-lite": "1.2.0", "gdal3.js": "2.8.1" };
const ROUNDS = Number(process.env.ROUNDS ?? 5);
/** Copies of the recorded answer: 6, 24 and 100 MB of JSON. */
const COPIES = [1, 4, 17];
/** Who takes longer than this, ms, for three conversions is not asked again. */
const LIMIT = 60_000;

const work = folder(targetDir(), "peers");
const program = join(targetDir(), "release/mapwright");
const child = join(root, "scripts/peer.mjs");

/** How each program turns `input` into `out`; the first is what others are compared with. */
const PEERS = {
  json: {
    "mapwright (native)": native,
    "mapwright (wasm, Node)": (input, out) => inNode("mapwright", input, out),
    "osmtogeojson": (input, out) => inNode("osmtogeojson", input, out),
    "osm2geojson-lite": (input, out) => inNode("osm2geojson-lite", input, out),
  },
  pbf: {
    "mapwright (native)": native,
    "mapwright (wasm, Node)": (input, out) => inNode("mapwright", input, out),
    "osmium export": (input, out) => timed("osmium", ["export", "--no-progress", "-O", "-f", "geojson", "-o", out, input]),
    "ogr2ogr (3 layers)": ogr2ogr,
    "gdal3.js (3 layers)": (input, out) => inNode("gdal3.js", input, out),
  },
};

await debian({ osmium: "osmium-tool", ogr2ogr: "gdal-bin", "/usr/bin/time": "time" });
if (process.env.PEERS_SKIP_BUILD === undefined) {
  await must("cargo", ["build", "--release", "--bin", "mapwright"]);
  await must("node", [join(root, "scripts/build.mjs"), "--package"]);
}
writeFileSync(join(work, "package.json"), JSON.stringify({ private: true, type: "module", dependencies: PACKAGES }, null, 1));
if (Object.keys(PACKAGES).some((name) => !existsSync(join(work, "node_modules", name)))) {
  await must("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: work });
}

const recorded = JSON.parse(gunzipSync(readFileSync(join(root, "tests/data/overpass/monaco.map.json.gz"))).toString());
const extracts = process.env.MAPWRIGHT_BENCH?.split(":") ?? [join(root, "assets/sample/monaco.osm.pbf"), join(root, "assets/sample/helsinki.osm.pbf")];
const inputs = [];
for (const copies of COPIES) inputs.push({ kind: "json", path: await shifted(copies) });
for (const path of extracts) inputs.push({ kind: "pbf", path });
for (const { kind, path } of inputs.filter(({ path }) => path.includes(process.argv[2] ?? ""))) compare(kind, path);

/** The recorded answer `copies` times, each copy 0.1 degrees further east with ids of its own, as Overpass lays it out. */
async function shifted(copies) {
  const path = join(work, `monaco-${copies}.json`);
  if (existsSync(path)) return path;
  const out = createWriteStream(`${path}.part`);
  out.write('{\n  "version": 0.6,\n  "elements": [\n\n');
  for (let copy = 0; copy < copies; copy++) {
    const id = (number) => number + copy * 1e11;
    recorded.elements.forEach((element, row) => {
      const moved = { ...element, id: id(element.id) };
      if (moved.lon !== undefined) moved.lon = Number((moved.lon + copy / 10).toFixed(7));
      if (moved.nodes) moved.nodes = moved.nodes.map(id);
      if (moved.members) moved.members = moved.members.map((member) => ({ ...member, ref: id(member.ref) }));
      out.write((copy + row > 0 ? ",\n" : "") + JSON.stringify(moved, null, 2));
    });
  }
  await new Promise((resolve) => out.end("\n\n  ]\n}\n", resolve));
  const { renameSync } = await import("node:fs");
  renameSync(`${path}.part`, path);
  return path;
}

/** One input through all programs in turn, ROUNDS times; prints a table. */
function compare(kind, input) {
  const runs = Object.fromEntries(Object.keys(PEERS[kind]).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, convert] of Object.entries(PEERS[kind])) {
      if (runs[name].length < round) continue;
      const out = join(work, "out.geojson");
      try {
        runs[name].push({ ...convert(input, out), size: existsSync(out) ? statSync(out).size : 0 });
      } catch (fault) {
        console.log(`${name}: ${String(fault.message).split("\n")[0]}`);
      }
    }
  }
  console.log(`\n${basename(input)}, ${(statSync(input).size / 1e6).toFixed(1)} MB, median of ${ROUNDS}\n`);
  console.log("| program | ms | times ours | third time, ms | peak memory, MB | GeoJSON, MB |\n|---|---:|---:|---:|---:|---:|");
  const median = (rows, key) => rows.map((row) => row[key]).sort((a, b) => a - b)[rows.length >> 1];
  const ours = median(Object.values(runs)[0], "ms");
  for (const [name, rows] of Object.entries(runs)) {
    if (rows.length === 0) console.log(`| ${name} | failed | | | | |`);
    else console.log(`| ${name} | ${median(rows, "ms").toFixed(0)} | ${(median(rows, "ms") / ours).toFixed(2)} | ${rows[0].again === undefined ? "" : median(rows, "again").toFixed(0)} | ${median(rows, "memory").toFixed(0)} | ${(median(rows, "size") / 1e6).toFixed(1)} |`);
  }
}

/** A program from start to end: milliseconds and peak memory. */
function timed(command, args) {
  const begin = process.hrtime.bigint();
  const { status, stderr } = spawnSync("/usr/bin/time", ["-f", "%M", command, ...args], { encoding: "utf8", maxBuffer: 1 << 26 });
  const ms = Number(process.hrtime.bigint() - begin) / 1e6;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.slice(-300)}`);
  return { ms, memory: Number(stderr.trim().split("\n").at(-1)) / 1024 };
}

function native(input, out) {
  return timed(program, ["export", "-q", input, "-f", "geojson", "-o", out]);
}

/** GDAL's GeoJSON holds one layer a file: points, lines and areas one after another. */
function ogr2ogr(input, out) {
  const layers = ["points", "lines", "multipolygons"].map((layer) => timed("ogr2ogr", ["-overwrite", "-f", "GeoJSON", out, input, layer]));
  return { ms: layers.reduce((sum, { ms }) => sum + ms, 0), memory: Math.max(...layers.map(({ memory }) => memory)) };
}

/** A converter in a Node of its own, three times: from bytes to bytes, without starting Node and loading the module. */
function inNode(name, input, out) {
  const { status, stdout, stderr } = spawnSync("node", ["--max-old-space-size=8192", child, name, input, out, work], { encoding: "utf8", maxBuffer: 1 << 26, timeout: LIMIT });
  if (status === null) throw new Error(`more than ${LIMIT / 1000} s for three conversions`);
  if (status !== 0) throw new Error(stderr.trim().split("\n").filter((line) => line.includes("Error"))[0] ?? `ended with ${status}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}
