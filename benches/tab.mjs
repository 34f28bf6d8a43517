// Conversions to GeoJSON in tabs of Chromium, for benches/peers.mjs: each in a worker of a fresh browser.
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
/** As long as this nothing new has to be seen of a browser that has nothing to do, ms. */
const SETTLE = 2000;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };

/** Workers: each defines `convert(buffer)`, whose result is the text or the bytes of the GeoJSON. `load` runs before the clock. */
const text = "const text = (buffer) => new TextDecoder().decode(buffer);";
const ours = `import { Exporter } from "/dist/api/direct.js";
    const exporter = new Exporter();
    const convert = async (buffer) => (await exporter.export(buffer, { format: "geojson" })).arrayBuffer();`;
const WORKERS = {
  "mapwright, prepared": `${ours}
    const load = () => exporter.prepare({ format: "geojson" });`,
  "mapwright, only loaded": `${ours}
    const load = () => exporter.export('{"elements": [{"type": "node", "id": 1, "lat": 1, "lon": 1}]}', { format: "geojson" });`,
  osmtogeojson: `${text} self.window = self; await import("/peers/osmtogeojson/osmtogeojson.js");
    const load = () => undefined;
    const convert = (buffer) => JSON.stringify(self.osmtogeojson(JSON.parse(text(buffer))));`,
  "osm2geojson-lite": `${text} import * as library from "/peers/osm2geojson-lite/dist/web/osm2geojson-lite.js";
    const load = () => undefined;
    const made = library.default ?? self.osm2geojson ?? library;
    const convert = (buffer) => JSON.stringify((made.default ?? made)(JSON.parse(text(buffer)), { completeFeature: true }));`,
  "JSON.parse alone": `${text} const load = () => undefined;
    const convert = (buffer) => ({ length: JSON.parse(text(buffer)).elements.length });`,
};
export const IN_TAB = Object.keys(WORKERS);

const worker = (name) => `${WORKERS[name]}
self.onmessage = async ({ data: { times } }) => {
  try {
    await load();
    const buffer = await (await fetch("/input.json")).arrayBuffer();
    const ms = [];
    let length;
    for (let round = 0; round < times; round++) {
      const begin = performance.now();
      length = (await convert(buffer)).length;
      ms.push(performance.now() - begin);
    }
    self.postMessage({ ms, length });
  } catch (fault) {
    self.postMessage({ fault: String(fault?.stack ?? fault) });
  }
};
self.postMessage("ready");`;

/** Serves our package, those of the peers and one input. */
export async function site({ dist, peers }) {
  let input;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://tab");
    const send = (type, body) => response.writeHead(200, { "content-type": type }).end(body);
    if (pathname === "/") return send("text/html", "<!doctype html><title>tab</title>");
    if (pathname === "/worker.js") return send("text/javascript", worker(searchParams.get("name")));
    const path = pathname === "/input.json" ? input : join(pathname.startsWith("/peers/") ? join(peers, "node_modules") : dist, pathname.replace(/^\/(peers|dist)\//, ""));
    if (!existsSync(path)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, give: (path) => (input = path), end: () => server.close() };
}

/** Converts the input `times` times in a fresh browser: milliseconds of each, and peak memory over that of an empty tab, MB. */
export async function inTab({ url }, name, times, limit) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    const session = await browser.newBrowserCDPSession();
    const pids = async () => (await session.send("SystemInfo.getProcessInfo")).processInfo.map((row) => row.id);
    const empty = await settled(pids);
    const work = page.evaluate(async ([name, times]) => {
      const worker = new Worker(`/worker.js?name=${encodeURIComponent(name)}`, { type: "module" });
      return await new Promise((resolve) => {
        worker.onerror = (event) => resolve({ fault: event.message || "the worker did not start" });
        worker.onmessage = ({ data }) => (data === "ready" ? worker.postMessage({ times }) : resolve(data));
      });
    }, [name, times]);
    let timer;
    const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`more than ${limit / 1000} s`)), limit)));
    const { ms, length, fault } = await Promise.race([work, late]).finally(() => clearTimeout(timer));
    if (fault) throw new Error(fault);
    return { ms: ms[0], again: ms[2], size: length, memory: peak(await pids()) - empty };
  } finally {
    await browser.close();
  }
}

/** The peak of a browser that has nothing to do: for seconds after its start it opens processes for tabs that may come. */
async function settled(pids) {
  let before = 0;
  for (let now = peak(await pids()); now > before + 1; now = peak(await pids())) {
    before = now;
    await new Promise((resolve) => setTimeout(resolve, SETTLE));
  }
  return before;
}

/** Peaks of the browser's processes together, MB; some are in the browser's own process, such as Blobs. */
function peak(pids) {
  const kilobytes = (pid) => {
    try {
      return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
    } catch {
      return 0;
    }
  };
  return pids.reduce((sum, pid) => sum + kilobytes(pid), 0) / 1024;
}
