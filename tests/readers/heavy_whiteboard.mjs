// Diagrams of diagrams.net, by mxGraph on which that stands, and scenes of Excalidraw, by its own library, drawn in Chromium:
// node heavy_whiteboard.mjs FILE PICTURE WIDTH HEIGHT. Prints how many things of each kind they found, as JSON.
// The libraries are large: they go into the target folder, not into our package.json.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { folder, must, targetDir } from "../../scripts/lib.mjs";
import { launch } from "../browser/site.mjs";

const PACKAGES = { mxgraph: "4.2.2", "@excalidraw/utils": "0.1.5" };
const [file, picture, width, height] = process.argv.slice(2);
const work = folder(targetDir(), "whiteboards");
if (Object.keys(PACKAGES).some((name) => !existsSync(join(work, "node_modules", name)))) {
  writeFileSync(join(work, "package.json"), JSON.stringify({ private: true, dependencies: PACKAGES }));
  await must("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: work, quiet: true });
}

const EXCALIDRAW = `<body style="margin:0"><script type="module">
import { exportToSvg } from "/node_modules/@excalidraw/utils/dist/prod/index.js";
const scene = await (await fetch("/file")).json();
const svg = await exportToSvg({ data: { elements: scene.elements, appState: { ...scene.appState, exportBackground: true }, files: {} }, config: { padding: 0, skipInliningFonts: true } });
document.body.append(svg);
const sheet = scene.elements[0];
globalThis.found = { things: svg.querySelectorAll("g > path").length, texts: [...svg.querySelectorAll("text")].map((text) => text.textContent), sheet: [sheet.width, sheet.height], at: svg.querySelector("g[transform]").getAttribute("transform").match(/translate\\(([-\\d.]+) ([-\\d.]+)\\)/).slice(1).map(Number) };
</script>`;

const DRAWIO = `<body style="margin:0"><div id="graph"></div><script>mxBasePath = "/node_modules/mxgraph/javascript/src"; mxLoadResources = false; mxLoadStylesheets = false;</script>
<script src="/node_modules/mxgraph/javascript/mxClient.min.js"></script><script type="module">
const text = await (await fetch("/file")).text();
const model = mxUtils.parseXml(text).getElementsByTagName("mxGraphModel")[0];
const stencils = await (await fetch("/stencils")).json();
// diagrams.net has stencils in styles, mxGraph in a registry.
const known = mxStencilRegistry.getStencil;
mxStencilRegistry.getStencil = (name) => name in stencils ? (stencils[name].shape ??= new mxStencil(mxUtils.parseXml(stencils[name].xml).documentElement)) : known(name);
// Not half a pixel aside, as upright lines are crisp on a screen.
mxShape.prototype.getSvgScreenOffset = () => 0;
const graph = new mxGraph(document.getElementById("graph"));
new mxCodec(model.ownerDocument).decode(model, graph.getModel());
const cells = Object.values(graph.getModel().cells);
globalThis.found = { edges: cells.filter((cell) => cell.edge).length, vertices: cells.filter((cell) => cell.vertex).length, layers: graph.getModel().getRoot().children.map((layer) => layer.value),
  texts: cells.filter((cell) => cell.vertex && cell.value).map((cell) => cell.value), sheet: ["pageWidth", "pageHeight"].map((side) => Number(model.getAttribute(side))), at: [0, 0] };
</script>`;

const drawio = file.endsWith(".drawio");
/** What styles name, unpacked: deflate within base64 within percent signs. */
const stencils = () =>
  Object.fromEntries(
    [...readFileSync(file, "utf8").matchAll(/shape=(stencil\(([^)]*)\))/g)].map(([, name, packed]) => [
      name,
      { xml: decodeURIComponent(inflateRawSync(Buffer.from(packed, "base64")).toString("latin1")) },
    ]),
  );
const server = createServer((request, response) => {
  const path = new URL(request.url, "http://page").pathname;
  const answer = (body, type) => response.writeHead(200, { "content-type": type }).end(body);
  if (path === "/") return answer(drawio ? DRAWIO : EXCALIDRAW, "text/html");
  if (path === "/file") return answer(readFileSync(file), "text/plain");
  if (path === "/stencils") return answer(JSON.stringify(stencils()), "application/json");
  const inside = join(work, path);
  if (!inside.startsWith(work) || !existsSync(inside)) return response.writeHead(404).end();
  return answer(readFileSync(inside), path.endsWith(".js") ? "text/javascript" : "text/plain");
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const browser = await launch();
try {
  const tab = await browser.newPage({ viewport: { width: Number(width), height: Number(height) } });
  tab.on("pageerror", (fault) => console.error(fault.message));
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  await tab.waitForFunction(() => globalThis.found, undefined, { timeout: 120_000 });
  await tab.evaluate(([width, height]) => {
    const svg = document.querySelector("svg");
    const { at, sheet } = globalThis.found;
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("viewBox", [...at, ...sheet].join(" "));
    Object.assign(svg.style, { position: "absolute", left: "0", top: "0", width: `${width}px`, height: `${height}px`, minWidth: "0", minHeight: "0" });
  }, [Number(width), Number(height)]);
  await tab.screenshot({ path: picture });
  console.log(JSON.stringify(await tab.evaluate(() => globalThis.found)));
} finally {
  await browser.close();
  server.close();
}
