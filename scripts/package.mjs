// The npm packages, of what lies in www: `mapwright` in dist/api, dist/program and dist/pkg, `mapwright-fonts-cjk` in dist/fonts-cjk.
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { rolldown } from "rolldown";
import { folder, must, root } from "./lib.mjs";

const FONTS = "mapwright-fonts-cjk";
/** Files of the large fonts: their slices, and the lists of these. */
const LARGE = /^noto-sans-(jp|kr|sc|tc)\b/;
/** What `exports` and `bin` of package.json name. */
const ENTRIES = ["api/index", "api/node", "api/direct", "api/remote", "api/worker", "program/main"];
const TYPES = ["index", "direct", "remote"];

const at = (...parts) => join(root, ...parts);
const read = (path) => readFileSync(path, "utf8");

/** Makes both. */
export async function packages() {
  for (const path of ["api", "program", "pkg", "fonts-cjk"]) rmSync(at("dist", path), { recursive: true, force: true });
  packs();
  fonts();
  await types();
  await code();
}

/** The engine with its small fonts. Large ones are found in their package, where that is installed. */
function packs() {
  const modules = Object.keys(JSON.parse(read(at("www/pkg/sizes.json"))));
  // A build of the other manner, quick or not, leaves its modules beside those that packs.js loads.
  const others = readdirSync(at("www/pkg")).map((name) => /^(\w+)\.stamp$/.exec(name)?.[1]).filter((id) => id && !modules.includes(id));
  const isForeign = (name) => others.includes(/^(\w+?)(?:_bg\.wasm|\.js)$/.exec(name)?.[1]);
  const isShipped = (path) => !/\.stamp$|sizes\.json$|\.d\.ts$/.test(path) && !isForeign(basename(path)) && !LARGE.test(basename(path));
  cpSync(at("www/pkg"), folder(at("dist/pkg")), { recursive: true, filter: isShipped });
  const [before, after] = read(at("www/pkg/packs.js")).split(/^export const slices = \{\n.*?^\};\n/ms);
  if (after === undefined) throw new Error("www/pkg/packs.js has no slices");
  writeFileSync(at("dist/pkg/packs.js"), before + absent(families()) + after);
}

/** Families of large fonts. */
const families = () => [...read(at("www/pkg/packs.js")).matchAll(/^ {2}"([\w-]+)": \(\) => import\("\.\/\1\.js"\)/gm)].map(([, id]) => id);

/** Code that looks for the package. Bundlers take an import inside `try` for one that need not be there. */
const absent = (ids) => `async function family(id) {
  try {
    const { slices } = await import("${FONTS}");
    return await slices?.[id]?.();
  } catch (fault) {
    if (/cannot find|resolve|specifier/i.test(fault.message)) return undefined;
    throw fault;
  }
}
export const slices = {
${ids.map((id) => `  "${id}": () => family("${id}"),\n`).join("")}};
`;

/** The package of the large fonts. */
function fonts() {
  const to = folder(at("dist/fonts-cjk"));
  cpSync(at("packages/fonts-cjk"), to, { recursive: true });
  cpSync(at("www/pkg/fonts"), join(to, "fonts"), { recursive: true, filter: (path) => basename(path) === "fonts" || basename(path) === "OFL.txt" || (LARGE.test(basename(path)) && !path.endsWith(".stamp")) });
  const ids = families();
  for (const id of ids) cpSync(at(`www/pkg/${id}.js`), join(to, `${id}.js`));
  writeFileSync(join(to, "index.js"), `export const slices = {\n${ids.map((id) => `  "${id}": () => import("./${id}.js"),\n`).join("")}};\n`);
}

/** Declarations: those that the public ones lead to. */
async function types() {
  await must("node", [at("node_modules/typescript/bin/tsc"), "-p", "www/api"]);
  const needed = new Set();
  const follow = (path) => {
    if (needed.has(path)) return;
    needed.add(path);
    for (const [, name] of read(path).matchAll(/"(\.[^"]+)\.js"/g)) follow(join(dirname(path), `${name}.d.ts`));
  };
  for (const name of TYPES) follow(at("dist/api", `${name}.d.ts`));
  for (const name of readdirSync(at("dist/api"))) if (!needed.has(at("dist/api", name))) rmSync(at("dist/api", name));
}

/** Modules: one for each entry, and what several share. Addresses of packs and of the worker stay as they are written. */
async function code() {
  const bundle = await rolldown({
    input: Object.fromEntries(ENTRIES.map((name) => [name, at(`www/${name}.ts`)])),
    platform: "neutral",
    external: [/^node:/, "worker_threads"],
    resolve: { extensionAlias: { ".js": [".ts", ".js"] } },
    plugins: [{ name: "packs", resolveId: (id) => (id === "../pkg/packs.js" ? { id, external: true } : undefined) }],
  });
  await bundle.write({ dir: at("dist"), format: "esm", entryFileNames: "[name].js", chunkFileNames: "api/[name].js" });
}
