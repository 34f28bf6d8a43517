// Programs that are not ours look at the saved files; and a server that plays recordings back to programs.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recorded, root } from "./site.mjs";

/** A new folder. */
export const scratch = () => mkdtempSync(join(tmpdir(), "mapwright-browser-"));

/** Writes a saved file and returns its path. */
export function put({ name, bytes }, folder = scratch()) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Runs a program and returns what it prints; whatever fails is a failure. */
export function run(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1e9, ...options });
  assert.equal(status, 0, `${program} ${args.join(" ")}: ${error ?? ""} ${stdout} ${stderr}`);
  return stdout;
}

/** Python with the packages of tests/readers. */
export function interpreter() {
  const own = join(root, ".venv/bin/python");
  return process.env.MAPWRIGHT_PYTHON ?? (existsSync(own) ? own : "python3");
}

/** Runs a few lines of Python; `path` is the file. They print JSON. */
export function python(lines, path) {
  return JSON.parse(run(interpreter(), ["-c", `import json, sys\npath = sys.argv[1]\n${lines}`, path]));
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
