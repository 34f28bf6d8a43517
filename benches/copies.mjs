// Inputs of any size out of a recorded Overpass answer, for the benchmarks.
import { createWriteStream, existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { root } from "../scripts/lib.mjs";

/** Box of the recorded answer: west, south, east, north. */
export const BOX = [7.41, 43.72, 7.44, 43.75];
/** How far apart the copies lie, degrees of longitude. */
export const APART = 0.1;

/** The recorded answer `copies` times in a file of `folder`, each copy further east with ids of its own, as Overpass lays it out. */
export async function shifted(folder, copies) {
  const path = join(folder, `monaco-${copies}.json`);
  if (existsSync(path)) return path;
  const recorded = JSON.parse(gunzipSync(readFileSync(join(root, "tests/data/overpass/monaco.map.json.gz"))).toString());
  const out = createWriteStream(`${path}.part`);
  out.write('{\n  "version": 0.6,\n  "elements": [\n\n');
  for (let copy = 0; copy < copies; copy++) {
    const id = (number) => number + copy * 1e11;
    recorded.elements.forEach((element, row) => {
      const moved = { ...element, id: id(element.id) };
      if (moved.lon !== undefined) moved.lon = Number((moved.lon + copy * APART).toFixed(7));
      if (moved.nodes) moved.nodes = moved.nodes.map(id);
      if (moved.members) moved.members = moved.members.map((member) => ({ ...member, ref: id(member.ref) }));
      out.write((copy + row > 0 ? ",\n" : "") + JSON.stringify(moved, null, 2));
    });
  }
  await new Promise((resolve) => out.end("\n\n  ]\n}\n", resolve));
  renameSync(`${path}.part`, path);
  return path;
}
