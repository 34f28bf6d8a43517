// Boxes: what people paste, the sides of the antimeridian, sizes.
import assert from "node:assert/strict";
import { check } from "./check.mjs";
import { modules } from "./sources.mjs";

const { fileName, outlineOf, chosenBy, nameQuery, namesOf, places, pasted, parse, literal, fault, grown, holds, joined, measure, number, around } = await modules("box.ts", "degrees.ts", "readings.ts", "pluscode.ts", "links.ts", "wkt.ts", "pasted.ts", "places.ts", "../api/places.ts", "../api/error.ts", "outline.ts", "naming.ts");

const MONACO = [7.41, 43.73, 7.43, 43.75];
const near = (place, lat, lon, zoom) => place && Math.abs(place.lat - lat) < 2e-5 && Math.abs(place.lon - lon) < 2e-5 && (zoom === undefined || place.zoom === zoom);

/** Places, with their zoom where the text says one. */
const PLACES = [
  ["60.17, 24.94", 60.17, 24.94],
  ["60,17 24,94", 60.17, 24.94],
  ["60,17; 24,94", 60.17, 24.94],
  ["-33.86,151.21", -33.86, 151.21],
  ["[43.7395, 7.4276]", 43.7395, 7.4276],
  ["(43.7395, 7.4276)", 43.7395, 7.4276],
  ["lat: 43.7395, lon: 7.4276", 43.7395, 7.4276],
  ['{"lat": 43.7395, "lng": 7.4276}', 43.7395, 7.4276],
  ["43°44'22\"N 7°25'39\"E", 43.739444, 7.4275],
  ["43° 44′ 22″ N, 7° 25′ 39″ E", 43.739444, 7.4275],
  ["N43°44'22.2\" E7°25'39\"", 43.7395, 7.4275],
  ["N 43 44 22, E 7 25 39", 43.739444, 7.4275],
  ["43 44 22 N 7 25 39 E", 43.739444, 7.4275],
  ["43°44.37'N 7°25.65'E", 43.7395, 7.4275],
  ["43.7395° N, 7.4276° E", 43.7395, 7.4276],
  ["43,7395° N 7,4276° E", 43.7395, 7.4276],
  ["43.7395°, 7.4276°", 43.7395, 7.4276],
  ["43°44'22\", 7°25'39\"", 43.739444, 7.4275],
  ["33.86S 151.21E", -33.86, 151.21],
  ["7°25'39\"E 43°44'22\"N", 43.739444, 7.4275],
  ["55°45′21″ с. ш. 37°37′04″ в. д.", 55.755833, 37.617778],
  ["55,7558° с.ш., 37,6178° в.д.", 55.7558, 37.6178],
  ["8FM9PCRG+2V", 43.740063, 7.427188, 18, "approx"],
  ["geo:37.786,-122.399", 37.786, -122.399],
  ["geo:48.2,16.37?z=17", 48.2, 16.37, 17],
  ["https://www.openstreetmap.org/#map=16/41.8902/12.4922", 41.8902, 12.4922, 16],
  ["https://www.openstreetmap.org/edit#map=18/41.8902/12.4922", 41.8902, 12.4922, 18],
  ["osm.org/?mlat=41.9&mlon=12.5#map=14/0/0", 41.9, 12.5, 14],
  ["https://www.google.com/maps/@43.7395,7.4276,15z", 43.7395, 7.4276, 15],
  ["https://www.google.com/maps/place/Casino/@43.7,7.4,17z/data=!3m1!4b1!4m5!3m4!1s0x0:0x0!8m2!3d43.7391!4d7.4279", 43.7391, 7.4279, 17],
  ["https://maps.google.com/?q=43.7395,7.4276&z=12", 43.7395, 7.4276, 12],
  ["google.com/maps/place/43.7395,+7.4276", 43.7395, 7.4276],
  ["https://yandex.ru/maps/213/moscow/?ll=37.617700%2C55.755863&z=13", 55.755863, 37.6177, 13],
  ["https://yandex.com/maps/?pt=37.62,55.75&z=18&l=map", 55.75, 37.62, 18],
  ["https://www.bing.com/maps?cp=43.7395~7.4276&lvl=16.5", 43.7395, 7.4276, 16.5],
  ["https://maps.apple.com/?ll=43.7395,7.4276&z=14", 43.7395, 7.4276, 14],
  ["https://maps.apple.com/place?coordinate=43.7395,7.4276&name=Casino", 43.7395, 7.4276],
  ["https://2gis.ru/moscow?m=37.62%2C55.75%2F16", 55.75, 37.62, 16],
];

/** Writings of one box. */
const BOXES = [
  "7.41,43.73,7.43,43.75",
  "7.41, 43.73, 7.43, 43.75",
  "7.41 43.73 7.43 43.75",
  "7,41; 43,73; 7,43; 43,75",
  "7,41 43,73 7,43 43,75",
  "7,41,43,73,7,43,43,75",
  "7.41,43.73 7.43,43.75",
  "[7.41, 43.73, 7.43, 43.75]",
  "bbox=7.41,43.73,7.43,43.75",
  "--bbox 7.41,43.73,7.43,43.75",
  "[bbox:43.73,7.41,43.75,7.43]",
  "west=7.41 south=43.73 east=7.43 north=43.75",
  "left: 7.41, bottom: 43.73, right: 7.43, top: 43.75",
  '{"min_lon":7.41,"min_lat":43.73,"max_lon":7.43,"max_lat":43.75}',
  "43.73N 7.41E 43.75N 7.43E",
  "BOX(7.41 43.73,7.43 43.75)",
  "ENVELOPE(7.41, 7.43, 43.75, 43.73)",
  "https://www.openstreetmap.org/?bbox=7.41,43.73,7.43,43.75",
  "https://www.openstreetmap.org/?minlon=7.41&minlat=43.73&maxlon=7.43&maxlat=43.75",
];

/** Numbers that are asked about, and one of the readings. */
const DOUBTS = [
  ["7.41,7.43,43.73,43.75", MONACO],
  ["43.73,43.75,7.41,7.43", MONACO],
  ["43.75,7.41,43.73,7.43", MONACO],
  ["7.43,43.73,7.41,43.75", MONACO],
  ["7.41,43.75,7.43,43.73", MONACO],
  ["-33.9,151.1,-33.8,151.3", [151.1, -33.9, 151.3, -33.8]],
  ["151.21, -33.86", { lat: -33.86, lon: 151.21 }],
  ["43,73,7,41", { lat: 43.73, lon: 7.41 }],
];

/** What else is known at once. */
const OTHERS = [
  ["relation:1124039", { kind: "element", type: "relation", id: 1124039 }],
  ["r1124039", { kind: "element", type: "relation", id: 1124039 }],
  ["way 4231", { kind: "element", type: "way", id: 4231 }],
  ["https://www.openstreetmap.org/way/4231#map=1/2/3", { kind: "element", type: "way", id: 4231 }],
  ["osm.org/relation/1124039", { kind: "element", type: "relation", id: 1124039 }],
  ["https://maps.app.goo.gl/AbCd", { kind: "short" }],
  ["https://yandex.ru/maps/-/CDabc", { kind: "short" }],
  ["https://www.google.com/maps?q=Paris", { kind: "name", name: "Paris" }],
  ["PCRG+2V Monaco", { kind: "code" }],
  ["POINT (7.42 43.73)", { kind: "shape", json: '{"type":"Point","coordinates":[7.42,43.73]}' }],
  ["SRID=4326;POLYGON((7 43, 8 43, 8 44, 7 43))", { kind: "shape", json: '{"type":"Polygon","coordinates":[[[7,43],[8,43],[8,44],[7,43]]]}' }],
  ["MULTIPOLYGON(((7 43,8 43,8 44,7 43)))", { kind: "shape", json: '{"type":"MultiPolygon","coordinates":[[[[7,43],[8,43],[8,44],[7,43]]]]}' }],
  ['{"type":"Point","coordinates":[7,43]}', { kind: "shape", json: '{"type":"Point","coordinates":[7,43]}' }],
];

check("pasted: places in any writing, links of other maps, plus codes", () => {
  for (const [text, lat, lon, zoom, rough] of PLACES) {
    const place = parse(text);
    if (rough) assert.ok(place && Math.abs(place.lat - lat) < 1e-3 && Math.abs(place.lon - lon) < 1e-3 && place.zoom === zoom, `${text}: ${JSON.stringify(place)}`);
    else assert.ok(near(place, lat, lon, zoom), `${text}: ${JSON.stringify(pasted(text))}`);
  }
  // A code of six digits is a box of a twentieth of a degree.
  assert.deepEqual(parse("8FM9PC00+").map((side) => Math.round(side * 100) / 100), [7.4, 43.7, 7.45, 43.75]);
});

check("pasted: a short link of openstreetmap.org is where it was made", () => {
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~";
  const short = (lat, lon, zoom) => {
    const [x, y] = [BigInt(Math.floor(((lon + 180) / 360) * 2 ** 32)), BigInt(Math.floor(((lat + 90) / 180) * 2 ** 32))];
    let bits = 0n;
    for (let at = 31n; at >= 0n; at -= 1n) bits = (bits << 2n) | (((x >> at) & 1n) << 1n) | ((y >> at) & 1n);
    const code = Array.from({ length: Math.ceil((zoom + 8) / 3) }, (_, at) => LETTERS[Number((bits >> BigInt(58 - 6 * at)) & 63n)]).join("");
    return `https://osm.org/go/${code}${"-".repeat((zoom + 8) % 3)}?m=`;
  };
  for (const zoom of [16, 17, 18]) {
    const place = parse(short(43.7395, 7.4276, zoom));
    assert.ok(Math.abs(place.lat - 43.7395) < 1e-4 && Math.abs(place.lon - 7.4276) < 1e-4 && place.zoom === zoom, JSON.stringify(place));
  }
});

check("pasted: a box in any writing", () => {
  for (const text of BOXES) assert.deepEqual(parse(text), MONACO, text);
  assert.deepEqual(parse("179.5,-17,-179.5,-16"), [179.5, -17, -179.5, -16], "only the antimeridian can be meant");
  assert.deepEqual(parse("5,45,12,50"), [5, 45, 12, 50], "large, and no more likely otherwise");
});

check("pasted: numbers that may mean several things are asked about", () => {
  for (const [text, wanted] of DOUBTS) {
    const read = pasted(text);
    assert.equal(read?.kind, "doubt", text);
    assert.ok(read.readings.some((each) => JSON.stringify(each) === JSON.stringify(wanted)), `${text}: ${JSON.stringify(read.readings)}`);
    assert.ok(read.readings.length <= 5, `${text}: ${read.readings.length} readings`);
  }
  assert.deepEqual(literal("7.4285 43.739 7.4268 43.74"), [7.4285, 43.739, 7.4268, 43.74], "fields with names take them as they stand");
});

check("pasted: elements, names, shapes, and what says too little", () => {
  for (const [text, wanted] of OTHERS) assert.deepEqual(pasted(text), wanted, text);
});

check("pasted: what is a name, or nothing", () => {
  for (const text of ["", "Rome", "Paris, France", "1,2,3", "95, 100", "https://example.org/#map=1/2/3", "12e3, 4", "Route 66", "Снежная 5", "N", "East", "S 8", "43°70'N 7°E"]) assert.equal(pasted(text), undefined, text);
});

check("boxes: faults are told apart", () => {
  assert.equal(fault([12, 41, 13, 42]), undefined);
  assert.equal(fault([13, 41, 12, 42]), "swapped");
  assert.equal(fault([12, 42, 13, 41]), "order");
  assert.equal(fault([12, 41, 193, 42]), "range");
  assert.equal(fault([NaN, 41, 13, 42]), "range");
  assert.ok(Number.isNaN(number("12abc")));
});

check("boxes: the antimeridian is a place like others", () => {
  const fiji = [179.5, -17, -179.5, -16];
  assert.deepEqual(grown(fiji, 0.5), [179, -17.5, -179, -15.5]);
  assert.ok(holds(grown(fiji, 0.05), fiji));
  assert.ok(!holds(fiji, [-179.6, -17, -179.4, -16]));
  assert.deepEqual(joined(fiji, [-179.6, -16.5, -179.2, -15]), [179.5, -17, -179.2, -15]);
  assert.deepEqual(around([[179, 1], [-179, 2], [179.5, 0]]), [179, 0, -179, 2]);
});

check("boxes: sizes on the sphere", () => {
  const { across, along, area } = measure([12.4, 41.8, 12.5, 41.9]);
  assert.ok(Math.abs(along - 11.12) < 0.01 && Math.abs(across - 8.283) < 0.01 && Math.abs(area - across * along) < 0.1);
});

check("places: what stands behind a comma chooses among those of a name", () => {
  const node = (name, kind, lat, lon, more = {}) => ({ type: "node", id: lat, lat, lon, tags: { name, place: kind, ...more } });
  const elements = [node("Paris", "city", 48.86, 2.35), node("Paris", "town", 33.66, -95.55), node("France", "country", 46.6, 2.2), node("Texas", "state", 31.3, -98.8, { "name:ru": "Техас" })];
  const chosen = (text) => places(chosenBy(JSON.stringify({ elements }), namesOf(text)), { lat: 0, lon: 0 }).map(({ lat }) => lat);
  assert.deepEqual(chosen("Paris, France"), [48.86]);
  assert.deepEqual(chosen("paris, Техас"), [33.66]);
  assert.deepEqual(chosen("Paris, Nowhere"), [48.86, 33.66], "who says what nobody has is shown all");
  const query = nameQuery(namesOf("Paris, France"), ["en"]);
  for (const name of ["Paris", "France", "Paris, France"]) assert.ok(query.includes(`node["place"]["name"="${name}"]`), name);
});

check("outline: ways become rings, in whatever direction they run", () => {
  const way = (role, ...points) => ({ type: "way", role, geometry: points.map(([lon, lat]) => ({ lat, lon })) });
  const members = [way("outer", [0, 0], [1, 0]), way("inner", [0.4, 0.4], [0.6, 0.4], [0.5, 0.6], [0.4, 0.4]), way("outer", [0, 0], [0, 1], [1, 1]), way("outer", [1, 0], [1, 1]), way("outer", [5, 5], [6, 6]), { type: "node", role: "label" }];
  const { type, coordinates } = outlineOf(JSON.stringify({ elements: [{ members }] }));
  assert.deepEqual([type, coordinates.length, coordinates[0][0].length, coordinates[0][0][0]], ["MultiPolygon", 1, 5, coordinates[0][0].at(-1)]);
  assert.equal(outlineOf('{"elements":[]}'), undefined);
});

check("names: files are called after title, area, place or data, then paper and scale", () => {
  const sheet = { size: "a2", scale: 5000 };
  assert.equal(fileName("pdf", { area: "Monte-Carlo", sheet }), "monte-carlo-a2-5000.pdf");
  assert.equal(fileName("svg", { title: "Kluuvi & Töölö, été", area: "Monaco", data: "helsinki" }), "kluuvi-töölö-été.svg");
  assert.equal(fileName("osm.pbf", { area: "", place: "Санкт-Петербург", data: "x" }), "санкт-петербург.osm.pbf");
  assert.equal(fileName("dxf", { data: "town.osm.pbf", sheet: { size: [300, 200.4], scale: 499.6 } }), "town-300x200-500.dxf");
  assert.equal(fileName("png", { area: "rock.geojson" }), "rock.png");
  assert.equal(fileName("png", { title: " ** " }), "map.png");
});
