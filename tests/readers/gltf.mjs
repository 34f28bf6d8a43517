// The Khronos glTF validator on every GLB in $MAPWRIGHT_OUT: no errors, no warnings.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { validateBytes } from "gltf-validator";

const [out = process.env.MAPWRIGHT_OUT] = process.argv.slice(2);
const rows = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")).filter((row) => row.format === "glb");
let failed = 0;
for (const { extract, door, file } of rows) {
  const { issues } = await validateBytes(new Uint8Array(readFileSync(join(out, file))), { maxIssues: 10 });
  const bad = issues.numErrors + issues.numWarnings;
  if (bad) failed += 1;
  console.log(`${bad ? "not ok" : "ok"} ${extract} ${door}: ${issues.numErrors} errors, ${issues.numWarnings} warnings, ${issues.numInfos} remarks`);
  for (const { code, message, pointer } of bad ? issues.messages : []) console.log(`  ${code} ${pointer}: ${message}`);
}
if (!rows.length) {
  failed = 1;
  console.log("not ok: there is no GLB");
}
console.log(`${rows.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
