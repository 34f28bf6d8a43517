// Exports every registered format of the test extracts by the command line into $MAPWRIGHT_OUT, for the independent readers.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { folder, must, program } from "./lib.mjs";

/** Formats that one run makes, so that an extract is read once for all of them: no request names more. */
const TOGETHER = 5;

const out = process.env.MAPWRIGHT_OUT;
const extracts = JSON.parse(process.env.MAPWRIGHT_EXTRACTS);
const command = await program();
const formats = JSON.parse(await must(command, ["formats", "--json"], { quiet: true })).filter((row) => !row.alias_of);
const manifest = [];
for (const [extract, input] of Object.entries(extracts)) {
  const place = folder(out, extract, "native");
  for (let first = 0; first < formats.length; first += TOGETHER) {
    const some = formats.slice(first, first + TOGETHER);
    const text = await must(command, ["export", input, ...some.flatMap(({ id }) => ["-f", id]), "-o", `${place}/`], { quiet: true });
    // A line for each file, with its notes below, in the order that was asked for; then what several files share.
    const files = text.split(/^(?=\S.*: \d+ bytes$)/m).filter((part) => / bytes$/m.test(part));
    if (files.length !== some.length) throw new Error(`${extract}: ${files.length} files of ${some.length} formats\n${text}`);
    const shared = [...text.matchAll(/^note for (all files|.+?): (.*)$/gm)].map(([, whose, note]) => ({ whose: whose.split(", "), note }));
    for (const [row, { id, extension }] of some.entries()) {
      const [line, ...rest] = files[row].split("\n");
      const file = join(extract, "native", `${id}.${extension}`);
      const made = line.replace(/: \d+ bytes$/, "");
      renameSync(made, join(out, file));
      const own = rest.filter((line) => line.startsWith("  note: ")).map((line) => line.slice(8));
      const others = shared.filter(({ whose }) => whose.includes("all files") || whose.includes(basename(made))).map(({ note }) => note);
      manifest.push({ extract, door: "native", format: id, file, notes: [...own, ...others] });
    }
  }
}
const path = join(out, "manifest.json");
const others = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).filter((row) => row.door !== "native") : [];
writeFileSync(path, JSON.stringify([...manifest, ...others], null, 1));
console.log(`${manifest.length} passed, 0 failed`);
