// Programs that are not ours look at the saved files; and a server that plays recordings back to programs.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { free } from "../server/serve.mjs";
import { until } from "./check.mjs";
import { recorded, root } from "./site.mjs";

/** A new folder. */
export const scratch = () => mkdtempSync(join(tmpdir(), "mapwright-browser-"));

/** Writes a saved file and returns its path. */
export function put({ name, bytes }, folder = scratch()) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/**
 * Runs a program and gives what it prints; whatever fails is a failure. This process goes on meanwhile: it plays the hosts of the
 * check beside this one, whose time runs.
 */
export async function run(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"]) child[stream].setEncoding("utf8").on("data", (part) => (said[stream] += part));
  const status = await new Promise((resolve) => child.on("error", resolve).on("close", resolve));
  assert.equal(status, 0, `${program} ${args.join(" ")}: ${status} ${said.stdout} ${said.stderr}`);
  return said.stdout;
}

/** Python with the packages of tests/readers. */
export function interpreter() {
  const own = join(root, ".venv/bin/python");
  return process.env.MAPWRIGHT_PYTHON ?? (existsSync(own) ? own : "python3");
}

/** Runs a few lines of Python; `path` is the file. They print JSON. */
export async function python(lines, path) {
  return JSON.parse(await run(interpreter(), ["-c", `import json, sys\npath = sys.argv[1]\n${lines}`, path]));
}

/** An Overpass server for programs: plays one recording. */
export async function overpass(name) {
  const asked = [];
  const server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      asked.push(Buffer.concat(parts).toString());
      const { status, headers, body } = recorded(name);
      response.writeHead(status, headers).end(body);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/api/interpreter`, asked, end: () => (server.close(), server.closeAllConnections()) };
}

/** The command line program: that of the run, or what cargo built. */
export function binary() {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const found = [process.env.MAPWRIGHT_BINARY, process.env.MAPWRIGHT_PROGRAM, process.env.MAPWRIGHT_BUILT, join(target, "debug/mapwright"), join(target, "release/mapwright"), join(process.env.HOME ?? "", ".cache/mapwright/target/debug/mapwright")].find((path) => path && existsSync(path));
  assert.ok(found, "the command line program is missing: cargo build");
  return found;
}

/** Starts our server with a page's checks in mind; on another port, where somebody took the free one meanwhile. `env` gets its address. */
export async function server(args, env = () => ({})) {
  for (let tries = 5; ; tries -= 1) {
    const url = `http://127.0.0.1:${await free()}`;
    const child = spawn(binary(), ["serve", "--listen", new URL(url).host, ...args], { cwd: root, env: { ...process.env, ...env(url) }, stdio: ["ignore", "pipe", "pipe"] });
    // Also where a check failed before its end.
    const kill = () => child.kill("SIGTERM");
    process.on("exit", kill);
    const gone = new Promise((resolve) => child.on("exit", resolve)).then(() => process.off("exit", kill));
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (part) => (said += part));
    await until(() => child.exitCode !== null || said.includes("mapwright serves"), true, "server");
    if (child.exitCode === null) return { url, said, end: () => (kill(), gone) };
    assert.ok(tries > 0 && /in use/i.test(said), said);
  }
}
