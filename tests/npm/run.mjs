// The packed packages in three consumers: webpack and Vite in Chromium, and Node. Prints a line for each check.
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { must, root, run } from "../../scripts/lib.mjs";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".ttf": "font/ttf" };
/** A strict page: no eval, no blob workers, nothing from elsewhere. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";
/** All that may be in the package. */
const SHIPPED = /^(package\.json|README\.md|CHANGELOG\.md|THIRD_PARTY\.md|LICENSE(-MIT|-APACHE)?|dist\/(api|program)\/\w+\.(js|d\.ts)|dist\/pkg\/(packs|core|drawing|print|pictures|cad|solid|dataset)(\.js|_bg\.wasm)|dist\/pkg\/fonts\/(?!noto-sans-(jp|kr|sc|tc)\b)[\w.-]+)$/;
const SHIPPED_FONTS = /^(package\.json|README\.md|index\.js|noto-sans-\w\w\.js|fonts\/(OFL\.txt|noto-sans-\w\w(-\d+\.woff|\.json)))$/;
/** What the packages may weigh, bytes, and how many files they may be. The modules of WebAssembly alone are 9.9 MB in gzip. */
const MOST = { mapwright: [12e6, 90], "mapwright-fonts-cjk": [16e6, 450] };

const counts = { passed: 0, failed: 0 };
function tell(name, fault) {
  counts[fault === undefined ? "passed" : "failed"] += 1;
  console.log(fault === undefined ? `ok ${name}` : `not ok ${name}: ${fault}`);
}
const tellAll = (where, rows) => rows.forEach(({ name, fault }) => tell(`${where}: ${name}`, fault));
async function step(name, work) {
  try {
    await work();
    return true;
  } catch (fault) {
    tell(name, fault.message);
    return false;
  }
}
const tool = (script) => join(root, "node_modules", script);
const quiet = { quiet: true };

const work = mkdtempSync(join(tmpdir(), "mapwright-npm-"));
const consumer = (name) => join(work, name);

/** A consumer of its own with the packed package in it. */
async function install(name, tarball) {
  cpSync(join(root, "tests/npm", name), consumer(name), { recursive: true });
  for (const shared of ["checks.js", "fonts.js"]) cpSync(join(root, "tests/npm", shared), join(consumer(name), shared));
  await add(name, tarball);
}

const add = (name, tarball) => must("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: consumer(name), quiet: true });

/** Files of a tarball. */
async function names(tarball) {
  const { text } = await run("tar", ["-tzf", tarball], quiet);
  return text.trim().split("\n").map((line) => line.replace(/^package\//, ""));
}

function weigh(name, tarball, { length }) {
  const { size } = statSync(tarball);
  const [bytes, files] = MOST[name];
  tell(`${name} is ${(size / 1e6).toFixed(1)} MB in ${length} files`, size <= bytes && length <= files ? undefined : `more than ${bytes / 1e6} MB or ${files} files`);
}

/** A module that compiles where the type of codes names those of docs/codes.md and no others. */
function documented() {
  const text = readFileSync(join(root, "docs/codes.md"), "utf8");
  const under = (heading) => text.split(`### ${heading}\n`)[1].split("\n##")[0].matchAll(/^\| `(\w+)` \|/gm);
  const codes = ["Of the engine", "Of the server", "Of the npm package"].flatMap((heading) => [...under(heading)].map(([, code]) => JSON.stringify(code)));
  return `import type { ErrorCode } from "mapwright";
type Documented = ${codes.join(" | ")} | \`http_\${number}\`;
type Only<A, B> = [A] extends [B] ? true : Exclude<A, B>;
export const same: [Only<ErrorCode, Documented>, Only<Documented, ErrorCode>] = [true, true];
`;
}

/** Serves a folder under the strict policy. */
function serve(path) {
  const server = createServer((request, response) => {
    try {
      const name = new URL(request.url, "http://x").pathname;
      const body = readFileSync(join(path, name === "/" ? "index.html" : name));
      response.writeHead(200, { "content-type": TYPES[extname(name) || ".html"] ?? "application/octet-stream", "content-security-policy": POLICY }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** What a page of a consumer finds: everything, or what `evaluate` says alone. */
async function browse(browser, name, evaluate) {
  const site = join(consumer(name), "dist");
  cpSync(join(root, "assets/sample/helsinki.osm.pbf"), join(site, "sample.osm.pbf"));
  const server = await serve(site);
  const page = await browser.newPage();
  const shouted = [];
  page.on("console", (message) => message.type() === "error" && !/favicon/.test(message.location().url) && shouted.push(message.text()));
  page.on("pageerror", (fault) => shouted.push(fault.message));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  if (evaluate) tellAll(`${name} fonts`, await page.evaluate(evaluate));
  else {
    tellAll(`${name} worker`, await page.evaluate(() => globalThis.checkWorker()));
    tellAll(`${name} direct`, await page.evaluate(() => globalThis.checkDirect()));
    tellAll(`${name} fonts`, await page.evaluate(() => globalThis.checkFonts(false)));
  }
  tell(`${name}: the console stays silent`, shouted.length ? shouted.join(" | ") : undefined);
  await page.close();
  server.close();
}

const packed = await step("npm pack", async () => {
  await must("npm", ["pack", "--pack-destination", work], quiet);
  await must("npm", ["pack", join(root, "dist/fonts-cjk"), "--pack-destination", work], quiet);
});
if (packed) {
  const packed = (name) => join(work, readdirSync(work).find((file) => file.startsWith(name) && file.endsWith(".tgz")));
  const [tarball, fonts] = [packed("mapwright-0"), packed("mapwright-fonts-cjk")];
  await step("content", async () => {
    const [own, others] = [await names(tarball), await names(fonts)];
    weigh("mapwright", tarball, own);
    weigh("mapwright-fonts-cjk", fonts, others);
    const foreign = [...own.filter((name) => !SHIPPED.test(name)), ...others.filter((name) => !SHIPPED_FONTS.test(name))];
    tell("the package holds nothing foreign", foreign.length ? foreign.join() : undefined);
    const needed = ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "dist/api/index.js", "dist/api/index.d.ts", "dist/api/remote.js", "dist/api/remote.d.ts", "dist/pkg/core_bg.wasm", "dist/pkg/drawing_bg.wasm"];
    const missing = needed.filter((name) => !own.includes(name));
    tell("the package holds what it needs", missing.length ? missing.join() : undefined);
    const { scripts } = JSON.parse((await run("tar", ["-xzOf", tarball, "package/package.json"], quiet)).text);
    tell("nothing runs at installation", ["preinstall", "install", "postinstall"].find((name) => name in scripts));
  });
  await step("Node", async () => {
    await install("node", tarball);
    cpSync(join(root, "assets/sample/helsinki.osm.pbf"), join(consumer("node"), "sample.osm.pbf"));
    const rows = JSON.parse((await must("node", ["main.js"], { cwd: consumer("node"), quiet: true })).trim().split("\n").at(-1));
    for (const [thread, list] of Object.entries(rows)) tellAll(`Node ${thread}`, list);
  });
  await step("Node fonts", async () => {
    const look = async (...args) => JSON.parse((await must("node", ["fonts.main.js", ...args], { cwd: consumer("node"), quiet: true })).trim().split("\n").at(-1));
    const served = pathToFileURL(join(root, "dist/fonts-cjk/fonts/")).href;
    for (const [thread, list] of Object.entries(await look("without", served))) tellAll(`Node ${thread}`, list);
    await add("node", fonts);
    for (const [thread, list] of Object.entries(await look("with"))) tellAll(`Node ${thread}`, list);
  });
  await step("program", async () => {
    const npx = (...args) => run("npx", ["--no-install", "mapwright", ...args], { cwd: consumer("node"), quiet: true });
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const said = await npx("--version");
    tell("npx mapwright", said.code === 0 && said.text === `mapwright ${version}\n` ? undefined : said.text);
    const { code, text } = await npx("export", "sample.osm.pbf", "-f", "geojson", "-f", "svg", "-o", "maps/");
    const made = code === 0 ? readdirSync(join(consumer("node"), "maps")).sort().join() : text;
    tell("npx mapwright export", made === "map.geojson,map.svg" ? undefined : made);
  });
  await step("Overpass", async () => {
    const { checkOverpass } = await import("./overpass.mjs");
    tellAll("Overpass", await checkOverpass());
  });
  await step("types", async () => {
    writeFileSync(join(consumer("node"), "codes.ts"), documented());
    for (const [module, resolution] of [["nodenext", "nodenext"], ["esnext", "bundler"], ["esnext", "node10"]]) {
      const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--target", "es2022", "--lib", "es2023,dom", "--module", module, "--moduleResolution", resolution];
      const { code, text } = await run("node", [tool("typescript/bin/tsc"), ...options, "types.ts", "codes.ts"], { cwd: consumer("node"), quiet: true });
      tell(`types, ${resolution}`, code === 0 ? undefined : text);
    }
  });
  await step("server", async () => {
    await install("server", tarball);
    cpSync(join(root, "assets/sample/helsinki.osm.pbf"), join(consumer("server"), "sample.osm.pbf"));
    const cwd = { cwd: consumer("server"), quiet: true };
    const started = async (script) => JSON.parse((await must("node", [script], cwd)).trim().split("\n").at(-1));
    await must("node", [tool("webpack-cli/bin/cli.js")], cwd);
    tellAll("webpack for Node", await started("dist/main.mjs"));
    await must("node", [tool("vite/bin/vite.js"), "build", "--ssr", "main.js", "--outDir", "vite"], cwd);
    tellAll("Vite for Node", await started("vite/main.js"));
  });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  const bundlers = {
    webpack: async () => {
      await must("node", [tool("webpack-cli/bin/cli.js")], { cwd: consumer("webpack"), quiet: true });
      cpSync(join(consumer("webpack"), "index.html"), join(consumer("webpack"), "dist/index.html"));
    },
    vite: () => must("node", [tool("vite/bin/vite.js"), "build", "--base", "./"], { cwd: consumer("vite"), quiet: true }),
  };
  for (const [name, bundle] of Object.entries(bundlers)) {
    await step(name, async () => {
      await install(name, tarball);
      await bundle();
      await browse(browser, name);
      await add(name, fonts);
      await bundle();
      await browse(browser, name, () => globalThis.checkFonts(true));
    });
  }
  await browser.close();
}
rmSync(work, { recursive: true, force: true });
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed ? 1 : 0);
