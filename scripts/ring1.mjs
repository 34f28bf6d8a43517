// What the readers of ring 1 need, and what they read.

// Programs of ring 1 and the Debian package each comes in.
export const PROGRAMS = {
  chromium: "chromium",
  "rsvg-convert": "librsvg2-bin",
  pdftoppm: "poppler-utils",
  qpdf: "qpdf",
  pngcheck: "pngcheck",
  osmium: "osmium-tool",
  gs: "ghostscript",
  admesh: "admesh",
  curl: "curl",
};
// Real extracts that every format is tried on: a dense quarter, a coast, non-Latin names.
export const EXTRACTS = {
  helsinki: "assets/sample/helsinki.osm.pbf",
  monaco: "assets/sample/monaco.osm.pbf",
  moscow: "tests/data/extracts/moscow.osm.pbf",
};
