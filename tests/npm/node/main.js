import { readFileSync } from "node:fs";
import { Exporter } from "mapwright";
import { Exporter as Direct } from "mapwright/direct";
import { Exporter as Remote } from "mapwright/remote";
import { check } from "./checks.js";

const bytes = new Uint8Array(readFileSync("sample.osm.pbf"));
const rows = { worker: await check(Exporter, bytes, false), direct: await check(Direct, bytes, true), memory: [await broken()], remote: [await far()] };
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

/** What a server does is tested beside it; here it is that the module is in the package and knows its limits. */
async function far() {
  const name = "a server is asked for nothing that needs an engine here";
  const { code } = await new Remote("http://127.0.0.1:1").export(bytes, { format: "svg" }).catch((fault) => fault);
  return code === "local_only" ? { name } : { name, fault: `expected the error local_only, got ${code}` };
}
