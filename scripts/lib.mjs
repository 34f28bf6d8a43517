// What the scripts share: running programs and setting up a machine.
import { AsyncLocalStorage } from "node:async_hooks";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where what programs print is shown: standard output, unless it is kept together with more of the same step. */
export const voice = new AsyncLocalStorage();

/** Runs a program in the project's root, shows what it prints and returns {code, text}. */
export function run(command, args, { env = {}, quiet = false, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const shown = voice.getStore() ?? process.stdout;
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (part) => {
        text += part;
        if (!quiet) shown.write(part);
      });
    }
    child.on("error", (fault) => resolve({ code: 127, text: `${text}${command}: ${fault.message}\n` }));
    child.on("close", (code) => resolve({ code: code ?? 1, text }));
  });
}

/** Runs a program that must succeed. */
export async function must(command, args, options) {
  const { code, text } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}${options?.quiet ? `\n${text}` : ""}`);
  return text;
}

/** True where a program is on the path, or a file is there. */
export const has = (program) => existsSync(program) || spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

/** Where cargo puts its output. */
export function targetDir() {
  const meta = spawnSync("cargo", ["metadata", "--format-version=1", "--no-deps", "--offline"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
  return meta.status === 0 ? JSON.parse(meta.stdout).target_directory : (process.env.CARGO_TARGET_DIR ?? join(root, "target"));
}

/** The program of the debug build: that of a run which has just built it with its tests, else built now. */
export async function program() {
  if (process.env.MAPWRIGHT_BUILT) return process.env.MAPWRIGHT_BUILT;
  await must("cargo", ["build", "--workspace", "--bin", "mapwright"]);
  return join(targetDir(), "debug/mapwright");
}

/** npm packages as the lock file has them. */
export async function nodeModules() {
  const stamp = join(root, "node_modules/.mapwright-lock");
  const lock = createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  await must("npm", ["ci", "--no-audit", "--no-fund"]);
  writeFileSync(stamp, lock);
}

/** The Rust toolchain of rust-toolchain.toml with its wasm target. */
export async function rust() {
  if (!has("cargo")) throw new Error("Rust is missing; install it with rustup (https://rustup.rs) and run this again");
  const sysroot = (await must("rustc", ["--print", "sysroot"], { quiet: true })).trim().split("\n").at(-1);
  if (existsSync(join(sysroot, "lib/rustlib/wasm32-unknown-unknown"))) return;
  await must("rustup", ["target", "add", "wasm32-unknown-unknown"]);
}

/** Programs that come with Debian, each with its package: what `npm test` needs, what the large readers are, what is compared with. */
export const DEBIAN = JSON.parse(readFileSync(join(root, "scripts/debian.json"), "utf8"));

/** Programs of that list; installed where this user may, else one command is named. */
export async function debian(programs) {
  const packages = Object.assign({}, ...Object.values(DEBIAN));
  const unknown = programs.filter((program) => !packages[program]);
  if (unknown.length) throw new Error(`scripts/debian.json has no package for ${unknown.join(", ")}`);
  const missing = [...new Set(programs.filter((program) => !has(program)).map((program) => packages[program]))];
  if (missing.length === 0) return;
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const command = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (!has("apt-get")) throw new Error(`missing programs; on Debian: sudo ${command}`);
  const apt = (args) => run([...sudo, "apt-get"][0], [...sudo, "apt-get", ...args].slice(1), { env: { DEBIAN_FRONTEND: "noninteractive" }, quiet: true });
  await apt(["update"]);
  const { code, text } = await apt(["install", "-y", "--no-install-recommends", ...missing]);
  if (code !== 0) throw new Error(`could not install ${missing.join(", ")}; run: sudo ${command}\n${text.slice(-2000)}`);
}

/** A Python environment with the packages of requirements files; returns its python. */
export async function python(...requirements) {
  const venv = join(root, ".venv");
  const stamp = join(venv, "mapwright-requirements");
  const interpreter = join(venv, "bin/python");
  const wanted = requirements.map((file) => readFileSync(join(root, file), "utf8")).join("");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return interpreter;
  if (!existsSync(interpreter)) await must("python3", ["-m", "venv", venv]);
  await must(interpreter, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...requirements.flatMap((file) => ["-r", file])]);
  writeFileSync(stamp, wanted);
  return interpreter;
}

/** Makes a folder and returns its path. */
export function folder(...parts) {
  const path = join(...parts);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Newest change among files. */
export const newest = (paths) => Math.max(0, ...paths.filter(existsSync).map((path) => statSync(path).mtimeMs));
