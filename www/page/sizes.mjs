// How large files become: `node www/page/sizes.mjs` writes every sample in every format and keeps bytes per element, of pictures bytes per pixel, in sizes.json.
// dist/api must be there. Run it when formats were added; the page shows no size for those it does not know.
import { readFileSync, writeFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);
const samples = JSON.parse(readFileSync(new URL("assets/sample/samples.json", root)));
const { Exporter } = await import(new URL("dist/api/direct.js", root));
const exporter = new Exporter();
const formats = exporter.formats.filter((row) => !row.alias_of);
const sums = new Map(formats.map(({ id }) => [id, { bytes: 0, units: 0 }]));

for (const { file } of samples) {
  const bytes = readFileSync(new URL(`assets/sample/${file}`, root));
  for (const { id, family } of formats) {
    const map = await exporter.open(bytes, { format: id });
    const { nodes, ways, relations, bbox } = map.info;
    try {
      const made = await map.export({ format: id });
      const sheet = await exporter.frame({ bbox, format: id });
      const pixels = (sheet.width * sheet.height * 150 ** 2) / 25.4 ** 2;
      const sum = sums.get(id);
      sum.bytes += made.bytes.length;
      sum.units += family === "Pixels" ? pixels : nodes + ways + relations;
    } catch (fault) {
      console.error(`${id}, ${file}: ${fault.message}`);
    }
    map.close();
  }
}
exporter.close();
const rows = [...sums].filter(([, { units }]) => units > 0).map(([id, { bytes, units }]) => [id, Number((bytes / units).toPrecision(3))]);
writeFileSync(new URL("sizes.json", import.meta.url), `${JSON.stringify(Object.fromEntries(rows), null, 1)}\n`);
console.log(`${rows.length} formats`);
