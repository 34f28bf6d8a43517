// npm test: sets up what is missing, then every check there is; closes with a table of minutes and one line of counts.
// npm test -- FORMAT…: what belongs to the families of these formats alone, for a look while working on them.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DEBIAN, debian, folder, must, nodeModules, python, root, run, rust, targetDir } from "./lib.mjs";
import { EXTRACTS } from "./extracts.mjs";
import { postgres } from "./postgres.mjs";
import { runSteps, summary } from "./steps.mjs";

/** Steps side by side: most of them keep one processor busy, or wait. */
const LANES = 2;
const asked = process.argv.slice(2);
const out = join(targetDir(), "mapwright-out");
const program = join(targetDir(), "debug/mapwright");
const venv = join(root, ".venv/bin/python");

/** Formats of the families that were asked for, and their packs; nothing, where all are wanted. */
const chosen = (() => {
  if (asked.length === 0) return undefined;
  const [, list] = readFileSync(join(root, "www/api/catalogue.ts"), "utf8").match(/ formats: .*? = \[\n(.*?),?\n\];/s);
  const rows = JSON.parse(`[${list}]`);
  const named = asked.map((id) => rows.find((row) => row.id === id) ?? fail(`npm test: ${id} is no format; there are ${rows.map((row) => row.id).join(", ")}`));
  const own = rows.filter((row) => !row.alias_of && named.some(({ family }) => family === row.family));
  return { formats: own.map((row) => row.id), packs: [...new Set(own.map((row) => row.pack))] };
})();

function fail(text) {
  console.error(text);
  process.exit(2);
}

const env = { MAPWRIGHT_OUT: out, MAPWRIGHT_EXTRACTS: JSON.stringify(EXTRACTS), MAPWRIGHT_PROGRAM: program, MAPWRIGHT_BUILT: program, MAPWRIGHT_FORMATS: chosen?.formats.join(",") ?? "" };
const cargo = (...args) => () => run("cargo", args);
const node = (...args) => () => run("node", args, { env });
const pytest = (path, more = {}, ...args) => () => run(venv, ["-m", "pytest", "-q", ...args, path], { env: { ...env, ...more } });

async function setUp() {
  await rust();
  // Of all platforms: what deny.toml allows is judged without a network.
  await must("cargo", ["fetch", "--locked"]);
  await nodeModules();
  await debian(Object.keys(DEBIAN.readers));
  await python("tests/readers/requirements.txt", "tests/cluster/requirements.txt");
  rmSync(out, { recursive: true, force: true });
  folder(out);
  return { code: 0, text: "" };
}

/** Programs and tests in one go: apart, the crates below them would be compiled twice, with other features. */
async function build() {
  await must("cargo", ["build", "--workspace", "--bins", "--tests"]);
  return run(join(targetDir(), "debug/xtask"), ["fonts"]);
}

/** What servers promise, once more with a PostgreSQL of its own. */
async function onPostgres() {
  const database = await postgres();
  const answer = await run("cargo", ["test", "--workspace", "--no-fail-fast", "--", "server::"], { env: { MAPWRIGHT_TEST_DATABASE: database.address } });
  await database.end();
  return answer;
}

async function formatted() {
  const { text } = await run("git", ["ls-files", "*.rs"], { quiet: true });
  return run("rustfmt", ["--edition", "2024", "--check", ...text.trim().split("\n")]);
}

const keywords = chosen ? ["-k", chosen.formats.flatMap((id) => [`native-${id}-`, `wasm-${id}-`, `[${id}]`]).join(" or ")] : [];
// All programs of tests, filtered: one of them alone would be compiled anew, with other features.
const tests = chosen ? ["--", "format", "golden"] : [];
const whole = [
  { title: "set-up", vital: true, work: setUp },
  { title: "build", needs: ["set-up"], vital: true, work: build },
  { title: "formatting", work: formatted },
  { title: "wasm packs and page", needs: ["build"], work: node("scripts/build.mjs", ...(chosen ? ["--package", ...chosen.packs] : [])) },
  { title: "clippy", needs: ["build"], work: cargo("clippy", "--workspace", "--all-targets", "--", "-D", "warnings") },
  { title: "Rust tests", needs: ["clippy"], work: cargo("test", "--workspace", "--no-fail-fast", ...tests) },
  { title: "Rust tests of servers on PostgreSQL", needs: ["Rust tests"], work: onPostgres },
  { title: "several servers", needs: ["Rust tests"], work: node("tests/cluster/run.mjs", "--short") },
  { title: "catalogue", needs: ["Rust tests"], work: () => run(join(targetDir(), "debug/xtask"), ["catalogue", "--check"]) },
  // The Rust tests hold deny.toml already; the real program looks closer, where it is installed.
  ...(spawnSync("cargo", ["deny", "--version"]).status === 0 ? [{ title: "cargo deny", needs: ["set-up"], work: cargo("deny", "check", "licenses", "bans", "sources") }] : []),
  { title: "export by the command line", needs: ["Rust tests"], work: node("scripts/export.mjs") },
  { title: "page in Chromium", needs: ["wasm packs and page"], work: node("tests/browser/run.mjs") },
  { title: "export by wasm in Node", needs: ["wasm packs and page", "export by the command line"], work: node("tests/npm/export.mjs") },
  { title: "native versus wasm", needs: ["export by wasm in Node"], work: node("tests/npm/compare.mjs") },
  { title: "independent readers", needs: ["export by wasm in Node"], work: pytest("tests/readers", {}, "-n", "2", "--dist", "worksteal", "--durations=20", ...keywords) },
  { title: "Khronos glTF validator", needs: ["export by wasm in Node"], work: node("tests/readers/gltf.mjs") },
  { title: "workflow files", needs: ["set-up"], work: node("tests/workflows.mjs") },
  { title: "TypeScript", needs: ["wasm packs and page"], work: node("node_modules/typescript/bin/tsc", "--noEmit") },
  { title: "clients of the server", needs: ["Rust tests"], work: node("tests/server/examples.mjs") },
  { title: "clients made by generators", needs: ["Rust tests"], work: node("tests/server/generated.mjs") },
  { title: "contract of the server", needs: ["Rust tests"], work: pytest("tests/server/contract.py") },
  { title: "Python client of the server", needs: ["Rust tests"], work: pytest("tests/server") },
  { title: "npm package on a server", needs: ["Rust tests"], work: node("tests/server/remote.mjs") },
  { title: "command line of the npm package", needs: ["wasm packs and page", "Rust tests"], work: node("tests/npm/program.mjs") },
  { title: "npm consumers", needs: ["wasm packs and page"], work: node("tests/npm/run.mjs") },
];
/** What belongs to a format. */
const OWN = ["set-up", "build", "formatting", "clippy", "Rust tests", "catalogue", "wasm packs and page", "export by the command line", "export by wasm in Node", "native versus wasm", "independent readers"];

const steps = chosen ? whole.filter(({ title }) => OWN.includes(title)) : whole;
process.exit(summary(await runSteps(steps, LANES)) ? 1 : 0);
