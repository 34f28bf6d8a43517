import { Exporter } from "mapwright";
import { Exporter as Direct } from "mapwright/direct";
import { check } from "./checks.js";
import { checkFonts } from "./fonts.js";

const sample = async () => new Uint8Array(await (await fetch("sample.osm.pbf")).arrayBuffer());
globalThis.checkWorker = async () => check(Exporter, await sample(), false);
globalThis.checkDirect = async () => check(Direct, await sample(), true);
globalThis.checkFonts = async (installed) => [...(await checkFonts(Exporter, installed)), ...(await checkFonts(Direct, installed))];
