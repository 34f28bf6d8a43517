// npm test: sets up what is missing, then every check there is; closes with one line of counts.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DEBIAN, debian, folder, must, nodeModules, python, root, run, rust, targetDir } from "./lib.mjs";
import { EXTRACTS } from "./extracts.mjs";

const rows = [];

/** Runs a step; `work` returns {code, text}. Counts come from what test programs print, else the step is one. */
async function step(title, work) {
  console.log(`\n== ${title}`);
  const start = process.hrtime.bigint();
  let result;
  try {
    result = await work();
  } catch (fault) {
    console.log(fault.message);
    result = { code: 1, text: "" };
  }
  let [passed, failed] = counts(result.text);
  if (result.code !== 0 && failed === 0) failed = 1;
  if (result.code === 0 && passed + failed === 0) passed = 1;
  rows.push({ title, passed, failed, seconds: Number(process.hrtime.bigint() - start) / 1e9 });
  return failed === 0;
}

/** Sums "N passed" and "N failed" of cargo, pytest and our own runners. */
function counts(text) {
  const sum = (word) => [...text.matchAll(new RegExp(`\\b(\\d+) ${word}\\b`, "g"))].reduce((all, hit) => all + Number(hit[1]), 0);
  return [sum("passed"), sum("failed")];
}

const cargo = (...args) => run("cargo", args);

const ready = await step("set-up", async () => {
  await rust();
  // Of all platforms: what deny.toml allows is judged without a network.
  await must("cargo", ["fetch", "--locked"]);
  await nodeModules();
  await debian(Object.keys(DEBIAN.readers));
  await python("tests/readers/requirements.txt");
  await must("cargo", ["xtask", "fonts"]);
  return { code: 0, text: "" };
});
if (ready) {
  const out = folder(targetDir(), "mapwright-out");
  rmSync(out, { recursive: true, force: true });
  const env = { MAPWRIGHT_OUT: folder(out), MAPWRIGHT_EXTRACTS: JSON.stringify(EXTRACTS), MAPWRIGHT_PROGRAM: join(targetDir(), "debug/mapwright") };
  // The tests build the program; another build beside them would make its dependencies again, with other features.
  env.MAPWRIGHT_BUILT = env.MAPWRIGHT_PROGRAM;
  await step("formatting", async () => {
    const { text } = await run("git", ["ls-files", "*.rs"], { quiet: true });
    return run("rustfmt", ["--edition", "2024", "--check", ...text.trim().split("\n")]);
  });
  await step("clippy", () => cargo("clippy", "--workspace", "--all-targets", "--", "-D", "warnings"));
  await step("Rust tests", () => cargo("test", "--workspace"));
  // The Rust tests hold deny.toml already; the real program looks closer, where it is installed.
  if (spawnSync("cargo", ["deny", "--version"]).status === 0) await step("cargo deny", () => cargo("deny", "check", "licenses", "bans", "sources"));
  await step("catalogue", () => cargo("xtask", "catalogue", "--check"));
  await step("wasm packs and page", () => run("node", ["scripts/build.mjs"]));
  await step("TypeScript", () => run("node", ["node_modules/typescript/bin/tsc", "--noEmit"]));
  await step("export by the command line", () => run("node", ["scripts/export.mjs"], { env }));
  await step("export by wasm in Node", () => run("node", ["tests/npm/export.mjs"], { env }));
  await step("native versus wasm", () => run("node", ["tests/npm/compare.mjs"], { env }));
  await step("independent readers", () => run(join(root, ".venv/bin/python"), ["-m", "pytest", "-q", "tests/readers"], { env }));
  await step("Khronos glTF validator", () => run("node", ["tests/readers/gltf.mjs"], { env }));
  await step("clients of the server", () => run("node", ["tests/server/examples.mjs"], { env }));
  await step("clients made by generators", () => run("node", ["tests/server/generated.mjs"], { env }));
  await step("contract of the server", () => run(join(root, ".venv/bin/python"), ["-m", "pytest", "-q", "tests/server/contract.py"], { env: { MAPWRIGHT_TARGET: targetDir() } }));
  await step("npm consumers", () => run("node", ["tests/npm/run.mjs"], { env }));
  await step("page in Chromium", () => run("node", ["tests/browser/run.mjs"], { env }));
}

console.log("\n== summary");
for (const { title, passed, failed, seconds } of rows) {
  console.log(`${failed ? "FAILED" : "ok    "} ${title.padEnd(28)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(1).padStart(8)} s`);
}
const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
console.log(`${total("passed")} passed, ${total("failed")} failed`);
process.exit(total("failed") ? 1 : 0);
