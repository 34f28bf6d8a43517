// The command line of the npm package beside the native one: the same arguments, and the same exit code, output, sentences and files.
// Native: MAPWRIGHT_BUILT, else built now. The other: program.mjs [SCRIPT], else the one in dist.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { program, root } from "../../scripts/lib.mjs";
import { numbers } from "./compare/numbers.mjs";

const [script = join(root, "dist/program/main.js")] = process.argv.slice(2);
const DOORS = { native: [await program()], npm: ["node", script] };
/** Drawn on a projection, numbers may differ by one quantum (compare.mjs). */
const MILLIMETRE = 0.001 + 1e-6;

const TINY = join(root, "tests/data/overpass/monaco-tiny.map.json.gz");
const TOWN = join(root, "assets/sample/helsinki.osm.pbf");
const BOX = ["--bbox", "7.4268,43.739,7.4285,43.74"];

/** What lies in the folder in which a command runs. */
const FILES = {
  "point.geojson": JSON.stringify({ type: "Feature", properties: { name: "Here" }, geometry: { type: "Point", coordinates: [7.4275, 43.7395] } }),
  "area.geojson": JSON.stringify({ type: "FeatureCollection", features: [square(7.427, 43.7392, 7.4282, 43.7398)] }),
  "two.geojson": JSON.stringify({ type: "FeatureCollection", features: [square(7.427, 43.7392, 7.4282, 43.7398), square(7, 43, 8, 44)] }),
  "request.json": JSON.stringify({ format: undefined, formats: ["geojson"], language: "latin", options: { geojson: { digits: 5 } } }),
  "list.json": "[1]",
  "text.txt": "this is no map, and more of the same follows",
  "style.json": JSON.stringify({ base: "minimal", colors: { water: "#88aabb" } }),
};

function square(west, south, east, north) {
  const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
  return { type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } };
}

/** A row: arguments, and what besides. `exit` is said here where it is no 0, so that both cannot be wrong in the same way. */
const RUNS = [
  // Lists and help.
  { args: ["formats"] }, { args: ["styles"] }, { args: ["layers"] },
  { args: ["formats", "--json"], json: true }, { args: ["styles", "--json"], json: true }, { args: ["layers", "--json"], json: true },
  { args: ["--version"] }, { args: ["-V"] },
  ...["export", "formats", "styles", "layers"].flatMap((name) => [{ args: [name, "--help"] }, { args: ["help", name] }, { args: [name, "-h"] }]),
  // Arguments that are none.
  ...[
    ["bla"], ["--bla"], ["export"], ["export", "--nope", "x"], ["formats", "x"], ["export", "a", "b"], ["export", "a", "-f"], ["export", "a", "--bbox"],
    ["export", "a", "--title", "--legend"], ["export", "a", "--margin", "-5"], ["export", "a", "--detail-level", "9x"], ["export", "a", "--detail-level", "300"],
    ["export", "a", "--scale", "x"], ["export", "a", "--overpass", "u"], ["export", "a", "--like", "x", "--request", "y"], ["export", "a", "--title", "x", "--title", "y"],
    ["export", "-q", "--quiet", "a"], ["export", "--crop-marks=1", "a"], ["formats", "--json=1"], ["export", "a", "--scale-bar", "x"], ["styles", "-V"], ["export", "a", "-x"],
  ].map((args) => ({ args, exit: 2 })),
  // Requests that are wrong: each in one sentence, before anything is read.
  ...[
    ["-f", "dwf"], ["-f", "svg", "--paper", "A9"], ["-f", "svg", "--paper", "100,x"], ["-f", "geojson", "--set", "geojson.digits=12"], ["-f", "geojson", "--set", "geojson"],
    ["-f", "geojson", "--set", "nope.digits=1"], ["-f", "svg", "--bbox", "1,2,3"], ["-f", "svg", "--bbox", "1,2,x,4"], ["-f", "svg", "--layers", "streets"],
    ["-f", "svg", "--map-style", "sepia"], ["-f", "svg", "--filter", "amenity="], ["-f", "svg", "--filter", "name", "--filter", "!name"],
    ["-f", "svg", "-f", "pdf", "-o", "-"], ["-f", "svg", "-f", "pdf", "-o", "one.svg"], ["-o", "map.qqq"], ["-o", "map.zip"], [], ["-f", "svg", "--area", "two.geojson"],
    ["--request", "list.json"], ["-f", "svg", "--crs", "EPSG:1"], ["-f", "svg", "--language", "?"], ["-f", "svg", "--clip", "perhaps"], ["-f", "svg", "--detail-level", "9"],
    ["-f", "svg", "--frame", "star"], ["-f", "svg", "--window", "1,2"], ["-f", "svg", "--scale-bar=feet"], ["-f", "svg", "--sea", "dry"],
  ].map((more) => ({ args: ["export", "nowhere.osm", ...more], exit: 64 })),
  // What is not there, and what is no map.
  { args: ["export", "nowhere.osm", "-f", "svg"], exit: 74 }, { args: ["export", ".", "-f", "svg"], exit: 74 }, { args: ["export", "text.txt", "-f", "geojson"], exit: 65 },
  { args: ["export", TINY, "-f", "svg", "--area", "none.geojson"], exit: 74 }, { args: ["export", TINY, "--like", "none.pdf"], exit: 74 },
  { args: ["export", TINY, "--like", "text.txt"], exit: 65 }, { args: ["export", "-", "-f", "csv"], stdin: "text.txt", exit: 65 },
  { args: ["export", TINY, "-o", "text.txt/map.csv"], exit: 74 },
  // Files, devices.
  { args: ["export", TINY, "-f", "csv", "-o", "/dev/null"], nothing: true },
  { args: ["export", TINY, "-f", "geojson"] }, { args: ["export", TINY, "-o", "town.csv"] }, { args: ["export", TINY, "-o", "deep/er/town.osm.pbf", "-f", "osm-pbf"] },
  { args: ["export", TINY, "-qf", "geojson", "-o", "-"] }, { args: ["export", TINY, "-f", "geojson", "-o", "-"] }, { args: ["export", "-", "-f", "osm-xml", "-o", "-"], stdin: TINY },
  { args: ["export", TINY, "-f", "geojson", "-f", "csv", "-f", "gpkg", "-f", "kml", "-o", "some"] }, { args: ["export", TINY, "-fgeojson", "-fcsv-wkt", "-fcsv", "-o", "new/"] },
  { args: ["export", TOWN, "-f", "geojsonseq", "--layers", "roads,buildings.residential", "--layers", "water", "-o", "."] },
  { args: ["export", TINY, "-f", "geojson", "--set", "geojson.digits=5", "--set", "geojson.pretty=true", ...BOX] },
  { args: ["export", TINY, "-f", "geojson", "-f", "osm-xml", "--filter", "highway=residential,service", "--filter", "highway=footway", "--filter", "!name"] },
  { args: ["export", TINY, "-f", "csv", "--filter", "name", "--language", "latin", "--detail-level", "3"] },
  { args: ["export", TINY, "-f", "geojson", "--area", "area.geojson", "--clip", "true"] }, { args: ["export", TINY, "-f", "geojson", "--overlay", "point.geojson"] },
  { args: ["export", TINY, "--request", "request.json"] }, { args: ["export", TINY, "--request", "request.json", "-f", "csv", "--set", "csv.delimiter=tab"] },
  { args: ["export", TINY, "-o", "map.svg", "--paper", "A5", "--scale", "2500", "--title", "Town", "--scale-bar", "--ratio", "--north-arrow", "--legend", "--index", ...BOX] },
  {
    args: ["export", TINY, "-o", "map.svg", "--paper", "120,90", "--scale-bar=both", "--grid", "degrees", "--frame", "rounded", "--margin", "5", "--bleed", "3", "--crop-marks", "--map-style", "style.json"],
  },
  { args: ["export", TINY, "-o", "map.svg", "--window", "10,10,40,30", "--text", "outline", "--sea", "land", "--orientation", "landscape", "--crs", "EPSG:3857"] },
  { name: "--like another file", args: ["export", TINY, "--like", "made.geojson"], before: ["export", TINY, "-o", "made.geojson", "--language", "latin", ...BOX] },
  { name: "--like with an ending", args: ["export", TINY, "--like", "made.geojson", "-o", "again.csv", "--bbox", "7.4268,43.739,7.428,43.74"], before: ["export", TINY, "-o", "made.geojson", ...BOX] },
  { name: "--like with an overlay", args: ["export", TINY, "--like", "made.geojson", "-f", "csv"], before: ["export", TINY, "-o", "made.geojson", "--overlay", "point.geojson", ...BOX] },
  { name: "--overpass", args: ["export", "--overpass", "SERVER/api/interpreter", ...BOX, "-o", "casino.geojson"] },
  { name: "--overpass that nobody answers", args: ["export", "--overpass", "http://127.0.0.1:9/api/interpreter", ...BOX, "-f", "csv"], exit: 74, apart: true },
];
/** What the native program alone does, and the npm package says so. */
const NATIVE = [["serve"], ["keys", "list"], ["completions", "bash"], ["styles", "minimal"], ["export", TINY, "-f", "svg", "--limit", "labels=3"]];

const work = mkdtempSync(join(tmpdir(), "mapwright-program-"));
const server = createServer((request, response) => {
  request.resume().on("end", () => response.writeHead(200, { "content-type": "application/json" }).end(gunzipSync(readFileSync(TINY))));
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}`;

function start([command, ...first], args, cwd, stdin) {
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...args.map((arg) => arg.replace("SERVER", address))], { cwd });
    const [out, err] = [[], []];
    child.stdout.on("data", (part) => out.push(part));
    child.stderr.on("data", (part) => err.push(part));
    child.stdin.on("error", () => undefined);
    child.stdin.end(stdin ? readFileSync(join(stdin.startsWith("/") ? "" : cwd, stdin)) : undefined);
    child.on("close", (exit) => resolve({ exit, out: Buffer.concat(out), err: Buffer.concat(err).toString() }));
  });
}

async function one(door, { args, before, stdin }) {
  const cwd = join(work, door);
  rmSync(cwd, { recursive: true, force: true });
  mkdirSync(join(cwd, "some"), { recursive: true });
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(cwd, name), text);
  // By one door: what is compared comes after it.
  if (before) {
    await start(DOORS.native, before, cwd);
    if (!existsSync(join(cwd, "made.geojson"))) throw new Error(`${before.join(" ")} made nothing`);
  }
  return { ...(await start(DOORS[door], args, cwd, stdin)), files: contents(cwd) };
}

const contents = (folder) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((row) => row.isFile())
      .map((row) => join(row.parentPath, row.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path)]),
  );

/** What differs, if something does. */
function difference(native, npm, { exit = 0, json, apart, nothing }) {
  if (native.exit !== exit || npm.exit !== exit) return `ended with ${native.exit} and ${npm.exit}, not ${exit}: ${native.err} / ${npm.err}`;
  const text = ({ out }) => (json ? JSON.stringify(JSON.parse(out)) : out.toString("latin1"));
  if (text(native) !== text(npm)) return `printed\n${text(native).slice(0, 400)}\nand\n${text(npm).slice(0, 400)}`;
  // Below the first line, the native program gives tips and the part of its usage that it means.
  const said = ({ err }) => (exit === 2 ? err.split("\n\n")[0] : err);
  if (!apart && said(native) !== said(npm)) return `said\n${said(native)}\nand\n${said(npm)}`;
  const [names, others] = [native, npm].map(({ files }) => Object.keys(files).join());
  if (names !== others) return `made ${names} and ${others}`;
  for (const [name, bytes] of Object.entries(native.files)) {
    const other = npm.files[name];
    const fault = bytes.equals(other) ? undefined : /\.svg$/.test(name) ? numbers(bytes.toString(), other.toString(), MILLIMETRE) : "the bytes differ";
    if (fault) return `${name}: ${fault}`;
  }
  if (exit === 0 && !nothing && native.out.length === 0 && Object.keys(native.files).length === Object.keys(FILES).length) return "nothing was made";
}

let [passed, failed] = [0, 0];
function tell(name, fault) {
  if (fault) failed += 1;
  else passed += 1;
  console.log(fault ? `not ok ${name}: ${fault}` : `ok ${name}`);
}
for (const row of RUNS) tell(row.name ?? row.args.join(" ").replaceAll(`${root}/`, ""), difference(await one("native", row), await one("npm", row), row));
for (const args of NATIVE) {
  const { exit, err } = await one("npm", { args });
  tell(`native alone: ${args.join(" ").replaceAll(`${root}/`, "")}`, exit === 64 && /^mapwright: .*\bthe native program alone\b.*\n$/.test(err) ? undefined : `${exit} ${err}`);
}
const [native, npm] = [await one("native", { args: ["--help"] }), await one("npm", { args: ["--help"] })].map(({ out }) => out.toString());
const unknown = native.split("\n").filter((line) => line && !npm.includes(line)).map((line) => line.split(/ +/)[1]);
tell("its help is that of the native program", unknown.every((name) => new RegExp(`more commands: .*\\b${name}\\b`).test(npm)) && unknown.length > 3 ? undefined : unknown.join());
const bare = await one("npm", { args: [] });
tell("without a command it says what there is", bare.exit === 2 && bare.err === npm ? undefined : `${bare.exit} ${bare.err}`);

server.close();
server.closeAllConnections();
rmSync(work, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
