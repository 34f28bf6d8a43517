import { readFileSync } from "node:fs";
import { Exporter } from "mapwright";
import { Exporter as Direct } from "mapwright/direct";
import { check } from "./checks.js";

const bytes = new Uint8Array(readFileSync("sample.osm.pbf"));
const rows = { worker: await check(Exporter, bytes, false), direct: await check(Direct, bytes, true), memory: [await broken()] };
console.log(JSON.stringify(rows));

/** Spoils the memory of a pack, so that its WebAssembly traps: that call fails, and the next one has a fresh engine. */
async function broken() {
  const name = "an engine that broke down is replaced, and open maps are read again";
  const exporter = new Direct();
  const map = await exporter.open(bytes);
  const before = await map.export({ format: "geojson" });
  const core = await import("./node_modules/mapwright/dist/pkg/core.js");
  const { memory } = await core.default();
  new Uint8Array(memory.buffer).fill(255);
  const fault = await map.export({ format: "geojson" }).catch((thrown) => thrown);
  if (fault.code !== "internal") return { name, fault: `expected the error internal, got ${fault.code}` };
  const after = await map.export({ format: "geojson" });
  map.close();
  return (await after.blob.text()) === (await before.blob.text()) ? { name } : { name, fault: "the files differ" };
}
