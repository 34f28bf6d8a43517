// What the service worker keeps: the list of this build's files goes into sw.js, before the script that sw.ts becomes.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import ts from "typescript";

/** The page of accounts is nothing without its server: it is asked for each time, and never kept. */
const NEVER = /^account\b/;
/** Packs and fonts are kept once used, or all together on demand; everything else at once. */
const LATER = /\.(ttf|woff)$|^noto-sans-\w\w\..*\.json$|^(?!core_|all_)\w+_bg\..*\.wasm$/;

const script = () =>
  ts.transpileModule(readFileSync(new URL("sw.ts", import.meta.url), "utf8"), { compilerOptions: { target: "es2022", module: "es2022", removeComments: true } }).outputText.replace(/^export \{\};?$/m, "");

/** Adds sw.js and build.json to the page. */
export class OfflinePlugin {
  apply(compiler) {
    const { sources, Compilation } = compiler.webpack;
    compiler.hooks.thisCompilation.tap("offline", (compilation) => {
      compilation.hooks.processAssets.tap({ name: "offline", stage: Compilation.PROCESS_ASSETS_STAGE_REPORT }, (assets) => {
        const names = Object.keys(assets).filter((name) => !name.endsWith(".map") && !NEVER.test(name)).sort();
        const hash = createHash("sha256");
        for (const name of names) hash.update(name).update(assets[name].buffer());
        const later = names.filter((name) => LATER.test(name));
        const bytes = later.reduce((sum, name) => sum + assets[name].size(), 0);
        const build = { id: hash.digest("hex").slice(0, 12), first: [...names.filter((name) => !LATER.test(name)), "build.json"], later };
        compilation.emitAsset("build.json", new sources.RawSource(JSON.stringify({ id: build.id, later: bytes })));
        compilation.emitAsset("sw.js", new sources.RawSource(`const BUILD = ${JSON.stringify(build)};\n${script()}`));
      });
    });
  }
}
