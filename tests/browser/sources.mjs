// Modules of the page that know no DOM, for checks without a browser.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { root } from "./site.mjs";

/** Imports modules of www/page by their paths, and those of `../api` that they use, types taken out. */
export async function modules(...paths) {
  const folder = mkdtempSync(join(tmpdir(), "mapwright-page-"));
  try {
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    for (const part of ["page", "api"]) mkdirSync(join(folder, part));
    for (const path of paths) {
      const { outputText } = ts.transpileModule(readFileSync(join(root, "www/page", path), "utf8"), { compilerOptions: { target: "es2022", module: "es2022" } });
      const part = path.startsWith("../api/") ? "api" : "page";
      writeFileSync(join(folder, part, path.split("/").pop().replace(/ts$/, "js")), outputText);
    }
    const names = readdirSync(join(folder, "page"));
    const loaded = await Promise.all(names.map((name) => import(pathToFileURL(join(folder, "page", name)))));
    return Object.assign({}, ...loaded);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
