// npm start: sets up what is missing, builds packs, page and server, and serves them on http://127.0.0.1:8080.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { must, nodeModules, root, rust, targetDir } from "./lib.mjs";

try {
  await rust();
  await nodeModules();
  await must("node", ["scripts/build.mjs"]);
  await must("cargo", ["build", "--release", "--bin", "mapwright"]);
} catch (fault) {
  console.error(`npm start: ${fault.message}`);
  process.exit(1);
}
const server = spawn(join(targetDir(), "release/mapwright"), ["serve", ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
server.on("exit", (code) => process.exit(code ?? 0));
