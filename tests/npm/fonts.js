// Chinese, Japanese and Korean names, with the package of their fonts and without it: what every consumer checks.

/** Two places that no other font can write, and one that any can. */
const MAP = `<osm version="0.6"><bounds minlat="35.60" minlon="139.60" maxlat="35.70" maxlon="139.80"/>
<node id="1" lat="35.66" lon="139.70"><tag k="place" v="city"/><tag k="name" v="東京"/></node>
<node id="2" lat="35.64" lon="139.65"><tag k="place" v="town"/><tag k="name" v="서울"/></node>
<node id="3" lat="35.62" lon="139.75"><tag k="place" v="town"/><tag k="name" v="Town"/></node></osm>`;

/** Rows of {name, fault?}. `installed`: whether the package is; `folder`: where its fonts are served, if they are. */
export async function checkFonts(Exporter, installed, folder) {
  const rows = [];
  const note = async (options, request = { format: "svg", text: "outline" }) => {
    const exporter = new Exporter(options);
    try {
      const { notes, size } = await exporter.export(MAP, request);
      return { said: notes.find(({ code }) => code === "missing_glyphs")?.message, size };
    } finally {
      exporter.close();
    }
  };
  const test = async (name, work) => rows.push(await work().then((fault) => ({ name, fault }), (fault) => ({ name, fault: `${fault.code ?? fault.name}: ${fault.message}` })));
  await test(`with${installed ? "" : "out"} the package of fonts`, async () => {
    const { said = "" } = await note();
    if (installed) return said || undefined;
    return /東.*; Chinese, Japanese and Korean ones are in the package mapwright-fonts-cjk$/.test(said) ? undefined : `expected a note that names the package, got "${said}"`;
  });
  await test("data need no fonts", async () => (await note({}, { format: "geojson" })).said);
  if (folder) {
    // Before the other: a thread keeps the fonts it has.
    await test("a folder that is not there", async () => {
      const fault = await note({ fonts: new URL("nowhere/", folder) }).catch((fault) => fault);
      return fault.code === "load" ? undefined : `expected the error load, got ${fault.code} ${fault.said}`;
    });
    await test("fonts of a folder that is named", async () => (await note({ fonts: folder })).said);
  }
  return rows;
}
