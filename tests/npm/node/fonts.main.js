import { Exporter } from "mapwright";
import { Exporter as Direct } from "mapwright/direct";
import { checkFonts } from "./fonts.js";

const [installed, folder] = process.argv.slice(2);
const list = async (Exporter) => checkFonts(Exporter, installed === "with", folder && new URL(folder));
const rows = { worker: await list(Exporter), direct: await list(Direct) };
const named = await Promise.resolve().then(() => new Direct({ fonts: "no address" })).catch((fault) => fault);
rows.direct.push({ name: "fonts that are no address", fault: named.field === "fonts" ? undefined : `got ${named}` });
console.log(JSON.stringify(rows));
