module.exports = {
  mode: "production",
  entry: "./main.js",
  output: { clean: true },
};
