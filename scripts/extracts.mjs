// What the independent readers judge every format by.

// Real extracts that every format is tried on: a dense quarter, a coast, non-Latin names.
export const EXTRACTS = {
  helsinki: "assets/sample/helsinki.osm.pbf",
  monaco: "assets/sample/monaco.osm.pbf",
  moscow: "tests/data/extracts/moscow.osm.pbf",
};
