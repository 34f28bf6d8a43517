module.exports = {
  mode: "production",
  target: "node",
  entry: "./main.js",
  output: { module: true, chunkFormat: "module" },
  experiments: { outputModule: true },
};
