// Native against wasm: what the command line and the npm package made of the same extracts, with these bounds and no others.
// Formats in degrees: the same bytes. Drawn on a projection: numbers may differ by one quantum. Images: one level a pixel.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { numbers } from "./compare/numbers.mjs";
import { pdfText } from "./compare/pdf.mjs";
import { pixels } from "./compare/png.mjs";

/** A page is quantised to 1e-3 mm; PDF counts in points of 1/72 inch. A difference may be added to rounding in the last digit. */
const MILLIMETRE = 0.001;
const POINT = (MILLIMETRE * 72) / 25.4;
const SLACK = 1e-6;

const COMPARE = {
  svg: (a, b) => numbers(a.toString(), b.toString(), MILLIMETRE + SLACK),
  pdf: (a, b) => numbers(pdfText(a), pdfText(b), POINT + SLACK),
  png: (a, b) => levels(pixels(a), pixels(b)),
  svgz: (a, b) => numbers(gunzipSync(a).toString(), gunzipSync(b).toString(), MILLIMETRE + SLACK),
  ps: (a, b) => numbers(a.toString(), b.toString(), MILLIMETRE + SLACK),
  // What these show is compared with the PNG by the readers.
  jpg: (a, b) => weight(a, b),
  webp: (a, b) => weight(a, b),
};
// A step of the last digit: of points, of hundredths of an inch, of pixels, of millimetres, of units.
for (const [format, step] of Object.entries({ scribus: 0.001, drawio: 0.01, excalidraw: 0.01, tikz: 0.01, typst: 0.01, xfig: 1, fodg: 1 })) {
  COMPARE[format] = (a, b) => numbers(a.toString(), b.toString(), step + POINT + SLACK);
}
for (const format of ["odg", "odp", "pptx", "docx", "vsdx", "dia", "xps"]) {
  COMPARE[format] = (a, b) => weight(a, b);
}
for (const format of ["tiff", "geotiff", "cog", "bmp", "epd-bmp", "gif", "tga", "ppm", "qoi", "ico", "pcx", "exr", "jxl", "png-world", "kmz-overlay"].concat(
  ["ozi-map", "garmin-custom-map", "mbtiles", "tiles-zip", "gpkg-raster", "sqlitedb", "psd", "ora", "xcf", "sixel", "ansi"],
)) {
  COMPARE[format] = weight;
}

function levels(a, b) {
  if (a.width !== b.width || a.height !== b.height) return `${a.width}×${a.height} and ${b.width}×${b.height} pixels`;
  const off = a.data.findIndex((level, row) => Math.abs(level - b.data[row]) > 1);
  return off < 0 ? undefined : `byte ${off} is ${a.data[off]} and ${b.data[off]}`;
}

/** Pixels that differ by a level weigh nearly the same. */
function weight(a, b) {
  return Math.abs(a.length - b.length) <= a.length * 0.01 ? undefined : `${a.length} and ${b.length} bytes`;
}

const [out = process.env.MAPWRIGHT_OUT] = process.argv.slice(2);
const chosen = process.env.MAPWRIGHT_FORMATS?.split(",").filter(Boolean) ?? [];
const rows = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")).filter(({ format }) => chosen.length === 0 || chosen.includes(format));
let passed = 0;
let failed = 0;
for (const native of rows.filter((row) => row.door === "native")) {
  const { extract, format } = native;
  const wasm = rows.find((row) => row.door === "wasm" && row.extract === extract && row.format === format);
  let fault;
  let how = "the same bytes";
  if (!wasm) {
    fault = "only the command line made it";
  } else {
    const [a, b] = [native, wasm].map(({ file }) => readFileSync(join(out, file)));
    if (!a.equals(b)) {
      how = "within bounds";
      fault = COMPARE[format] ? COMPARE[format](a, b) : "the bytes differ";
    }
    // The command line says last what several files share.
    const said = ({ notes }) => JSON.stringify([...notes].sort());
    if (!fault && said(native) !== said(wasm)) fault = "the notes differ";
  }
  if (fault) failed += 1;
  else passed += 1;
  console.log(fault ? `not ok ${extract} ${format}: ${fault}` : `ok ${extract} ${format}: ${how}`);
}
if (passed + failed === 0) {
  failed = 1;
  console.log("not ok: there is nothing to compare");
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
