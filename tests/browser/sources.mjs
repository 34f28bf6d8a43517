// Modules of the page that know no DOM, for checks without a browser.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { root } from "./site.mjs";

/** Imports modules of www/page by their paths, types taken out. */
export async function modules(...paths) {
  const folder = mkdtempSync(join(tmpdir(), "mapwright-page-"));
  try {
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    for (const path of paths) {
      const { outputText } = ts.transpileModule(readFileSync(join(root, "www/page", path), "utf8"), { compilerOptions: { target: "es2022", module: "es2022" } });
      writeFileSync(join(folder, path.split("/").pop().replace(/ts$/, "js")), outputText);
    }
    const names = readdirSync(folder).filter((name) => name.endsWith(".js"));
    const loaded = await Promise.all(names.map((name) => import(pathToFileURL(join(folder, name)))));
    return Object.assign({}, ...loaded);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
