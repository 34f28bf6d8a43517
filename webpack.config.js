// The pages: www/page → dist/page. Packs, fonts and the worker follow from their addresses in www/api and www/pkg.
import { fileURLToPath } from "node:url";
import CopyPlugin from "copy-webpack-plugin";
import CssPlugin from "mini-css-extract-plugin";
import { entry, plugins } from "./www/page/webpack.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

export default (_env, { mode = "production" }) => ({
  mode,
  entry,
  output: {
    path: at("dist/page"),
    publicPath: "auto",
    filename: "[name].[contenthash:10].js",
    assetModuleFilename: "[name].[contenthash:10][ext]",
    module: true,
    chunkFormat: "module",
    clean: true,
  },
  experiments: { outputModule: true },
  resolve: { extensions: [".ts", ".js"], extensionAlias: { ".js": [".ts", ".js"] } },
  module: {
    rules: [
      { test: /\.ts$/, loader: "ts-loader", options: { transpileOnly: true, compilerOptions: { noEmit: false } } },
      { test: /\.css$/, use: [CssPlugin.loader, "css-loader"] },
    ],
  },
  plugins: [
    ...plugins(),
    new CssPlugin({ filename: "[name].[contenthash:10].css" }),
    new CopyPlugin({ patterns: [{ from: "assets/sample", to: "sample" }] }),
  ],
  // Never eval: the page forbids it.
  devtool: mode === "production" ? false : "source-map",
  performance: { hints: false },
  // Templates of html-webpack-plugin are made with `with`.
  ignoreWarnings: [/`with` statements are not allowed/],
  stats: "errors-warnings",
});
