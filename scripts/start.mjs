// npm start: sets up what is missing, builds page and server quickly, and serves them on http://127.0.0.1:8080.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { must, nodeModules, root, rust, targetDir } from "./lib.mjs";

const FIRST = `npm start: the first time everything is compiled, the server, then the engine as WebAssembly, then the page: about
eight minutes on two processors. Later only what changed is. What is shipped, smaller and faster, is made by
npm run build and cargo build --release.
`;

try {
  if (!existsSync(join(targetDir(), "quick/mapwright"))) console.log(FIRST);
  await rust();
  await Promise.all([nodeModules(), must("cargo", ["build", "--profile", "quick", "--workspace", "--bins"])]);
  await must("node", ["scripts/build.mjs", "--quick"]);
} catch (fault) {
  console.error(`npm start: ${fault.message}`);
  process.exit(1);
}
const server = spawn(join(targetDir(), "quick/mapwright"), ["serve", ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
server.on("exit", (code) => process.exit(code ?? 0));
