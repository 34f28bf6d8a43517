// Boxes: what people paste, the sides of the antimeridian, sizes.
import assert from "node:assert/strict";
import { check } from "./check.mjs";
import { modules } from "./sources.mjs";

const { parse, fault, grown, holds, joined, measure, number, around } = await modules("box.ts");

check("boxes: places that people paste", () => {
  assert.deepEqual(parse("60.17, 24.94"), { lat: 60.17, lon: 24.94 });
  assert.deepEqual(parse("60,17 24,94"), { lat: 60.17, lon: 24.94 });
  assert.deepEqual(parse("-33.86,151.21"), { lat: -33.86, lon: 151.21 });
  assert.deepEqual(parse("geo:37.786,-122.399"), { lat: 37.786, lon: -122.399 });
  assert.deepEqual(parse("geo:48.2,16.37?z=17"), { lat: 48.2, lon: 16.37, zoom: 17 });
  assert.deepEqual(parse("https://www.openstreetmap.org/#map=16/41.8902/12.4922"), { lat: 41.8902, lon: 12.4922, zoom: 16 });
  assert.deepEqual(parse("osm.org/?mlat=41.9&mlon=12.5#map=14/0/0"), { lat: 41.9, lon: 12.5, zoom: 14 });
  assert.deepEqual(parse("https://www.openstreetmap.org/?bbox=12.4,41.8,12.5,41.9"), [12.4, 41.8, 12.5, 41.9]);
  assert.deepEqual(parse("https://www.openstreetmap.org/?minlon=12.4&minlat=41.8&maxlon=12.5&maxlat=41.9"), [12.4, 41.8, 12.5, 41.9]);
});

check("boxes: four numbers in any writing", () => {
  const box = [12.4, 41.8, 12.5, 41.9];
  for (const text of ["12.4,41.8,12.5,41.9", "12.4, 41.8, 12.5, 41.9", "12.4 41.8 12.5 41.9", "12,4; 41,8; 12,5; 41,9"]) assert.deepEqual(parse(text), box, text);
});

check("boxes: what is no place", () => {
  for (const text of ["", "Rome", "1,2,3", "95, 10", "https://example.org/#map=1/2/3", "12e3, 4"]) assert.equal(parse(text), undefined, text);
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
