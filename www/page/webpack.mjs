// The page's part of webpack.config.js: HTML with policy and icons, and MapLibre beside it as native modules, which the page imports only when it shows a map.
import { readFileSync } from "node:fs";
import CopyPlugin from "copy-webpack-plugin";
import HtmlPlugin from "html-webpack-plugin";
import { accountPolicy, policy } from "./csp.mjs";
import { OfflinePlugin } from "./offline.mjs";
import { ThumbsPlugin } from "./thumbs.mjs";

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

/** By format, the programs that read its files in our tests: docs/verified.json without what they found. */
function readers(report) {
  const rows = {};
  for (const { format, reader, version } of JSON.parse(report)) (rows[format] ??= new Set()).add(`${reader} ${version ?? ""}`.trim());
  return JSON.stringify(Object.fromEntries(Object.entries(rows).map(([format, names]) => [format, [...names].sort()])));
}

/** Where the scripts of the pages begin. */
export const entry = { main: new URL("main.ts", import.meta.url).pathname, account: new URL("account/main.ts", import.meta.url).pathname };

/** The HTML of a page with the scripts of an entry. */
export const html = (name, chunk, parameters) =>
  new HtmlPlugin({
    template: new URL(name, import.meta.url).pathname,
    filename: name,
    chunks: [chunk],
    templateParameters: { icons: read("icons.svg"), ...parameters },
    scriptLoading: "module",
    minify: { collapseWhitespace: true, conservativeCollapse: true, removeComments: true },
  });

/** Plugins of the pages. */
export function plugins() {
  const page = JSON.parse(read("page.json"));
  return [
    html("index.html", "main", { csp: policy(page), page }),
    html("account.html", "account", { csp: accountPolicy() }),
    new ThumbsPlugin(),
    new OfflinePlugin(),
    new CopyPlugin({
      // No extracts of its own; a server may answer in its place.
      patterns: [{ from: "www/page/sources.json" }, { from: "www/page/manifest.webmanifest" }, { from: "www/page/icon.svg" }, { from: "docs/verified.json", to: "verified.json", transform: readers }, ...["maplibre-gl.mjs", "maplibre-gl-shared.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"].map((name) => ({
        from: `node_modules/maplibre-gl/dist/${name}`,
        to: `maplibre/${name}`,
        info: { minimized: true },
      }))],
    }),
  ];
}
