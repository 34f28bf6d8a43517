// What LibreDWG, compiled to WebAssembly, finds in a DWG: layers, entities of model and paper space, as JSON.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Dwg_File_Type, LibreDwg } from "@mlightcad/libredwg-web";

const [file] = process.argv.slice(2);
// What it says on its way would stand among the answer.
console.log = console.warn = () => undefined;
const library = await LibreDwg.create(join(dirname(fileURLToPath(import.meta.resolve("@mlightcad/libredwg-web"))), "../wasm"));
const bytes = readFileSync(file);
const dwg = library.dwg_read_data(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength), Dwg_File_Type.DWG);
const { tables, entities, objects } = library.convert(dwg);
const flat = (point) => (point ? [point.x, point.y] : undefined);
const of = (entity) => ({
  kind: entity.type,
  layer: entity.layer,
  owner: String(entity.ownerBlockRecordSoftId ?? ""),
  handle: String(entity.handle),
  points: entity.vertices?.map(flat),
  rings: entity.boundaryPaths?.map((path) => path.vertices?.map(flat)),
  solid: entity.solidFill,
  pattern: entity.patternName,
  text: typeof entity.text === "object" ? entity.text?.text : entity.text,
  tag: entity.tag,
  block: entity.name,
  at: flat(entity.insertionPoint ?? entity.startPoint),
  width: entity.width,
  height: entity.height,
  view: entity.viewHeight,
});
const blocks = tables.BLOCK_RECORD.entries.map(({ name, handle }) => ({ name, handle: String(handle) }));
const layers = tables.LAYER.entries.map(({ name, color, colorIndex, lineType, lineweight }) => ({ name, color, index: colorIndex, lineType, lineweight }));
const geodata = Object.values(objects).flat().some((object) => object?.entries && "ACAD_GEOGRAPHICDATA" in object.entries);
process.stdout.write(JSON.stringify({ layers, blocks, entities: entities.map(of), geodata }, (_, value) => (typeof value === "bigint" ? String(value) : value)));
