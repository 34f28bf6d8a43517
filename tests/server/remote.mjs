// `mapwright/remote` against a live server, in Node and in Chromium, and against one that plays faults.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { launch, serve as files } from "../browser/site.mjs";
import { must, program, root } from "../../scripts/lib.mjs";
import { checks, serve } from "./serve.mjs";

const BBOX = [24.94, 60.169, 24.943, 60.171];
/** Takes far longer than any check waits for it. */
const LARGE = { format: "png", bbox: [24.9352, 60.1642, 24.9534, 60.1791], page: { size: "A0", dpi: 600 } };
const TASK = "0123456789abcdef0123456789abcdef";
const KEY = `ocd_${"k".repeat(30)}`;
const FASTER = 100;

const folder = mkdtempSync(join(tmpdir(), "mapwright-remote-"));
const built = join(folder, "api");
const { check, end } = checks();

/** The modules as the package has them, without those of the engine: so nothing else is needed. */
await must("node", [join(root, "node_modules/typescript/bin/tsc"), "--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--skipLibCheck",
  "--target", "ES2022", "--module", "ES2022", "--moduleResolution", "bundler", "--lib", "ES2023,DOM,DOM.Iterable,DOM.AsyncIterable,WebWorker", "--types", "node",
  "--outDir", built, join(root, "www/api/remote.ts")]);
writeFileSync(join(built, "package.json"), JSON.stringify({ type: "module" }));
const { Exporter, ExportError } = await import(join(built, "remote.js"));

const server = await serve(folder);
const exporter = new Exporter(server.host, { apiKey: server.key });
const status = async (id) => (await fetch(`${server.host}/api/status/${id}`)).json();
const same = (is, should, say = "") => {
  const [one, two] = [JSON.stringify(is), JSON.stringify(should)];
  if (one !== two) throw new Error(`${say} expected ${two}, got ${one}`);
};
const text = (file) => file.blob.text();

async function rejects(code, work) {
  const fault = await work().then(() => undefined, (fault) => fault);
  if (!(fault instanceof ExportError) || fault.code !== code) throw new Error(`expected the error ${code}, got ${inspect(fault)}`);
  return fault;
}

/** Ids of the tasks that were begun while something was done, which is given them, too; the calls go through all the same. */
async function begun(work) {
  const ids = [];
  const { fetch: real } = globalThis;
  globalThis.fetch = async (address, options) => {
    const answer = await real(address, options);
    if (options.method === "POST" && answer.status === 202) ids.push((await answer.clone().json()).task_id);
    return answer;
  };
  await work(ids).finally(() => (globalThis.fetch = real));
  return ids;
}

/** How a task ended that nobody waits for any more. */
async function ended(id) {
  for (;;) {
    const state = await status(id);
    if (!["queued", "processing"].includes(state.status)) return state.status;
    await new Promise((done) => setTimeout(done, 50));
  }
}

await check("two files, progress, notes", async () => {
  const steps = [];
  const request = { formats: ["png", "geojson"], bbox: LARGE.bbox, map_style: "minimal", detail_level: 4, page: { size: "A0", dpi: 150 } };
  let made;
  const ids = await begun(async () => (made = await exporter.export(null, request, { onProgress: (step) => steps.push(step) })));
  const { files } = await status(ids[0]);
  same(made.map(({ name, format, mime, size }) => ({ format, filename: name, size, mime })), files.map(({ format, filename, size, mime }) => ({ format, filename, size, mime })));
  for (const [row, file] of made.entries()) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    same([bytes.length, createHash("sha256").update(bytes).digest("hex"), file.blob.type], [file.size, files[row].sha256, file.mime]);
    same(file.notes.map(({ message }) => message), files[row].notes);
  }
  same(made.some((file) => file.notes.some(({ message }) => message.includes("multipolygons"))), true);
  same(steps.every(({ fraction }, row) => row === 0 || fraction >= steps[row - 1].fraction), true, "progress");
  same([steps.at(-1).fraction, steps.filter(({ fraction }) => fraction === 1).length], [1, 1]);
  same([steps.some(({ stage }) => stage === "write"), steps.some(({ stage, fraction }) => stage === "receive" && fraction > 0.9), new Set(steps.map(({ fraction }) => fraction)).size > 4], [true, true, true]);
});

await check("one format gives one file, as an engine on this machine names it", async () => {
  const file = await exporter.export(null, { format: "svg", bbox: { min_lon: 24.94, min_lat: 60.169, max_lon: 24.943, max_lat: 60.171 } });
  same([file.name, file.format, file.mime, file.size === file.blob.size], ["map.svg", "svg", "image/svg+xml", true]);
  same((await text(file)).startsWith("<?xml"), true);
});

await check("an abort cancels on the server, early and late, and so does a listener that throws", async () => {
  for (const at of ["before", "at once", "later", "throws", "closed"]) {
    const stop = new AbortController();
    const own = new Error("own");
    const onProgress = () => {
      if (at === "later") stop.abort();
      if (at === "closed") exporter.close();
      if (at === "throws") throw own;
    };
    if (at === "before") stop.abort();
    let caught;
    const ids = await begun(async (ids) => {
      const work = exporter.export(null, LARGE, { signal: stop.signal, onProgress });
      if (at === "at once") setTimeout(() => stop.abort(), 0);
      caught = await work.catch((fault) => fault);
      // A first call that nobody waits for goes on to its end, so that the id is known.
      for (const end = Date.now() + (at === "before" ? 200 : 20000); ids.length === 0 && Date.now() < end; ) await new Promise((done) => setTimeout(done, 20));
    });
    same(at === "throws" ? caught === own : caught.code, at === "throws" ? true : "cancelled", at);
    same(ids.length, at === "before" ? 0 : 1, at);
    for (const id of ids) same(await ended(id), "cancelled", at);
  }
  same((await exporter.export(null, { format: "geojson", bbox: BBOX })).format, "geojson");
});

await check("what somebody else cancels is cancelled", async () => {
  let cancelled;
  await begun(async (ids) => {
    const onProgress = () => (cancelled ??= fetch(`${server.host}/api/render/${ids[0]}`, { method: "DELETE", headers: { "x-api-key": server.key } }));
    await rejects("cancelled", () => exporter.export(null, LARGE, { onProgress }));
  });
  same((await cancelled).status, 200);
});

await check("refusals have the code and the field of the server", async () => {
  const wrong = await rejects("bad_request", () => exporter.export(null, { format: "svg", bbox: BBOX, page: { dpii: 3 } }));
  same([wrong.field, wrong.message.includes("dpii")], ["page.dpii", true]);
  same((await rejects("bad_request", () => exporter.export(null, { format: "svg", bbox: [0, 0, 0.01, 0.01] }))).field, "bbox");
  same((await rejects("bad_request", () => exporter.export(null, { format: "svg", formats: ["svg"], bbox: BBOX }))).field, "format");
  await rejects("key", () => new Exporter(server.host, { apiKey: `ocd_${"a".repeat(30)}` }).export(null, { format: "svg", bbox: BBOX }));
  await rejects("key", () => new Exporter(server.host).export(null, { format: "svg", bbox: BBOX }));
  const free = execFileSync(await program(), ["keys", "create", "--data-dir", join(folder, "data"), "--tier", "free"], { encoding: "utf8" }).match(/ocd_[a-z0-9]{30}/)[0];
  await rejects("tier", () => new Exporter(server.host, { apiKey: free }).export(null, { format: "cdr", bbox: BBOX }));
});

await check("what needs an engine here says so", async () => {
  const bytes = readFileSync(join(root, "assets/sample/monaco.osm.pbf"));
  for (const source of [bytes, "<osm/>", new Blob([bytes]), new Response("{}")]) {
    const fault = await rejects("local_only", () => exporter.export(source, { format: "svg" }));
    same([fault.field, /mapwright\/direct/.test(fault.message)], ["source", true]);
  }
  await rejects("local_only", () => exporter.open(bytes));
  for (const name of ["check", "provenance", "frame", "query", "counts", "fault", "wait"]) same((await rejects("local_only", () => exporter[name]({}))).message.startsWith(`${name}:`), true);
  await exporter.prepare({ format: "svg" });
  await rejects("cancelled", () => exporter.prepare({ format: "svg" }, { signal: AbortSignal.abort() }));
  same([exporter.formats.some(({ id }) => id === "svg"), exporter.styles.length > 9, exporter.layers.length > 9, exporter.papers.length > 4], [true, true, true, true]);
});

await check("the key is shown nowhere", async () => {
  for (const apiKey of ["ocd_\nsecret", "ocd_sécret"]) {
    const fault = await rejects("bad_request", async () => new Exporter(server.host, { apiKey }));
    same([fault.field, inspect(fault).includes("cret")], ["apiKey", false]);
  }
  for (const url of ["nowhere", "ftp://host", "http://user:secret@host", "http://host?key=secret"]) {
    const fault = await rejects("bad_request", async () => new Exporter(url));
    same([fault.field, fault.message.includes("secret")], ["url", false]);
  }
  const faults = await Promise.all([
    rejects("bad_request", () => exporter.export(null, { format: "svgg", bbox: BBOX })),
    rejects("unreachable", () => new Exporter("http://127.0.0.1:1", { apiKey: server.key, tries: 1 }).export(null, { format: "svg", bbox: BBOX })),
  ]);
  for (const shown of [exporter, ...faults]) same([inspect(shown, { depth: 9, showHidden: true }).includes(server.key), JSON.stringify(shown).includes(server.key)], [false, false]);
});

/** A server that gives one answer after the other by the last word of the path, the last for ever: `[status, headers, body]`, or nothing and closes. */
async function fake(answers) {
  const asked = [];
  const server = createServer(async (request, response) => {
    let sent = "";
    for await (const part of request) sent += part;
    const path = request.url.split("?")[0];
    asked.push({ method: request.method, path, headers: request.headers, body: sent });
    const words = path.split("/");
    const rows = answers[words.at(-1)] ?? answers[words[2]] ?? [[404, {}, {}]];
    const row = rows.length > 1 ? rows.shift() : rows[0];
    if (!row) return void request.socket.destroy();
    const [status, headers, body] = row;
    response.writeHead(status, headers);
    for (const piece of Array.isArray(body) ? body : [typeof body === "string" ? body : JSON.stringify(body)]) response.write(piece);
    // What is longer than it is breaks off.
    if (headers["content-length"]) setTimeout(() => request.socket.destroy(), 20);
    else response.end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const close = () => new Promise((done) => (server.close(done), server.closeAllConnections()));
  return { host: `http://127.0.0.1:${server.address().port}`, asked, close };
}

/** Has an exporter use a server that plays; seconds pass faster, and are written down. */
async function played(answers, options, work) {
  const server = await fake(answers);
  const pauses = [];
  const { setTimeout: wait } = globalThis;
  globalThis.setTimeout = (done, ms, ...rest) => (pauses.push(ms / 1000), wait(done, ms / FASTER, ...rest));
  try {
    // Silence counts as ever: its clock runs faster, too.
    await work(new Exporter(server.host, { apiKey: KEY, timeout: 30 * FASTER, ...options }), server, pauses);
  } finally {
    globalThis.setTimeout = wait;
    await server.close();
  }
}

const problem = (status, code, seconds, more) => [status, seconds === undefined ? {} : { "retry-after": String(seconds) }, { status, code, detail: `it is ${code}`, ...more }];
const TAKEN = [202, {}, { task_id: TASK }];
const state = (status, progress, size = 0) => ({ status, progress, step: "encode svg", error: null, code: null, files: size ? [{ format: "svg", filename: "map.svg", size, mime: "image/svg+xml", notes: [] }] : [] });
const ONE = { format: "svg", bbox: BBOX };

await check("a call is tried again, stays the same export, and waits as long as it shall", async () => {
  const answers = { render: [undefined, problem(503, "storage", 7), problem(429, "too_many", 9), TAKEN], status: [[200, {}, state("completed", 100, 5)]], svg: [undefined, [200, { "content-length": 5 }, ["<sv"]], [200, {}, "<sv"], [200, {}, "<svg>"]] };
  await played(answers, {}, async (exporter, { asked }, pauses) => {
    same(await text(await exporter.export(null, ONE)), "<svg>");
    const calls = asked.filter(({ path }) => path === "/api/render");
    same([calls.length, new Set(calls.map(({ headers }) => headers["idempotency-key"])).size, new Set(calls.map(({ body }) => body)).size], [4, 1, 1]);
    same([calls[0].headers["idempotency-key"].length, asked.every(({ headers }) => headers["x-api-key"] === KEY)], [32, true]);
    same([7, 9].map((wanted) => pauses.filter((seconds) => seconds >= wanted && seconds < wanted + 1).length), [1, 1], pauses.join());
    same(asked.filter(({ path }) => path.endsWith("/svg")).length, 4);
    await exporter.export(null, ONE);
    same(asked.filter(({ path }) => path === "/api/render").at(-1).headers["idempotency-key"] === calls[0].headers["idempotency-key"], false);
  });
});

await check("tries have an end", async () => {
  for (const [answer, options, code, calls] of [
    [problem(503, "storage", 1), {}, "storage", 5],
    [problem(503, "storage", 1), { tries: 2 }, "storage", 2],
    [problem(429, "queue_full", 30), { patience: 5 }, "queue_full", 1],
    [problem(502, "overpass_message", 1, { task_id: TASK }), {}, "overpass_message", 1],
    [[504, {}, "<html>"], { tries: 3 }, "http_504", 3],
    [problem(500, "internal"), {}, "internal", 1],
    [undefined, { tries: 3 }, "unreachable", 3],
    [[200, {}, "<html>"], {}, "internal", 1],
    [[202, {}, []], {}, "internal", 1],
    [[307, { location: "http://127.0.0.1:1/api/render" }, ""], {}, "redirect", 1],
  ]) {
    await played({ render: [answer] }, options, async (exporter, { asked }) => {
      await rejects(code, () => exporter.export(null, ONE));
      same(asked.length, calls, code);
    });
  }
});

await check("events that break off are followed by polling", async () => {
  const event = (...row) => `event: status\r\ndata: ${JSON.stringify(state(...row))}\r\n\r\n`;
  const whole = event("processing", 30);
  const stream = [200, { "content-type": "text/event-stream" }, [": ping\n\n", event("queued", 0), whole.slice(0, 20), whole.slice(20, -1), whole.slice(-1)]];
  for (const [ticket, events] of [[[201, {}, { ticket: "t" }], stream], [[201, {}, { ticket: "t" }], problem(401, "ticket")], [problem(404, "not_found"), stream]]) {
    const polled = [[200, { "retry-after": "11" }, state("processing", 30)], [200, {}, state("processing", 60)], [200, {}, state("completed", 100, 5)]];
    await played({ render: [TAKEN], ticket: [ticket], events: [events], status: polled, svg: [[200, {}, "<svg>"]] }, {}, async (exporter, { asked }, pauses) => {
      const heard = [];
      await exporter.export(null, ONE, { onProgress: ({ fraction }) => heard.push(fraction) });
      const wanted = [0.27, 0.54, 0.9];
      same(wanted.every((fraction) => heard.some((told) => Math.abs(told - fraction) < 1e-9)), true, heard.join());
      same(heard.includes(0), ticket[0] === 201 && events === stream);
      // Other pauses are those of fetch itself.
      same(pauses.filter((seconds) => seconds === 11 || seconds === 2), [11, 2]);
      same(asked.some(({ method }) => method === "DELETE"), false);
    });
  }
});

await check("a task that failed has the server's words", async () => {
  await played({ render: [TAKEN], status: [[200, {}, { ...state("failed", 40), code: "too_large", error: "a smaller area may work" }]] }, {}, async (exporter, { asked }) => {
    same((await rejects("too_large", () => exporter.export(null, ONE))).message, "a smaller area may work");
    same(asked.some(({ method }) => method === "DELETE"), false);
  });
});

await check("bodies are those of the contract", async () => {
  await played({ render: [problem(400, "bad_request")] }, {}, async (exporter, { asked, host }) => {
    const cases = [
      [ONE, { bbox: { min_lon: 24.94, min_lat: 60.169, max_lon: 24.943, max_lat: 60.171 }, formats: ["svg"], config: {} }],
      [
        { formats: ["pdf", "dxf"], area: { relation: 7 }, map_style: "dark", detail_level: 2, crs: "EPSG:3067", options: { dxf: { hatch: "none" } } },
        { formats: ["pdf", "dxf"], map_style: "dark", detail_level: 2, config: { area: { relation: 7 }, crs: "EPSG:3067", options: { dxf: { hatch: "none" } } } },
      ],
    ];
    for (const [request, sent] of cases) {
      await rejects("bad_request", () => exporter.export(null, request));
      same(JSON.parse(asked.at(-1).body), sent);
      same([asked.at(-1).path, asked.at(-1).headers["content-type"]], ["/api/render", "application/json"]);
    }
    await rejects("bad_request", () => new Exporter(`${host}/maps/`).export(null, ONE).catch((fault) => (same(asked.at(-1).path, "/maps/api/render"), Promise.reject(fault))));
  });
});

await check("a page of another origin in Chromium: an export, a refusal, an abort", async () => {
  writeFileSync(join(built, "index.html"), "<!doctype html><title>remote</title>");
  const site = await files(built);
  const chrome = await launch();
  try {
    const tab = await chrome.newPage();
    const asked = [];
    tab.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await tab.goto(site.url);
    const said = await tab.evaluate(async ([host, apiKey, bbox, large]) => {
      const { Exporter } = await import("./remote.js");
      const exporter = new Exporter(host, { apiKey });
      const steps = [];
      const file = await exporter.export(null, { format: "svg", bbox }, { onProgress: ({ fraction }) => steps.push(fraction) });
      const refused = await exporter.export(null, { format: "svgg", bbox }).catch(({ code, field }) => `${code} ${field}`);
      const stop = new AbortController();
      const stopped = await exporter.export(null, large, { signal: stop.signal, onProgress: () => stop.abort() }).catch(({ code }) => code);
      return { begins: (await file.blob.text()).slice(0, 5), name: file.name, ends: steps.at(-1), refused, stopped };
    }, [server.host, server.key, BBOX, LARGE]);
    same(said, { begins: "<?xml", name: "map.svg", ends: 1, refused: "bad_request formats", stopped: "cancelled" });
    const events = asked.filter((row) => row.endsWith("/events"));
    same([events.length, asked.some((row) => /\/api\/status\/\w+$/.test(row))], [2, false], asked.join());
    const id = (row) => row.split("/").at(-2);
    same(await ended(id(events.at(-1))), "cancelled");
  } finally {
    await chrome.close();
    site.end();
  }
});

exporter.close();
await end(server);
rmSync(folder, { recursive: true, force: true });
