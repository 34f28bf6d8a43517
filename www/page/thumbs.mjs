// Pictures of the map styles, drawn by the engine itself when the page is built: dist/api must be there.
import { readFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);

/** A quarter of the sample with water, a park, streets and houses; the picture's size in mm and dots per inch. */
const PLACE = { sample: "assets/sample/helsinki.osm.pbf", bbox: [24.943, 60.1755, 24.95, 60.1775] };
const SHEET = { size: [32, 20], margin: 0, dpi: 135 };
/** Without place names, which would fill so small a picture. */
const LAYERS = ["water", "natural", "vegetation", "landuse", "leisure", "buildings", "roads", "railways", "transport"];

/** By name, the bytes of one PNG a style. */
export async function thumbs() {
  const { Exporter } = await import(new URL("dist/api/direct.js", root));
  const exporter = new Exporter();
  const map = await exporter.open(readFileSync(new URL(PLACE.sample, root)), { format: "png" });
  const pictures = new Map();
  for (const { id } of exporter.styles) {
    const { blob } = await map.export({ format: "png", map_style: id, bbox: PLACE.bbox, layers: LAYERS, page: SHEET });
    pictures.set(`styles/${id}.png`, await blob.arrayBuffer());
  }
  map.close();
  exporter.close();
  return pictures;
}

/** By style, its palette: the colours a request may change. What a theme makes of another colour follows that one and is left out. */
export function palettes(ids) {
  const theme = (id) => JSON.parse(readFileSync(new URL(`src/style/themes/${id}.json`, root), "utf8"));
  const base = theme("base").metadata.mapwright.palette;
  const own = ([, color]) => typeof color === "string" && !color.startsWith("@");
  const palette = (id) => Object.fromEntries(Object.entries({ ...base, ...theme(id).palette }).filter(own));
  return JSON.stringify(Object.fromEntries(ids.map((id) => [id, palette(id)])));
}

/** Puts them beside the page. */
export class ThumbsPlugin {
  apply(compiler) {
    const { sources, Compilation } = compiler.webpack;
    compiler.hooks.thisCompilation.tap("thumbs", (compilation) => {
      compilation.hooks.processAssets.tapPromise({ name: "thumbs", stage: Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL }, async () => {
        const pictures = await thumbs();
        for (const [name, bytes] of pictures) compilation.emitAsset(name, new sources.RawSource(Buffer.from(bytes)));
        const ids = [...pictures.keys()].map((name) => name.replace(/^styles\/|\.png$/g, ""));
        compilation.emitAsset("styles/palettes.json", new sources.RawSource(palettes(ids)));
      });
    });
  }
}
