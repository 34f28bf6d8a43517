// How large files become: `node www/page/sizes.mjs` writes every sample in every format and keeps bytes of an almost empty file and bytes per element more, of pictures bytes per pixel, in sizes.json.
// dist/api must be there. Run it when formats were added; the page shows no size for those it does not know.
import { readFileSync, writeFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const samples = JSON.parse(readFileSync(new URL("assets/sample/samples.json", root)));
const { Exporter } = await import(new URL("dist/api/direct.js", root));
const exporter = new Exporter();
const formats = exporter.formats.filter((row) => !row.alias_of);
const sums = new Map(formats.map(({ id }) => [id, { base: 0, bytes: 0, units: 0 }]));
/** Half the sides of an almost empty area, degrees. */
const TINY = 0.0002;

for (const { file } of samples) {
  const bytes = readFileSync(new URL(`assets/sample/${file}`, root));
  for (const { id, size } of formats) {
    const map = await exporter.open(bytes, { format: id });
    const { nodes, ways, relations, bbox } = map.info;
    try {
      const [lon, lat] = [(bbox.min_lon + bbox.max_lon) / 2, (bbox.min_lat + bbox.max_lat) / 2];
      const tiny = await map.export({ format: id, clip: true, bbox: [lon - TINY, lat - TINY, lon + TINY, lat + TINY] });
      const base = size === "elements" ? tiny.size : 0;
      const made = await map.export({ format: id });
      const sheet = await exporter.frame({ bbox, format: id });
      const pixels = (sheet.width * sheet.height * 150 ** 2) / 25.4 ** 2;
      const sum = sums.get(id);
      sum.base = Math.max(sum.base, base);
      sum.bytes += Math.max(0, made.size - base);
      sum.units += size === "pixels" ? pixels : nodes + ways + relations;
    } catch (fault) {
      console.error(`${id}, ${file}: ${fault.message}`);
    }
    map.close();
  }
}
exporter.close();
const rows = [...sums].filter(([, { units }]) => units > 0).map(([id, { base, bytes, units }]) => [id, [base, Number((bytes / units).toPrecision(3))]]);
writeFileSync(new URL("sizes.json", import.meta.url), `{\n${rows.map(([id, row]) => `  ${JSON.stringify(id)}: ${JSON.stringify(row)}`).join(",\n")}\n}\n`);
console.log(`${rows.length} formats`);
