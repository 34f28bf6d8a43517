// npm run bench:draw: how the work of drawing grows, and a picture of 2,048 pixels beside ogr2ogr with Mapnik, in turn on this machine.
// MAPWRIGHT_BENCH names PBF files for the pictures, separated by colons.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { APART, BOX, shifted } from "./copies.mjs";
import { debian, folder, must, root, targetDir } from "../scripts/lib.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const COPIES = [1, 4, 16];
const SIDE = 2048;

const work = folder(targetDir(), "peers");
const program = join(targetDir(), "release/mapwright");
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

// Debian keeps Mapnik's Python module out of virtual environments.
await debian(["osmium", "ogr2ogr", "/usr/lib/python3/dist-packages/mapnik/__init__.py"]);
if (process.env.PEERS_SKIP_BUILD === undefined) {
  await must("cargo", ["build", "--release", "--bin", "mapwright"]);
  await must("node", [join(root, "scripts/build.mjs"), "--package"]);
}
console.log(`${cpus().length} processors ${cpus()[0].model}; load ${loadavg().map((load) => load.toFixed(1)).join(" ")} when this began`);
await growth();
for (const path of process.env.MAPWRIGHT_BENCH?.split(":") ?? [join(root, "assets/sample/monaco.osm.pbf"), join(root, "assets/sample/helsinki.osm.pbf")]) picture(path);

/** The style `default` to SVG by the npm package; the map is open, as it is when the next style is tried. */
async function growth() {
  const { Exporter } = await import(pathToFileURL(join(process.env.MAPWRIGHT_DIST ?? join(root, "dist"), "api/direct.js")).href);
  console.log("\n| copies of Monaco | SVG, MB | first, ms | processor, ms | again (median), ms | ms a MB | of one copy a copy |\n|---|---:|---:|---:|---:|---:|---:|");
  let one;
  for (const copies of COPIES) {
    const [west, south, east, north] = BOX;
    const exporter = new Exporter();
    const map = await exporter.open(await readFile(await shifted(work, copies)));
    const request = { format: "svg", bbox: [west, south, east + APART * (copies - 1), north], page: { scale: 25000 } };
    const [begin, before] = [performance.now(), process.cpuUsage()];
    const { size } = await map.export(request);
    const [first, used] = [performance.now() - begin, process.cpuUsage(before)];
    const again = [];
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      await map.export(request);
      again.push(performance.now() - start);
    }
    const ms = median(again);
    one ??= ms;
    const megabytes = size / 1e6;
    console.log(`| ${copies} | ${megabytes.toFixed(2)} | ${first.toFixed(0)} | ${((used.user + used.system) / 1000).toFixed(0)} | ${ms.toFixed(0)} | ${(ms / megabytes).toFixed(0)} | ${(ms / one / copies).toFixed(2)} |`);
    map.close();
    exporter.close?.();
  }
}

/** One PBF to a PNG, from the start of the programs to the file: mapwright with all of `default`, and Mapnik with the few rules of benches/drawn_by_mapnik.py. */
function picture(path) {
  const seconds = (steps) => {
    const begin = process.hrtime.bigint();
    for (const [command, ...args] of steps) {
      const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
      if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.slice(-300)}`);
    }
    return Number(process.hrtime.bigint() - begin) / 1e9;
  };
  const [ours, theirs] = [[], []];
  const file = (name) => join(work, name);
  // Without its box Mapnik would draw far-away ends of long ways, and a town the size of a stamp.
  const { stdout } = spawnSync("osmium", ["fileinfo", "-g", "header.boxes", path], { encoding: "utf8" });
  const box = stdout.trim().replace(/[()]/g, "");
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(seconds([[program, "export", "-q", path, "-f", "png", "--paper", "200,200", "--dpi", String((SIDE / 200) * 25.4), "-o", file("ours.png")]]));
    rmSync(file("map.gpkg"), { force: true });
    theirs.push(seconds([
      ["ogr2ogr", "-f", "GPKG", file("map.gpkg"), path, "points", "lines", "multipolygons"],
      ["/usr/bin/python3", join(root, "benches/drawn_by_mapnik.py"), file("map.gpkg"), file("mapnik.png"), String(SIDE), box],
    ]));
  }
  console.log(`\n${basename(path)}: mapwright ${median(ours).toFixed(2)} s, ogr2ogr and Mapnik ${median(theirs).toFixed(2)} s, ${(median(theirs) / median(ours)).toFixed(1)} times as long (medians of ${ROUNDS})`);
}
