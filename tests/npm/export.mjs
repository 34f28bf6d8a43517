// Exports every registered format of the test extracts by the npm package in Node, as scripts/export.mjs does by the command line.
// Reads MAPWRIGHT_OUT (folder) and MAPWRIGHT_EXTRACTS (JSON: name → file), or: export.mjs FOLDER FILE…
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Exporter } from "mapwright/direct";
import { folder } from "../../scripts/lib.mjs";

const [out = process.env.MAPWRIGHT_OUT, ...paths] = process.argv.slice(2);
const extracts = paths.length
  ? Object.fromEntries(paths.map((path) => [basename(path).split(".")[0], path]))
  : JSON.parse(process.env.MAPWRIGHT_EXTRACTS);
const exporter = new Exporter({ fonts: new URL("../../dist/fonts-cjk/fonts/", import.meta.url) });
/** These alone, where some are named: a build may hold the packs of no others. */
const chosen = process.env.MAPWRIGHT_FORMATS?.split(",").filter(Boolean) ?? [];
const manifest = [];
let failed = 0;
for (const [extract, input] of Object.entries(extracts)) {
  const map = await exporter.open(readFileSync(input));
  for (const { id, extension, alias_of } of exporter.formats) {
    if (alias_of || (chosen.length && !chosen.includes(id))) continue;
    try {
      const { blob, notes } = await map.export({ format: id });
      const file = join(extract, "wasm", `${id}.${extension}`);
      folder(out, extract, "wasm");
      writeFileSync(join(out, file), new Uint8Array(await blob.arrayBuffer()));
      manifest.push({ extract, door: "wasm", format: id, file, notes: notes.map((note) => note.message) });
    } catch (fault) {
      failed += 1;
      console.log(`not ok ${extract} ${id}: ${fault.message}`);
    }
  }
  map.close();
}
const path = join(out, "manifest.json");
const others = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).filter((row) => row.door !== "wasm") : [];
writeFileSync(path, JSON.stringify([...others, ...manifest], null, 1));
console.log(`${manifest.length} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
