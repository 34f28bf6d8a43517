// The page's part of webpack.config.js: its HTML with policy and icons, and MapLibre beside it as native modules, which the page imports only when it shows a map.
import { readFileSync } from "node:fs";
import CopyPlugin from "copy-webpack-plugin";
import HtmlPlugin from "html-webpack-plugin";
import { policy } from "./csp.mjs";
import { OfflinePlugin } from "./offline.mjs";
import { ThumbsPlugin } from "./thumbs.mjs";

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

/** By format, the programs that read its files in our tests: docs/verified.json without what they found. */
function readers(report) {
  const rows = {};
  for (const { format, reader, version } of JSON.parse(report)) (rows[format] ??= new Set()).add(`${reader} ${version ?? ""}`.trim());
  return JSON.stringify(Object.fromEntries(Object.entries(rows).map(([format, names]) => [format, [...names].sort()])));
}

/** Plugins of the page. */
export function plugins() {
  const page = JSON.parse(read("page.json"));
  return [
    new HtmlPlugin({
      template: new URL("index.html", import.meta.url).pathname,
      templateParameters: { csp: policy(page), icons: read("icons.svg"), page },
      scriptLoading: "module",
      minify: { collapseWhitespace: true, conservativeCollapse: true, removeComments: true },
    }),
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
