// Exports every registered format of the test extracts by the command line into $MAPWRIGHT_OUT, for the independent readers.
import { readFileSync, writeFileSync, existsSync } from "node:fs";
import { basename, join } from "node:path";
import { folder, must, program } from "./lib.mjs";

const out = process.env.MAPWRIGHT_OUT;
const extracts = JSON.parse(process.env.MAPWRIGHT_EXTRACTS);
const command = await program();
const formats = JSON.parse(await must(command, ["formats", "--json"], { quiet: true })).filter((row) => !row.alias_of);
const manifest = [];
for (const [extract, input] of Object.entries(extracts)) {
  for (const { id, extension } of formats) {
    const file = join(folder(out, extract, "native"), `${id}.${extension}`);
    const text = await must(command, ["export", input, "-f", id, "-o", file], { quiet: true });
    const notes = text.split("\n").filter((line) => line.startsWith("  note: ")).map((line) => line.slice(8));
    manifest.push({ extract, door: "native", format: id, file: join(extract, "native", basename(file)), notes });
  }
}
const path = join(out, "manifest.json");
const others = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).filter((row) => row.door !== "native") : [];
writeFileSync(path, JSON.stringify([...manifest, ...others], null, 1));
console.log(`${manifest.length} passed, 0 failed`);
