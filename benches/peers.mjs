// npm run bench:peers [-- part of a file name [part of a program's name [kind]]]: the same inputs to GeoJSON and to formats of GIS by
// mapwright and by other programs, in turn on this machine: natively, in Node and in a tab of Chromium; medians and ratios.
// Peers from npm go into the target folder, not into our package.json. MAPWRIGHT_BENCH names PBF files, separated by colons.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
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
const OSMCONF = join(root, "benches/osmconf.ini");

const dist = process.env.MAPWRIGHT_DIST ?? join(root, "dist");
const tabs = await site({ dist, peers: work });
/** A conversion in a tab: its size is that of the result in memory. */
const tab = (name) => async (input) => {
  tabs.give(input);
  return inTab(tabs, name, 3, LIMIT);
};

/** The layers that GDAL sees in OpenStreetMap data; not every driver takes the collections of the last one. */
const LAYERS = ["points", "lines", "multilinestrings", "multipolygons", "other_relations"];
/**
 * Formats that GDAL writes too, from PBF, those of GIS with every tag: our id, what a file or folder of it ends with, its driver there,
 * its layers, more of what it is told, another ending there. Its DXF has geometry alone, of all layers in one.
 */
const GIS = [
  { id: "gpkg", ending: ".gpkg", driver: "GPKG", layers: LAYERS, node: true },
  { id: "flatgeobuf", ending: ".fgb", driver: "FlatGeobuf", layers: LAYERS.slice(0, 4), many: true },
  { id: "shapefile", ending: ".zip", driver: "ESRI Shapefile", layers: LAYERS.slice(0, 4), theirs: ".shp.zip" },
  { id: "kml", ending: ".kml", driver: "LIBKML", layers: LAYERS },
  { id: "gml", ending: ".gml", driver: "GML", layers: LAYERS },
  { id: "dxf", ending: ".dxf", driver: "DXF", layers: LAYERS, more: ["-nln", "entities"] },
  { id: "dwg-2000", ending: ".dwg", driver: "DXF", layers: LAYERS, more: ["-nln", "entities"], theirs: ".dxf" },
];

/** How each program turns `input` into GeoJSON in `out`; the first is what others are compared with. */
const FIRST = {
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
/** All comparisons; `out` of formats of GIS has no ending yet. */
const PEERS = {
  ...FIRST,
  ...Object.fromEntries(GIS.map(({ id, ending, driver, layers, many, node, more = [], theirs = many ? "" : ending }) => [id, {
    "mapwright (native)": (input, out) => native(input, `${out}${ending}`, id),
    "ogr2ogr": (input, out) => timed("ogr2ogr", ["-q", "-f", driver, `${out}${theirs}`, input, ...layers, ...more, "--config", "OSM_CONFIG_FILE", OSMCONF]),
    ...(node && {
      "mapwright (wasm, Node)": (input, out) => inNode("mapwright", input, `${out}${ending}`, id),
      "gdal3.js": (input, out) => inNode("gdal3.js", input, `${out}${ending}`, driver),
    }),
  }])),
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
for (const path of extracts) for (const kind of ["pbf", ...GIS.map(({ id }) => id)]) inputs.push({ kind, path });
console.log(`${cpus().length} processors ${cpus()[0].model}; load ${loadavg().map((load) => load.toFixed(1)).join(" ")} when this began`);
for (const { kind, path } of inputs.filter(({ kind, path }) => path.includes(process.argv[2] ?? "") && kind.startsWith(process.argv[4] ?? ""))) await compare(kind, path);
tabs.end();

/** One input through all programs in turn, ROUNDS times; prints a table. */
async function compare(kind, input) {
  const asked = Object.entries(PEERS[kind]).filter(([name]) => name.includes(process.argv[3] ?? ""));
  const runs = Object.fromEntries(asked.map(([name]) => [name, []]));
  const features = {};
  if (asked.length === 0) return;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, convert] of asked) {
      if (runs[name].length < round) continue;
      // Files, or folders of files, of their own.
      const made = folder(work, "made");
      rmSync(made, { recursive: true });
      const out = join(folder(made), kind in FIRST ? "out.geojson" : "out");
      try {
        const row = await convert(input, out);
        runs[name].push({ size: sizeOf(made), ...row });
        features[name] ??= kind in FIRST ? "" : counted(made);
      } catch (fault) {
        console.log(`${name}: ${String(fault.message).split("\n")[0]}`);
      }
    }
  }
  console.log(`\n${kind in FIRST ? "" : `${kind} of `}${basename(input)}, ${(statSync(input).size / 1e6).toFixed(1)} MB, median of ${ROUNDS}\n`);
  const median = (rows, key) => rows.map((row) => row[key]).sort((a, b) => a - b)[rows.length >> 1];
  const mean = (rows, key) => rows.reduce((sum, row) => sum + row[key], 0) / rows.length;
  const shown = (rows, key, made = median) => (rows[0][key] === undefined ? "" : made(rows, key).toFixed(0));
  console.log("| program | ms | times ours | processor, ms (mean) | third time, ms | peak memory, MB | output, MB | features |\n|---|---:|---:|---:|---:|---:|---:|---:|");
  const ours = Object.values(runs)[0];
  for (const [name, rows] of Object.entries(runs)) {
    if (rows.length === 0) console.log(`| ${name} | failed | | | | | | |`);
    else {
      const ratio = ours.length ? (median(rows, "ms") / median(ours, "ms")).toFixed(2) : "";
      console.log(`| ${name} | ${shown(rows, "ms")} | ${ratio} | ${shown(rows, "cpu", mean)} | ${shown(rows, "again")} | ${shown(rows, "memory")} | ${(median(rows, "size") / 1e6).toFixed(1)} | ${features[name] ?? ""} |`);
    }
  }
}

/** Bytes of a file, or of all in a folder. */
function sizeOf(path) {
  return statSync(path).isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : statSync(path).size;
}

/** How many features GDAL finds in all layers of a file or folder of files. */
function counted(path) {
  const [name] = readdirSync(path);
  const { stdout } = spawnSync("ogrinfo", ["-ro", "-so", "-al", `${name.endsWith(".zip") ? "/vsizip/" : ""}${join(path, name)}`], { encoding: "utf8", maxBuffer: 1 << 26 });
  return [...stdout.matchAll(/^Feature Count: (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
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

function native(input, out, format = "geojson") {
  return timed(program, ["export", "-q", input, "-f", format, "-o", out]);
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
function inNode(name, input, out, format = "") {
  const { status, stdout, stderr } = spawnSync("node", ["--max-old-space-size=8192", child, name, input, out, work, format], { encoding: "utf8", maxBuffer: 1 << 26, timeout: LIMIT });
  if (status === null) throw new Error(`more than ${LIMIT / 1000} s for three conversions`);
  if (status !== 0) throw new Error(stderr.trim().split("\n").filter((line) => line.includes("Error"))[0] ?? `ended with ${status}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}
