// npm run compare:maplibre [style …]: the same style document drawn by mapwright and, from our own PMTiles, by MapLibre GL JS.
// Prints how alike they are and writes both pictures side by side to docs/maplibre.png (of the first style).
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, serve } from "../tests/browser/site.mjs";
import { must, root, run, targetDir } from "../scripts/lib.mjs";

const SAMPLE = "assets/sample/monaco.osm.pbf";
const BOX = "7.4150,43.7290,7.4290,43.7390";
/** Map scale; at 96 dots per inch a dot is a CSS pixel, so both draw at the same zoom. */
const SCALE = 7500;
const styles = process.argv.length > 2 ? process.argv.slice(2) : ["default", "light", "dark"];

const binary = process.env.MAPWRIGHT_BINARY ?? join(targetDir(), "debug/mapwright");
const folder = mkdtempSync(join(tmpdir(), "mapwright-maplibre-"));
const file = (name) => join(folder, name);
const call = (...args) => must(binary, args);

await call("export", SAMPLE, "-f", "pmtiles", "-o", file("map.pmtiles"));
writeFileSync(file("index.html"), `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="maplibre-gl.css"><style>body{margin:0}</style><div id="map"></div>`);
for (const name of ["maplibre-gl.css", "maplibre-gl.mjs", "maplibre-gl-shared.mjs", "maplibre-gl-worker.mjs"]) {
  writeFileSync(file(name), readFileSync(join(root, "node_modules/maplibre-gl/dist", name)));
}
writeFileSync(file("symbols.txt"), readFileSync(join(root, "assets/symbols/symbols.txt")));
writeFileSync(file("pmtiles.js"), readFileSync(join(root, "node_modules/pmtiles/dist/pmtiles.js")));

const site = await serve(folder);
const browser = await launch();
for (const style of styles) {
  await call("export", SAMPLE, "-f", "png", "-o", file("ours.png"), "--bbox", BOX, "--crs", "EPSG:3857", "--scale", String(SCALE), "--dpi", "96", "--map-style", style);
  const { text } = await run(binary, ["styles", style], { quiet: true });
  const document = JSON.parse(text);
  // Local fonts: MapLibre takes those of the system where a document names no glyphs.
  delete document.glyphs;
  document.sources = { map: { type: "vector", url: "pmtiles://map.pmtiles" } };
  writeFileSync(file("style.json"), JSON.stringify(document));
  const tab = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  // What MapLibre lacks (patterns drawn by the engine) or finds wrong; not what its driver says, nor that
  // lines have no area.
  tab.on("console", (line) => /GL Driver|Failed to load|found null/.test(line.text()) || console.log(`# ${line.text().slice(0, 120)}`));
  tab.on("pageerror", (fault) => console.log(`# ${fault.message}`));
  await tab.goto(site.url);
  await tab.addScriptTag({ path: file("pmtiles.js") });
  const found = await tab.evaluate(draw, { box: BOX.split(",").map(Number), scale: SCALE });
  await tab.close();
  console.log(`${style}: ${(100 * found.near).toFixed(1)} % of the cells of 4 by 4 pixels within 24 levels, mean difference ${found.mean.toFixed(1)} of 255, structure ${found.structure.toFixed(3)} (1 is the same)`);
  if (style === styles[0]) writeFileSync(join(root, "docs/maplibre.png"), Buffer.from(found.picture.split(",")[1], "base64"));
}
await browser.close();
site.end();

/** In the tab: MapLibre draws the box, the pictures are compared and laid side by side. */
async function draw({ box, scale }) {
  const image = new Image();
  image.src = "ours.png";
  await image.decode();
  const { width, height } = image;
  const holder = window.document.getElementById("map");
  holder.style.cssText = `width:${width}px;height:${height}px`;
  const { Map, addProtocol, setWorkerUrl } = await import("./maplibre-gl.mjs");
  setWorkerUrl?.(new URL("maplibre-gl-worker.mjs", location.href).href);
  const { FileSource, PMTiles, Protocol } = window.pmtiles;
  const protocol = new Protocol();
  const bytes = await (await fetch("map.pmtiles")).blob();
  protocol.add(new PMTiles(new FileSource(new File([bytes], "map.pmtiles"))));
  addProtocol("pmtiles", protocol.tile);
  const latitude = (box[1] + box[3]) / 2;
  const metres = (scale * 0.0254) / 96;
  const zoom = Math.log2((40075016.686 * Math.cos((latitude * Math.PI) / 180)) / (512 * metres));
  const style = await (await fetch("style.json")).json();
  const center = [(box[0] + box[2]) / 2, latitude];
  const map = new Map({ container: holder, style, center, zoom, pixelRatio: 1, fadeDuration: 0, interactive: false, attributionControl: false, canvasContextAttributes: { preserveDrawingBuffer: true } });
  // Symbols as MapLibre wants them: masks that it colours.
  const outlines = new globalThis.Map((await (await fetch("symbols.txt")).text()).split("\n").map((line) => line.split("\t")));
  outlines.set("arrow", "-70,-5 90,0 0,-20 50,25 -50,25 0,-20 -90,0");
  const symbol = (outline) => {
    const pen = Object.assign(window.document.createElement("canvas"), { width: 30, height: 30 }).getContext("2d");
    pen.setTransform(0.2, 0, 0, 0.2, 15, 15);
    for (const ring of outline.split(";")) {
      let [x, y] = [0, 0];
      for (const [row, step] of ring.split(" ").entries()) {
        const [right, down] = step.split(",").map(Number);
        [x, y] = [x + right, y + down];
        if (row === 0) pen.moveTo(x, y);
        else pen.lineTo(x, y);
      }
      pen.closePath();
    }
    pen.fill("evenodd");
    return pen.getImageData(0, 0, 30, 30);
  };
  map.setMissingStyleImageResolver((name) => {
    const outline = outlines.get(name.replace(/-1[15]$/, ""));
    if (outline) map.addImage(name, symbol(outline), { pixelRatio: 2, sdf: true });
  });
  map.on("error", ({ error }) => console.log(`maplibre: ${error?.message}`));
  await new Promise((resolve) => map.once("idle", resolve));
  const canvas = window.document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * width + 8, height];
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, 0);
  pen.drawImage(map.getCanvas(), width + 8, 0, width, height);
  const cells = (left) => {
    const { data } = pen.getImageData(left, 0, width, height);
    const [columns, rows] = [Math.floor(width / 4), Math.floor(height / 4)];
    const out = new Float64Array(columns * rows * 3);
    for (let y = 0; y < rows * 4; y += 1) {
      for (let x = 0; x < columns * 4; x += 1) {
        const cell = 3 * (Math.floor(y / 4) * columns + Math.floor(x / 4));
        for (let part = 0; part < 3; part += 1) out[cell + part] += data[4 * (y * width + x) + part] / 16;
      }
    }
    return { out, columns, rows };
  };
  const [one, two] = [cells(0), cells(width + 8)];
  let [near, total] = [0, 0];
  for (let cell = 0; cell < one.out.length; cell += 3) {
    const differences = [0, 1, 2].map((part) => Math.abs(one.out[cell + part] - two.out[cell + part]));
    near += Math.max(...differences) <= 24 ? 1 : 0;
    total += differences[0] + differences[1] + differences[2];
  }
  // Structural similarity (Wang and others, 2004) of brightness in windows of 8 by 8 cells.
  const light = ({ out }, cell) => 0.299 * out[3 * cell] + 0.587 * out[3 * cell + 1] + 0.114 * out[3 * cell + 2];
  let [structure, windows] = [0, 0];
  for (let top = 0; top + 8 <= one.rows; top += 4) {
    for (let left = 0; left + 8 <= one.columns; left += 4) {
      let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
      for (let y = top; y < top + 8; y += 1) {
        for (let x = left; x < left + 8; x += 1) {
          const [p, q] = [light(one, y * one.columns + x), light(two, y * two.columns + x)];
          a += p / 64; b += q / 64; aa += (p * p) / 64; bb += (q * q) / 64; ab += (p * q) / 64;
        }
      }
      const [va, vb, cov] = [aa - a * a, bb - b * b, ab - a * b];
      structure += ((2 * a * b + 6.5) * (2 * cov + 58.5)) / ((a * a + b * b + 6.5) * (va + vb + 58.5));
      windows += 1;
    }
  }
  const count = one.out.length / 3;
  return { near: near / count, mean: total / one.out.length, structure: structure / windows, picture: canvas.toDataURL("image/png") };
}
