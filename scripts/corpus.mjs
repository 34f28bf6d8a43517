// What fuzzing found, one file a target: `node scripts/corpus.mjs unpack TARGET FOLDER` to go on from there,
// `node scripts/corpus.mjs pack TARGET FOLDER` to keep what is in the folder (minimise it before: libFuzzer's -merge=1).
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { root } from "./lib.mjs";

/** Inputs larger than this are not kept, bytes. */
const LARGEST = 4096;

const [verb, target, folder] = process.argv.slice(2);
const file = join(root, `tests/data/fuzz/${target}.gz`);

if (verb === "pack" && folder) {
  const inputs = readdirSync(folder).map((name) => readFileSync(join(folder, name))).filter(({ length }) => length > 0 && length <= LARGEST);
  inputs.sort((a, b) => a.length - b.length || Buffer.compare(a, b));
  // Each after its length in four bytes, the lowest first.
  const length = (bytes) => {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(bytes.length);
    return head;
  };
  const parts = inputs.flatMap((bytes) => [length(bytes), bytes]);
  writeFileSync(file, gzipSync(Buffer.concat(parts), { level: 9 }));
  console.log(`${file}: ${inputs.length} inputs`);
} else if (verb === "unpack" && folder) {
  mkdirSync(folder, { recursive: true });
  const all = gunzipSync(readFileSync(file));
  for (let at = 0, row = 0; at < all.length; row++) {
    const end = at + 4 + all.readUInt32LE(at);
    writeFileSync(join(folder, `${target}-${row}`), all.subarray(at + 4, end));
    at = end;
  }
} else {
  console.error("expected: node scripts/corpus.mjs pack|unpack TARGET FOLDER");
  process.exit(2);
}
