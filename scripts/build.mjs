// npm run build: packs, npm packages (dist/api, dist/program, dist/pkg, dist/fonts-cjk) and page (dist/page). PACK…: these alone. --package: without the
// page. --quick: with all packs in one module that is built in a fraction of the time, runs slower and weighs more.
import { existsSync, readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { must, newest, nodeModules, root, targetDir } from "./lib.mjs";

const flags = new Set(process.argv.slice(2));
const quick = flags.has("--quick");
const packs = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const node = (script, ...args) => must("node", [join("node_modules", script), ...args]);
const stale = (output, inputs) => !existsSync(join(root, output)) || newest([join(root, output)]) < newest(inputs);
const files = (path) => readdirSync(join(root, path), { recursive: true, withFileTypes: true }).filter((row) => row.isFile()).map((row) => join(row.parentPath, row.name));

await nodeModules();
if (quick) await must(join(targetDir(), "quick/xtask"), ["wasm", "--quick"]);
else if (process.env.MAPWRIGHT_BUILT) await must(join(targetDir(), "debug/xtask"), ["wasm", ...packs]);
else await must("cargo", ["xtask", "wasm", ...packs]);

const lock = join(root, "package-lock.json");
if (stale("dist/api/index.js", [...files("www/api"), ...files("www/program"), ...files("www/pkg"), ...files("packages"), join(root, "scripts/package.mjs"), lock])) {
  // Loaded where npm has brought what it needs.
  const { packages } = await import("./package.mjs");
  await packages();
}
if (!flags.has("--package") && stale("dist/page/index.html", [...files("www"), ...files("assets/sample"), join(root, "webpack.config.js"), lock])) {
  await node("webpack-cli/bin/cli.js", "--mode", quick ? "development" : "production");
  // webpack leaves a file alone that did not change.
  utimesSync(join(root, "dist/page/index.html"), new Date(), new Date());
}
