import { readFileSync } from "node:fs";
import { Exporter } from "mapwright";
import { Exporter as Direct } from "mapwright/direct";
import { check } from "./checks.js";

const bytes = new Uint8Array(readFileSync("sample.osm.pbf"));
const rows = { worker: await check(Exporter, bytes, false), direct: await check(Direct, bytes, true) };
console.log(JSON.stringify(rows));
