// npm run build: packs, npm package (dist/api, dist/program, dist/pkg) and page (dist/page). PACK…: these alone. --package: without the
// page. --quick: with all packs in one module that is built in a fraction of the time, runs slower and weighs more.
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { basename, join } from "node:path";
import { folder, must, newest, nodeModules, root, targetDir } from "./lib.mjs";

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
if (stale("dist/api/index.js", [...files("www/api"), ...files("www/program"), ...files("www/pkg"), lock])) {
  for (const path of ["dist/api", "dist/program", "dist/pkg"]) rmSync(join(root, path), { recursive: true, force: true });
  // A build of the other manner, quick or not, leaves its modules beside those that packs.js loads.
  const modules = Object.keys(JSON.parse(readFileSync(join(root, "www/pkg/sizes.json"), "utf8")));
  const others = readdirSync(join(root, "www/pkg")).map((name) => /^(\w+)\.stamp$/.exec(name)?.[1]).filter((id) => id && !modules.includes(id));
  const foreign = (path) => others.includes(/^(\w+?)(?:_bg\.wasm|\.js|\.d\.ts)$/.exec(basename(path))?.[1]);
  const shipped = (path) => !/\.stamp$|sizes\.json$|_bg\.wasm\.d\.ts$/.test(path) && !foreign(path);
  cpSync(join(root, "www/pkg"), folder(root, "dist/pkg"), { recursive: true, filter: shipped });
  await node("typescript/bin/tsc", "-p", "www/api");
}
if (!flags.has("--package") && stale("dist/page/index.html", [...files("www"), ...files("assets/sample"), join(root, "webpack.config.js"), lock])) {
  await node("webpack-cli/bin/cli.js", "--mode", quick ? "development" : "production");
  // webpack leaves a file alone that did not change.
  utimesSync(join(root, "dist/page/index.html"), new Date(), new Date());
}
