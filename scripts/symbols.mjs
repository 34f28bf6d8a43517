// Writes assets/symbols/symbols.txt from the CC0 sets Maki and Temaki: outlines as straight pieces, tenths of a pixel.
// npm install --no-save @mapbox/maki@8.2.0 @rapideditor/temaki@5.13.0 svgpath && node scripts/symbols.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const folder = process.argv[2] ?? ".";
const svgpath = createRequire(join(folder, "x.js"))("svgpath");
const SETS = [["@mapbox/maki", `aerialway airport alcohol-shop amusement-park aquarium art-gallery attraction bakery bank bar bbq beer bicycle
  bus cafe campsite car car-rental car-repair casino castle cemetery charging-station cinema clothing-store college
  communications-tower confectionery convenience dentist doctor drinking-water embassy entrance fast-food ferry fire-station
  fitness-centre florist fuel furniture garden-centre gift golf grocery hairdresser harbor hardware heliport hospital ice-cream information
  jewelry-store landmark laundry library lighthouse lodging marker mobile-phone monument mountain museum music nightclub optician park triangle
  parking pharmacy picnic-site pitch place-of-worship playground police post prison rail rail-light rail-metro recycling
  religious-buddhist religious-christian religious-jewish religious-muslim restaurant school shelter shoe shop
  skiing slipway stadium suitcase swimming taxi telephone theatre toilet town-hall veterinary viewpoint volcano waste-basket water
  waterfall watermill windmill zoo`], ["@rapideditor/temaki", `bench book_store boat_rental courthouse fountain ruins saddle statue tower tree_broadleaved
  tree_needleleaved water_tower wind_turbine power_tower obelisk tram bicycle_rental bicycle_parked`]];
/** Steps to a pixel of the 15-pixel grid. */
const STEPS = 10;

/** Points of a Bézier curve after its first. */
function curve(points) {
  const at = (t) => {
    let row = points;
    while (row.length > 1) row = row.slice(1).map((p, i) => [row[i][0] + (p[0] - row[i][0]) * t, row[i][1] + (p[1] - row[i][1]) * t]);
    return row[0];
  };
  const length = points.slice(1).reduce((sum, p, i) => sum + Math.hypot(p[0] - points[i][0], p[1] - points[i][1]), 0);
  const count = Math.max(2, Math.min(6, Math.ceil(length)));
  return Array.from({ length: count }, (_, i) => at((i + 1) / count));
}

/** Rings of a path. */
function rings(d) {
  const found = [];
  let ring = [], last = [0, 0], control = null;
  svgpath(d).abs().unarc().unshort().iterate(([kind, ...n], _, x, y) => {
    last = [x, y];
    if (kind === "M") { if (ring.length > 2) found.push(ring); ring = [[n[0], n[1]]]; }
    if (kind === "L") ring.push([n[0], n[1]]);
    if (kind === "H") ring.push([n[0], y]);
    if (kind === "V") ring.push([x, n[0]]);
    if (kind === "C") ring.push(...curve([last, [n[0], n[1]], [n[2], n[3]], [n[4], n[5]]]));
    if (kind === "Q") ring.push(...curve([last, [n[0], n[1]], [n[2], n[3]]]));
  });
  if (ring.length > 2) found.push(ring);
  return found;
}

/** A ring as differences of whole steps, the first point from the middle of the grid. */
function written(ring, box) {
  const whole = ring.map((p) => p.map((side, i) => Math.round((side - box / 2) * (15 / box) * STEPS)));
  let last = [0, 0];
  const kept = whole.filter((p, i) => i === 0 || p[0] !== whole[i - 1][0] || p[1] !== whole[i - 1][1]);
  if (kept.length > 1 && kept[0].join() === kept.at(-1).join()) kept.pop();
  return kept.map((p) => { const step = [p[0] - last[0], p[1] - last[1]]; last = p; return step.join(","); }).join(" ");
}

const lines = [];
for (const [set, names] of SETS) {
  for (const name of names.split(/\s+/)) {
    const svg = readFileSync(join(folder, "node_modules", set, "icons", `${name}.svg`), "utf8");
    const box = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1] ?? 15);
    const shapes = [...svg.matchAll(/<path[^>]* d="([^"]*)"/g)].flatMap(([, d]) => rings(d.replace(/&#x[0-9a-fA-F]+;/g, " ")));
    if (shapes.length === 0) throw new Error(`${name} has no path`);
    lines.push(`${name}\t${shapes.map((ring) => written(ring, box)).join(";")}`);
  }
}
writeFileSync(new URL("../assets/symbols/symbols.txt", import.meta.url), `${lines.sort().join("\n")}\n`);
