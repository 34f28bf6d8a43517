// Writes assets/symbols/symbols.txt from the CC0 sets Maki and Temaki: outlines as straight pieces, tenths of a pixel.
// npm install --no-save @mapbox/maki@8.2.0 @rapideditor/temaki@5.13.0 svgpath && node scripts/symbols.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const folder = process.argv[2] ?? ".";
const svgpath = createRequire(join(folder, "x.js"))("svgpath");
const SETS = [["@mapbox/maki", `aerialway airport alcohol-shop amusement-park animal-shelter aquarium art-gallery attraction bakery bank bar baseball
  basketball bbq beer bicycle bowling-alley bus cafe campsite car car-rental car-repair casino castle cemetery charging-station cinema
  clothing-store college communications-tower confectionery convenience defibrillator dentist doctor dog-park drinking-water elevator embassy
  emergency-phone entrance fast-food ferry fire-station fitness-centre florist fuel furniture gaming garden-centre gift golf grocery
  hairdresser harbor hardware heliport hospital hot-spring ice-cream information jewelry-store landmark laundry library lighthouse
  lodging marker mobile-phone monument mountain museum music nightclub optician paint park parking parking-garage pharmacy picnic-site
  pitch place-of-worship playground police post prison rail rail-light rail-metro ranger-station recycling religious-buddhist
  religious-christian religious-jewish religious-muslim religious-shinto restaurant restaurant-pizza restaurant-seafood restaurant-sushi
  school shelter shoe shop skateboard skiing slipway soccer stadium suitcase swimming table-tennis taxi teahouse
  telephone tennis theatre toilet toll town-hall triangle veterinary viewpoint volcano volleyball waste-basket watch water
  waterfall watermill windmill zoo`], ["@rapideditor/temaki", `beauty_salon bench bicycle_parked bicycle_rental bicycle_repair boat_rental bollard book_store
  car_pool car_wash cattle_grid chimney climbing clock courthouse crane crossing_rail_road cycle_barrier
  electronic fire_hydrant fountain gate grapes handbag hinduism hunting_blind letter_box lift_gate lipstick meat military
  motorcycle motorcycle_parked movie_rental needle_and_spool obelisk perfume pet_store power_tower real_estate_agency ruins saddle
  sandwich shower sikhism silo social_facility spa statue stile_squeezer storage_tank street_lamp_arm taoism tattoo_machine ticket tire
  tools tower traffic_signals train_kids tram tree_broadleaved tree_needleleaved turnstile vending_cigarettes
  vending_machine water_tap water_tower well_pump_manual wind_turbine`]];
/** What neither set has, drawn here on the grid of 15 pixels. */
const OWN = {
  // A float on the waves, a post with a triangle on top, a float with a ring.
  buoy: "M6 2 L9 2 L11 10 L4 10 Z M1 11 L14 11 L14 12.5 L1 12.5 Z",
  beacon: "M7.5 0.5 L10.5 5 L4.5 5 Z M6.8 5.5 L8.2 5.5 L8.2 12 L11 14 L4 14 L6.8 12 Z",
  mooring: "M6.5 1 L8.5 1 L8.5 4 L6.5 4 Z M3 5 L12 5 L12 11 L3 11 Z M1 12 L14 12 L14 13.5 L1 13.5 Z",
  camera: "M2 5 5 5 6 3 10 3 11 5 13 5 14 6 14 12 13 13 2 13 1 12 1 6zM7.5 6 6 6.5 5 8 5 9.5 6 11 7.5 11.5 9 11 10 9.5 10 8 9 6.5z",
  cave: "M2 13 1 9 2 5 5 2 8 1 11 2 13 5 14 9 13 13 10 13 10 9 9 7 7 6 6 7 5 9 5 13z",
  cross: "M6 1 9 1 9 4 12 4 12 7 9 7 9 14 6 14 6 7 3 7 3 4 6 4z",
  dot: "M7.5 4 9.2 4.4 10.6 5.8 11 7.5 10.6 9.2 9.2 10.6 7.5 11 5.8 10.6 4.4 9.2 4 7.5 4.4 5.8 5.8 4.4z",
  people: "M5 2 6.5 3 6.5 5 5 6 3.5 5 3.5 3zM10 2 11.5 3 11.5 5 10 6 8.5 5 8.5 3zM3 7 7 7 7 13 3 13 3 10 2 10zM8 7 12 7 13 10 12 10 12 13 8 13z",
  printer: "M4 1 11 1 11 4 4 4zM1 5 14 5 14 11 12 11 12 8 3 8 3 11 1 11zM4 9 11 9 11 14 4 14zM5 10 5 11 10 11 10 10zM5 12 5 13 10 13 10 12z",
  shrine: "M7 0.5 8 0.5 8 1.5 9 1.5 9 2.5 8 2.5 8 4 13 8 11.5 8 11.5 14 3.5 14 3.5 8 2 8 7 4 7 2.5 6 2.5 6 1.5 7 1.5zM6 14 9 14 9 10 8.5 9 6.5 9 6 10z",
  spring: "M7.5 1 10 5 11.5 8 11.5 10.5 10 13 7.5 14 5 13 3.5 10.5 3.5 8 5 5zM6 8 5 10 6 12 7.5 12.5 7 10z",
  square: "M4 4 11 4 11 11 4 11z",
  star: "M7.5 0.5 9 4.5 13 2.5 11.3 6.5 14.5 7.8 11.3 9.2 13 13 9 11.2 7.5 14.7 6 11.2 2 13 3.7 9.2 0.5 7.8 3.7 6.5 2 2.5 6 4.5z",
};
/** How far an outline may be off, steps. */
const OFF = 2;
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

/** A ring without the points that hardly matter (Douglas and Peucker), from the two that are farthest apart. */
function fewer(ring) {
  const far = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
  const [, i, j] = ring.flatMap((a, i) => ring.map((b, j) => [far(a, b), i, j])).reduce((best, pair) => (pair[0] > best[0] ? pair : best));
  const turned = [...ring.slice(i), ...ring.slice(0, i)], half = (j - i + ring.length) % ring.length;
  const between = (line) => {
    const [a, b] = [line[0], line.at(-1)], long = far(a, b) || 1;
    const off = line.map((p) => Math.abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / long);
    const most = Math.max(...off), at = off.indexOf(most);
    return most <= OFF ? [a, b] : [...between(line.slice(0, at + 1)).slice(0, -1), ...between(line.slice(at))];
  };
  const found = [...between(turned.slice(0, half + 1)).slice(0, -1), ...between([...turned.slice(half), turned[0]]).slice(0, -1)];
  return found.length >= 3 ? found : ring;
}

/** A ring as differences of whole steps, the first point from the middle of the grid. */
function written(ring, box) {
  const whole = ring.map((p) => p.map((side, i) => Math.round((side - box / 2) * (15 / box) * STEPS)));
  let last = [0, 0];
  const kept = whole.filter((p, i) => i === 0 || p[0] !== whole[i - 1][0] || p[1] !== whole[i - 1][1]);
  if (kept.length > 1 && kept[0].join() === kept.at(-1).join()) kept.pop();
  return fewer(kept).map((p) => { const step = [p[0] - last[0], p[1] - last[1]]; last = p; return step.join(","); }).join(" ");
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
for (const [name, d] of Object.entries(OWN)) lines.push(`${name}\t${rings(d).map((ring) => written(ring, 15)).join(";")}`);
writeFileSync(new URL("../assets/symbols/symbols.txt", import.meta.url), `${lines.sort().join("\n")}\n`);
