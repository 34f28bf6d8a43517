// Bundled for a server: worker and calling thread find packs and fonts.
import { readFileSync } from "node:fs";
import { Exporter } from "mapwright";
import { Exporter as Direct } from "mapwright/direct";

const bytes = new Uint8Array(readFileSync("sample.osm.pbf"));
const rows = [];
for (const [name, Kind] of Object.entries({ worker: Exporter, direct: Direct })) {
  const exporter = new Kind();
  const fault = await exporter.export(bytes, { formats: ["svg", "geojson"] }).then(
    (files) => (files.every(({ size }) => size > 1e5) ? undefined : files.map(({ size }) => `${size} bytes`).join()),
    (fault) => `${fault.code}: ${fault.message}`,
  );
  rows.push({ name, fault });
  exporter.close();
}
console.log(JSON.stringify(rows));
