// npm run build: packs, npm package (dist/api, dist/pkg) and page (dist/page). --package: without the page. --dev: quickly.
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { folder, must, newest, nodeModules, root } from "./lib.mjs";

const flags = new Set(process.argv.slice(2));
const node = (script, ...args) => must("node", [join("node_modules", script), ...args]);
const files = (path) => readdirSync(join(root, path), { recursive: true, withFileTypes: true }).filter((row) => row.isFile()).map((row) => join(row.parentPath, row.name));

await nodeModules();
await must("cargo", ["xtask", "wasm", ...(flags.has("--dev") ? ["--dev"] : [])]);

rmSync(join(root, "dist/api"), { recursive: true, force: true });
await node("typescript/bin/tsc", "-p", "www/api");
rmSync(join(root, "dist/pkg"), { recursive: true, force: true });
const shipped = (path) => !/\.stamp$|sizes\.json$|_bg\.wasm\.d\.ts$/.test(path);
cpSync(join(root, "www/pkg"), folder(root, "dist/pkg"), { recursive: true, filter: shipped });

if (!flags.has("--package")) {
  const inputs = ["www", "assets/sample"].flatMap(files).concat(["webpack.config.js", "package-lock.json"].map((path) => join(root, path)));
  const page = join(root, "dist/page/index.html");
  if (!existsSync(page) || newest([page]) < newest(inputs)) await node("webpack-cli/bin/cli.js", "--mode", flags.has("--dev") ? "development" : "production");
}
