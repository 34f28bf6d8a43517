// The built page on a port of its own, a browser, and the world outside as recordings.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync, constants, crc32, deflateSync, gunzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { PATIENCE } from "./check.mjs";
import { fits, watchScroll } from "./fits.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const page = JSON.parse(readFileSync(join(root, "www/page/page.json"), "utf8"));
const recordings = join(root, "tests/data/overpass");

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json" };

/** What hosts send in brotli; packs are left as they are, which is quicker here. */
const PACKED = /\.(html|js|mjs|css|json)$/;
const packs = new Map();

function packed(body) {
  const key = createHash("sha1").update(body).digest("hex");
  if (!packs.has(key)) packs.set(key, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }));
  return packs.get(key);
}

/** Serves the built page, or another folder; returns its address and how to end it. */
export async function serve(folder = join(root, "dist/page")) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://page").pathname));
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    try {
      const type = { "content-type": TYPES[extname(file)] ?? "application/octet-stream" };
      const small = PACKED.test(file) && /\bbr\b/.test(request.headers["accept-encoding"] ?? "");
      const body = small ? packed(readFileSync(file)) : readFileSync(file);
      response.writeHead(200, small ? { ...type, "content-encoding": "br" } : type).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, end: () => server.close() };
}

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });

/** A recorded answer as Playwright fulfils it: status and headers of its `.headers` file, the exact body. */
export function recorded(name) {
  if (name.startsWith("errors/")) {
    const stem = join(recordings, name);
    const [first, ...lines] = readFileSync(`${stem}.headers`, "latin1").split(/\r?\n/);
    const headers = Object.fromEntries(lines.filter((line) => line.includes(": ")).map((line) => line.split(/: (.*)/s).slice(0, 2)));
    for (const name of Object.keys(headers)) if (/^(transfer-encoding|connection|content-length|date|server|vary)$/i.test(name)) delete headers[name];
    const kind = ["html", "json", "txt"].find((extension) => exists(`${stem}.${extension}`));
    return { status: Number(first.split(" ")[1]), headers, body: readFileSync(`${stem}.${kind}`) };
  }
  const body = gunzipSync(readFileSync(join(recordings, `${name}.json.gz`)));
  return { status: 200, headers: { "access-control-allow-origin": "*", "content-type": "application/json" }, body };
}

function exists(file) {
  try {
    return readFileSync(file) !== undefined;
  } catch {
    return false;
  }
}

/** A plain tile as PNG: the base map is a picture only. */
const TILE = (() => {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const size = Buffer.from([0, 0, 1, 0, 0, 0, 1, 0, 8, 2, 0, 0, 0]);
  const rows = Buffer.concat(Array.from({ length: 256 }, (_, y) => Buffer.concat([Buffer.from([0]), Buffer.alloc(768, y % 255 === 0 ? 205 : 222)])));
  const parts = [chunk("IHDR", size), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), ...parts]);
})();

function withoutWebGL() {
  const real = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return kind.startsWith("webgl") ? null : real.call(this, kind, ...rest);
  };
}

/** For the page, before its own scripts: writes down all that the bar says, also what is gone before anybody asks. */
function listen() {
  globalThis.said = [];
  const begin = () => new MutationObserver((changes) => globalThis.said.push(...changes.flatMap(({ addedNodes }) => [...addedNodes]).map(({ data }) => data))).observe(document.getElementById("now-words"), { childList: true });
  // Before scripts that are deferred.
  document.addEventListener("readystatechange", () => document.readyState === "interactive" && begin());
}

/**
 * Opens the page in a context of its own. `answer(query, url)` gives what Overpass says: a recording's name, an answer for
 * Playwright, or "abort". `map: false` takes WebGL away. Every host that is contacted is written down, and so is every complaint of the console.
 * `end` first looks whether the page, as it was left, fits every window.
 */
export async function visit(browser, url, { answer = () => "errors/empty-result", map = true, tiles = true, hash = "", init, ...context } = {}) {
  const place = await browser.newContext({ serviceWorkers: "block", viewport: { width: 1280, height: 800 }, locale: "en-GB", reducedMotion: "reduce", ...context });
  place.setDefaultTimeout(PATIENCE);
  const tab = await place.newPage();
  const seen = { hosts: new Set(), queries: [], console: [] };
  tab.on("request", (request) => /^https?:/.test(request.url()) && seen.hosts.add(new URL(request.url()).host));
  tab.on("console", (message) => ["error", "warning"].includes(message.type()) && seen.console.push(message.text()));
  tab.on("pageerror", (fault) => seen.console.push(String(fault)));
  const tileHost = new URL(page.tiles.url.replace(/[{}]/g, "")).host;
  await place.route(
    (address) => address.host === tileHost,
    (route) => (tiles ? route.fulfill({ status: 200, contentType: "image/png", headers: { "access-control-allow-origin": "*" }, body: TILE }) : route.abort()),
  );
  await place.route(
    (address) => page.overpass.some((server) => new URL(server).host === address.host),
    async (route) => {
      const request = route.request();
      const asked = new URL(request.url());
      const status = asked.pathname.endsWith("/status");
      const query = status ? "status" : new URLSearchParams(request.postData() ?? "").get("data");
      if (!status) seen.queries.push({ host: asked.host, query });
      const said = await answer(query, asked);
      if (said === "abort") return route.abort();
      return route.fulfill(typeof said === "string" ? recorded(said) : said).catch(() => undefined);
    },
  );
  if (!map) await tab.addInitScript(withoutWebGL);
  await tab.addInitScript(watchScroll);
  await tab.addInitScript(listen);
  if (init) await tab.addInitScript(init);
  await tab.goto(url + (hash ? `#${hash}` : ""));
  await tab.waitForSelector("html[data-ready]", { state: "attached" });
  const end = async () => {
    await fits(tab);
    await place.close();
  };
  return { tab, seen, end };
}

/** A box in Monaco that the recording `monaco-tiny.map` answers, and one in the north of Moscow for `moscow-ostankino.map`. */
export const MONACO = "format=svg&bbox=7.4268,43.739,7.4285,43.74";
export const MOSCOW = "format=svg&bbox=37.59,55.81,37.62,55.82";
