// fetchOverpass against a server that plays back genuine answers. Seconds pass a hundred times faster here.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Exporter, fetchOverpass } from "mapwright";
import { root } from "../../scripts/lib.mjs";

const FASTER = 100;
const BBOX = [7.4268, 43.739, 7.4285, 43.74];
const recorded = (name) => readFileSync(join(root, "tests/data/overpass", name));

/** Places as Overpass tells them: a boundary of a low level, one of a high level across 180 degrees, a point. */
const PLACES = [
  { type: "relation", id: 2, bounds: { minlat: 43.7, minlon: 7.4, maxlat: 43.8, maxlon: 7.5 }, tags: { boundary: "administrative", admin_level: "8", name: "Monaco" } },
  { type: "relation", id: 1, bounds: { minlat: -20, minlon: 178, maxlat: -16, maxlon: -178 }, tags: { boundary: "administrative", admin_level: "2", name: "Monaco" } },
  { type: "node", id: 3, lat: 43.73, lon: 7.42, tags: { place: "city", name: "Monaco" } },
];
const told = (data) => ({ status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(data) });

/** Answers by name: status, headers and body as they were recorded. */
function answer(name) {
  if (typeof name === "object") return told(name);
  if (name === "data") return { status: 200, headers: { "content-type": "application/json" }, body: gunzipSync(recorded("monaco-tiny.map.json.gz")) };
  const [line, ...lines] = recorded(`errors/${name}.headers`).toString().trim().split(/\r?\n/);
  const kind = lines.find((row) => /^content-type:/i.test(row))?.split(": ")[1] ?? "text/html";
  const file = ["html", "json", "txt"].map((end) => `errors/${name}.${end}`).find((path) => { try { return recorded(path); } catch { return false; } });
  return { status: Number(line.split(" ")[1]), headers: { "content-type": kind }, body: recorded(file) };
}

/** A server that gives one answer after the other and keeps what it was asked. */
async function playback(names) {
  const asked = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const status = request.url === "/api/status";
    if (!status) asked.push({ method: request.method, type: request.headers["content-type"], agent: request.headers["user-agent"], body });
    const { status: code, headers, body: sent } = answer(status ? "status-busy" : names.shift());
    response.writeHead(code, headers).end(sent);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const end = () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections()));
  return { endpoint: `http://127.0.0.1:${server.address().port}/api/interpreter`, asked, end };
}

/** Cases: what the server answers in turn, what comes of it, and how many seconds are waited at least. */
const CASES = [
  { name: "data", play: ["data"], tries: 1 },
  { name: "429, then data", play: ["rate-limit", "data"], tries: 2, waits: 30, reason: "overpass_rate_limited" },
  { name: "429 three times", play: ["rate-limit", "rate-limit", "rate-limit"], code: "overpass_rate_limited", tries: 3, waits: 60 },
  { name: "504, then data", play: ["overload", "data"], tries: 2, waits: 30, reason: "overpass_busy" },
  { name: "504 twice", play: ["overload", "overload"], code: "overpass_busy", tries: 2 },
  { name: "database off", play: ["dispatcher-down"], code: "overpass_off", tries: 1 },
  { name: "a query that is refused", play: ["syntax-error"], code: "overpass_refused", tries: 1 },
  { name: "out of time, found when read", play: ["timeout-partial"], code: "overpass_timeout", tries: 1 },
  { name: "out of memory, found when read", play: ["out-of-memory"], code: "overpass_memory", tries: 1 },
  { name: "cut off, found when read", play: ["killed"], code: "cut_off", tries: 1 },
];

/** Rows of {name, fault?}. */
export async function checkOverpass() {
  const rows = [];
  const exporter = new Exporter();
  const { setTimeout: wait, setInterval: repeat } = globalThis;
  globalThis.setTimeout = (work, ms, ...rest) => wait(work, ms / FASTER, ...rest);
  globalThis.setInterval = (work, ms, ...rest) => repeat(work, ms / FASTER, ...rest);
  const { query } = await exporter.query({ bbox: BBOX });
  const test = async (name, work) => rows.push(await work().then(() => ({ name }), (fault) => ({ name, fault: `${fault.code ?? fault.name}: ${fault.message}` })));

  for (const { name, play, code, tries, waits = 0, reason } of CASES) {
    await test(name, async () => {
      const server = await playback([...play]);
      const events = [];
      const result = await fetchOverpass(query, { exporter, endpoint: server.endpoint, timeout: 6000, onEvent: (event) => events.push(event) })
        .then((bytes) => exporter.export(bytes, { format: "geojson" }))
        .catch((fault) => fault);
      await server.end();
      equal(result.code, code);
      if (!code) equal(JSON.parse(await result.blob.text()).features.length > 30, true);
      equal(server.asked.length, tries);
      equal(server.asked.every(({ method, type, agent }) => method === "POST" && type.startsWith("application/x-www-form-urlencoded") && agent.startsWith("mapwright")), true);
      equal(new URLSearchParams(server.asked[0].body).get("data"), query);
      equal(events.some((event) => event.kind === "sent") && events.some((event) => event.kind === "bytes" && event.bytes > 0), true);
      const waiting = events.filter((event) => event.kind === "waiting");
      equal(waiting.length >= waits, true, `${waiting.length} s`);
      if (reason) equal(waiting.every((event) => event.reason === reason), true);
    });
  }
  await test("places by their name", async () => {
    const server = await playback([{ elements: PLACES }, { elements: [] }, { elements: [], remark: "runtime error: Query timed out" }, { elements: PLACES.slice(0, 1) }, "syntax-error"]);
    const find = (name, options) => exporter.find(name, { endpoint: server.endpoint, ...options });
    const found = await find("monaco", { languages: ["fr"] });
    equal(found.map(({ relation, kind, lon }) => `${relation} ${kind} ${lon}`).join(), "1 administrative 180,2 administrative 7.45,undefined city 7.42");
    equal(JSON.stringify(found[0].bbox), "[178,-20,-178,-16]");
    const sent = new URLSearchParams(server.asked[0].body).get("data");
    for (const part of ['rel["boundary"]["name"="Monaco"];', 'node["place"]["name:fr"="monaco"];', "out tags bb"]) equal(sent.includes(part), true, part);
    equal((await find('no "where"')).length, 0);
    equal(new URLSearchParams(server.asked[1].body).get("data").includes('["name"="no \\"where\\""]'), true);
    equal((await find("Monaco").catch((fault) => fault)).code, "overpass_remark");
    equal((await find("https://www.openstreetmap.org/relation/2"))[0].relation, 2);
    equal(new URLSearchParams(server.asked[3].body).get("data").includes("rel(2);"), true);
    equal((await find("x").catch((fault) => fault)).code, "overpass_refused");
    equal((await find(" ").catch((fault) => fault)).field, "name");
    await server.end();
  });
  await test("nobody answers", async () => {
    const server = await playback([]);
    await server.end();
    equal((await fetchOverpass(query, { exporter, endpoint: server.endpoint }).catch((fault) => fault)).code, "overpass_unreachable");
  });
  await test("cancelled while waiting", async () => {
    const server = await playback(["overload", "data"]);
    const stop = new AbortController();
    const onEvent = (event) => event.kind === "waiting" && event.seconds < 20 && stop.abort();
    const fault = await fetchOverpass(query, { exporter, endpoint: server.endpoint, signal: stop.signal, timeout: 6000, onEvent }).catch((fault) => fault);
    await server.end();
    equal(fault.code, "cancelled");
    equal(server.asked.length, 1);
  });
  Object.assign(globalThis, { setTimeout: wait, setInterval: repeat });
  exporter.close();
  return rows;
}

function equal(is, should, say = "") {
  if (is !== should) throw new Error(`${say || "expected"} ${should}, got ${is}`);
}
