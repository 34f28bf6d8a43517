// What every consumer checks with its own copy of the package: a browser bundle or Node, worker or calling thread.

const SAMPLE = { nodes: 24260, ways: 5130, relations: 620 };

/** Runs all checks with one `Exporter`; returns rows of {name, fault?}. `direct`: it works on the calling thread. */
export async function check(Exporter, bytes, direct) {
  const rows = [];
  const test = async (name, work) => {
    try {
      await work();
      rows.push({ name });
    } catch (fault) {
      rows.push({ name, fault: `${fault.code ?? fault.name}: ${fault.message}` });
    }
  };
  const exporter = new Exporter();
  let geojson;

  await test("the catalogue is there without loading anything", () => {
    const ids = exporter.formats.map((row) => row.id);
    ["geojson", "svg", "pdf", "png"].forEach((id) => equal(ids.includes(id), true));
    equal(exporter.layers.some((row) => row.id === "roads"), true);
    equal(exporter.styles.length > 0 && exporter.papers.length > 0, true);
  });

  await test("one call, two packs: GeoJSON and SVG", async () => {
    const steps = [];
    let over = false;
    const files = await exporter.export(bytes, { formats: ["geojson", "svg"] }, {
      onProgress: (step) => steps.push({ ...step, late: over }),
    });
    over = true;
    await new Promise((resolve) => setTimeout(resolve, 100));
    equal(files.map((file) => `${file.format} ${file.name} ${file.mime}`).join(), "geojson map.geojson application/geo+json,svg map.svg image/svg+xml");
    equal(files.every((file) => file.size === file.blob.size && file.blob.type === file.mime), true);
    geojson = await text(files[0]);
    equal(JSON.parse(geojson).type, "FeatureCollection");
    equal(JSON.parse(geojson).features.length > 4000, true);
    equal(/^(<\?xml[^>]*>\s*)?<svg /.test(await text(files[1])), true);
    equal(steps.length >= 10, true, `${steps.length} steps`);
    equal(steps.every((step, row) => row === 0 || step.fraction >= steps[row - 1].fraction), true, "progress went back");
    equal(steps.at(-1).fraction, 1);
    equal(steps.filter((step) => step.fraction === 1).length, 1);
    const counted = (stage, unit) => steps.filter((step) => step.stage === stage && step.unit === unit && step.done > 0).length > 0;
    equal([counted("load", "bytes"), counted("read", "bytes"), counted("write", "things")].join(), "true,true,true", "units");
    equal(steps.filter(({ stage }) => stage === "load" || stage === "receive").every(({ unit }) => unit === "bytes"), true);
    equal(steps.some((step) => step.late), false, "progress after the result");
  });

  await test("what was prepared is loaded, makes the same file, and gives way to work", async () => {
    const fresh = new Exporter();
    const steps = [];
    await fresh.prepare({ format: "geojson", bbox: [0, 0, 1, 1] }, { onProgress: (step) => steps.push(step) });
    equal(steps.at(-1).fraction, 1);
    equal(await text(await fresh.export(bytes, { format: "geojson" })), geojson);
    const map = await fresh.open(bytes);
    for (const work of [() => fresh.export(bytes, { format: "geojson" }), () => map.export({ format: "geojson" })]) {
      const order = [];
      const prepared = fresh.prepare({ formats: ["geojson", "svg"] }).then(() => order.push("prepared"));
      await work().then(() => order.push("worked"));
      await prepared;
      if (!direct) equal(order.join(), "prepared,worked");
    }
    await rejects("bad_request", () => fresh.prepare({ format: "svgg" }));
    await rejects("bad_request", () => fresh.prepare({}));
    await rejects("cancelled", () => fresh.prepare({ format: "svg" }, { signal: AbortSignal.abort() }));
    fresh.close();
  });

  await test("every kind of source gives the same file", async () => {
    const sources = [bytes.slice().buffer, new Blob([bytes]), new Response(bytes), new Blob([bytes]).stream()];
    for (const source of sources) equal(await text(await exporter.export(source, { format: "geojson" })), geojson);
    equal(bytes.length > 0, true, "the caller's bytes were taken away");
  });

  await test("a stream is read while it arrives", async () => {
    // Views of one buffer, of which each crosses alone.
    const pieces = Array.from({ length: Math.ceil(bytes.length / 5000) }, (_, row) => bytes.subarray(row * 5000, (row + 1) * 5000));
    equal(await text(await exporter.export(endless(pieces, true), { format: "geojson" })), geojson);
    // What is wrong is said although the stream never ends.
    const junk = new TextEncoder().encode("this is no map, and more of the same would follow if anybody read on");
    await rejects("foreign", () => exporter.export(endless([junk, junk], false), { format: "geojson" }));
    await rejects("foreign", () => exporter.open(endless([junk, junk], false)));
    await rejects("bad_request", () => exporter.export(endless([], false), { format: "geojson", detail_levl: 3 }));
    const stop = new AbortController();
    const onProgress = ({ stage }) => stage === "receive" && stop.abort();
    await rejects("cancelled", () => exporter.export(endless(pieces, false), { format: "geojson" }, { signal: stop.signal, onProgress }));
    equal(await text(await exporter.export(endless(pieces, true), { format: "geojson" })), geojson);
  });

  await test("what arrives outlives a worker that is ended", async () => {
    const stop = new AbortController();
    let go;
    const wait = new Promise((resolve) => (go = resolve));
    const arriving = exporter.export(endless([bytes.slice(0, 300000), bytes.slice(300000)], true, wait), { format: "geojson" });
    await rejects("cancelled", () => exporter.export(bytes, { format: "svg" }, { signal: stop.signal, onProgress: () => (stop.abort(), go()) }));
    equal(await text(await arriving), geojson);
  });

  await test("an open map: read once, exported many times", async () => {
    const map = await exporter.open(bytes);
    const { nodes, ways, relations } = map.info;
    equal(JSON.stringify({ nodes, ways, relations }), JSON.stringify(SAMPLE));
    equal(await text(await map.export({ format: "geojson" })), geojson);
    equal((await map.export({ formats: ["png", "pdf"] })).length, 2);
    equal(await text(await map.export({ format: "geojson" })), geojson);
    map.close();
    await rejects("closed", () => map.export({ format: "geojson" }));
  });

  await test("cancelling stops within 100 ms, and the next export works", async () => {
    const map = await exporter.open(bytes);
    for (const run of [(options) => exporter.export(bytes, { format: "svg" }, options), (options) => map.export({ format: "svg" }, options)]) {
      const stop = new AbortController();
      let stopped = 0;
      const onProgress = ({ fraction }) => {
        if (fraction < 0.2 || stopped) return;
        stopped = performance.now();
        stop.abort();
      };
      await rejects("cancelled", () => run({ signal: stop.signal, onProgress }));
      const took = performance.now() - stopped;
      equal(took < 100, true, `${took.toFixed(0)} ms`);
      equal((await run({})).format, "svg");
    }
    await rejects("cancelled", () => exporter.export(bytes, { format: "svg" }, { signal: AbortSignal.abort() }));
    map.close();
  });

  await test("cancelling one of two calls leaves the other alone", async () => {
    const stop = new AbortController();
    const one = rejects("cancelled", () => exporter.export(bytes, { format: "svg" }, { signal: stop.signal, onProgress: () => stop.abort() }));
    const two = exporter.export(bytes, { format: "geojson" });
    await one;
    equal(await text(await two), geojson);
  });

  await test("what is wrong has a code and a field", async () => {
    const wrong = await rejects("bad_request", () => exporter.export(bytes, { format: "svg", detail_levl: 3 }));
    equal(wrong.field, "detail_levl");
    equal((await rejects("bad_request", () => exporter.export(bytes, { format: "svgx" }))).field, "formats");
    equal((await rejects("bad_request", () => exporter.export(bytes, { format: "geojson", options: { geojson: { digits: 99 } } }))).field, "options.geojson.digits");
    await rejects("foreign", () => exporter.export("no map at all", { format: "geojson" }));
    for (const place of ["monaco.osm.pbf", "/data/monaco.osm", "C:\\data\\monaco", "https://example.org/monaco", "file:///monaco.pbf"]) {
      for (const work of [() => exporter.export(place, { format: "geojson" }), () => exporter.open(place)]) equal((await rejects("bad_request", work)).field, "source", place);
    }
    // Data in one line that name a place at their end.
    await rejects("empty", () => exporter.export('{"elements": [], "from": "https://example.org/monaco.osm"}', { format: "geojson" }));
  });

  await test("a listener that throws stops the call with what it threw", async () => {
    const own = new Error("own");
    const caught = await exporter.export(bytes, { format: "geojson" }, { onProgress: () => { throw own; } }).catch((fault) => fault);
    equal(caught, own);
    equal(await text(await exporter.export(bytes, { format: "geojson" })), geojson);
  });

  await test("a request is checked before there are data", async () => {
    await exporter.check({ format: "pdf", overlays: [{ data: { type: "Point", coordinates: [7.42, 43.73] } }] });
    const wrong = await rejects("bad_request", () => exporter.check({ format: "geojson", overlays: [{ data: { type: "Point", coordinates: [370000, 4843000] } }] }));
    equal(wrong.field, "overlays[0].data");
    equal((await rejects("bad_request", () => exporter.check({ format: "geojson", options: { geojson: { digits: 99 } } }))).field, "options.geojson.digits");
  });

  await test("a file says how it was made, and what it says makes it again", async () => {
    const request = { format: "geojson", language: "latin", options: { geojson: { digits: 5 } } };
    const file = await exporter.export(bytes, request);
    for (const form of [file.blob, await file.arrayBuffer(), new Uint8Array(await file.arrayBuffer())]) {
      const said = await exporter.provenance(form);
      equal(said.request.formats.join(), "geojson");
      equal([said.request.language, said.left_out.length, said.style].join(), "latin,0,");
      const [again] = await exporter.export(bytes, said.request);
      equal(await text(again), await text(file));
    }
    const large = new Blob([file.blob, " ".repeat(3 << 20)]);
    equal((await exporter.provenance(large)).request.language, "latin");
    await rejects("foreign", () => exporter.provenance(new Blob(["%PDF-1.7"])));
  });

  await test("frame and query need no data", async () => {
    const bbox = [24.9352, 60.1642, 24.9534, 60.1791];
    const frame = await exporter.frame({ bbox, page: { size: "A4", scale: 10000 } });
    equal([frame.width, frame.height].sort().join(), "210,297");
    equal(frame.outline.length >= 5, true);
    const { query, count } = await exporter.query({ bbox });
    equal(query.includes("60.1642,24.9352,60.1791,24.9534"), true, query);
    equal(count.includes("out count"), true, count);
  });

  if (!direct) {
    await test("ended workers come back", async () => {
      exporter.close();
      equal(await text(await exporter.export(bytes, { format: "geojson" })), geojson);
    });
  }
  exporter.close();
  return rows;
}

/** A stream of pieces; the second waits where there is something to wait for. It ends, or nothing more ever comes. */
function endless(pieces, ends, wait) {
  let row = 0;
  return new ReadableStream({
    async pull(stream) {
      if (row === 1) await wait;
      if (row < pieces.length) stream.enqueue(pieces[row++]);
      else if (ends) stream.close();
      else await new Promise(() => undefined);
    },
  });
}

const text = (file) => file.blob.text();

function equal(is, should, say = "") {
  if (is !== should) throw new Error(`${say || "expected"} ${short(should)}, got ${short(is)}`);
}

const short = (value) => String(value).slice(0, 200);

async function rejects(code, work) {
  const fault = await work().then(() => undefined, (fault) => fault);
  if (fault?.code !== code) throw new Error(`expected the error ${code}, got ${fault ? `${fault.code} ${fault.message}` : "a result"}`);
  return fault;
}
