// One conversion by one library, for benches/peers.mjs: node peer.mjs <library> <input> <output> <folder of peers> [format].
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../scripts/lib.mjs";

const [, , name, input, output, peers, format] = process.argv;
const require = createRequire(join(peers, "package.json"));

/** Loads a library; the function it gives turns bytes into GeoJSON text or bytes. */
const LIBRARIES = {
  async mapwright() {
    const { Exporter } = await import(pathToFileURL(join(process.env.MAPWRIGHT_DIST ?? join(root, "dist"), "api/direct.js")).href);
    const exporter = new Exporter();
    // The module is loaded before the clock starts, as those of the others are.
    const asked = { format: format || "geojson" };
    await exporter.export('{"elements": [{"type": "node", "id": 1, "lat": 1, "lon": 1}]}', asked);
    return async (bytes) => (await exporter.export(bytes, asked)).arrayBuffer();
  },
  async osmtogeojson() {
    const convert = require("osmtogeojson");
    return (bytes) => JSON.stringify(convert(JSON.parse(bytes.toString())));
  },
  async "osm2geojson-lite"() {
    const convert = require("osm2geojson-lite");
    return (bytes) => JSON.stringify((convert.default ?? convert)(JSON.parse(bytes.toString()), { completeFeature: true }));
  },
  async "gdal3.js"() {
    const start = require("gdal3.js/node");
    const data = join(dirname(require.resolve("gdal3.js/node")), "dist/package");
    const gdal = await start({ path: relative(process.cwd(), data), dest: dirname(output), useWorker: false });
    return async () => {
      if (format) {
        const { datasets } = await gdal.open(input);
        const config = ["--config", "OSM_CONFIG_FILE", join(root, "benches/osmconf.ini")];
        const made = await gdal.ogr2ogr(datasets[0], ["-f", format, "points", "lines", "multilinestrings", "multipolygons", "other_relations", ...config], "out");
        return readFileSync(made.real ?? made.local);
      }
      let text = "";
      for (const layer of ["points", "lines", "multipolygons"]) {
        const { datasets } = await gdal.open(input);
        const made = await gdal.ogr2ogr(datasets[0], ["-f", "GeoJSON", layer], `${basename(input)}-${layer}`);
        text = readFileSync(made.real ?? made.local);
      }
      return text;
    };
  },
};

const convert = await LIBRARIES[name]();
const bytes = readFileSync(input);
// The first conversion is what somebody waits for who opens one file; the third is that of a program at work.
let result;
const times = [];
const processors = [];
for (let round = 0; round < 3; round++) {
  const [begin, before] = [performance.now(), process.cpuUsage()];
  result = await convert(bytes);
  const { user, system } = process.cpuUsage(before);
  times.push(performance.now() - begin);
  processors.push((user + system) / 1000);
}
writeFileSync(output, Buffer.from(result));
console.log(JSON.stringify({ ms: times[0], cpu: processors[0], again: times[2], memory: process.resourceUsage().maxRSS / 1024 }));
process.exit(0);
