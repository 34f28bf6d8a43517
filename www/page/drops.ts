// Files that are dropped or opened: OSM data become the source, GPX, KML and GeoJSON are asked about, a style becomes the look.
import { offer } from "./actions.js";
import { type Box, around, grown } from "./box.js";
import { $ } from "./dom.js";
import { keep } from "./kept.js";
import { stopped } from "./run.js";
import { BEGINNING, type Kind, kindOf, positionsOf, shapeOf } from "./shapes.js";
import { choose, set, state } from "./state.js";
import { decoded } from "./text.js";

/** Texts larger than this are no overlay, bytes. */
const LARGEST = 50e6;

/** The file that is asked about. */
let asked: { kind: Kind; name: string; text: string } | undefined;

/** Takes dropped files from now on; `data` takes those that the engine shall judge. */
export function readyDrops(data: (file: File) => Promise<void>): (file: File) => void {
  const veil = $("drop");
  let depth = 0;
  const show = (step: number) => {
    depth = Math.max(0, depth + step);
    veil.hidden = depth === 0;
  };
  const files = (event: DragEvent) => event.dataTransfer?.types.includes("Files");
  const take = (file: File) => void judge(file, data);
  window.addEventListener("dragenter", (event) => files(event) && show(1));
  window.addEventListener("dragleave", (event) => files(event) && show(-1));
  window.addEventListener("dragover", (event) => files(event) && event.preventDefault());
  window.addEventListener("drop", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    show(-depth);
    const [file] = event.dataTransfer?.files ?? [];
    if (file) take(file);
  });
  offer("overlay", () => void overlay());
  offer("cut", () => void cut());
  return take;
}

async function judge(file: File, data: (file: File) => Promise<void>): Promise<void> {
  const kind = file.size <= LARGEST ? kindOf(decoded(await file.slice(0, BEGINNING).arrayBuffer())) : undefined;
  if (!kind) return data(file);
  await stopped();
  const text = decoded(await file.arrayBuffer());
  if (kind === "style") return style(file.name, text);
  asked = { kind, name: file.name, text };
  set({ status: { kind: "ask", words: { key: "say.dropped", values: { name: file.name } }, actions: ["overlay", "cut"] } });
}

/** Lays the file over the map; where there is no area yet, its extent becomes one. */
async function overlay(): Promise<void> {
  if (!asked) return;
  const { kind, name, text } = asked;
  const id = await keep(name, text);
  const others = state().overlays.filter((other) => other.id !== id);
  const extent = state().box ? undefined : extentOf(kind, text);
  set({ overlays: [...others, { id, name, data: text }], ...(extent && { box: extent, target: extent }) });
  set({ status: { kind: "done", words: { key: "say.overlaid", values: { name } } } });
}

/** Its closed shapes become the area; without any, its extent does. */
async function cut(): Promise<void> {
  if (!asked) return;
  const { kind, name, text } = asked;
  try {
    const area = shapeOf(kind, text);
    const box = area && "coordinates" in area ? around(area.coordinates.flat(area.type === "Polygon" ? 1 : 2) as [number, number][]) : extentOf(kind, text);
    if (!box) return foreign(name);
    set({ shape: area && { area, name }, box, target: box });
    set({ status: { kind: "done", words: { key: area ? "say.cut.area" : "say.cut.extent", values: { name } } } });
  } catch {
    foreign(name);
  }
}

function extentOf(kind: Kind, text: string): Box | undefined {
  try {
    const all = positionsOf(kind, text);
    return all.length > 1 ? grown(around(all), 0.05) : undefined;
  } catch {
    return undefined;
  }
}

/** A MapLibre style becomes the look. */
function style(name: string, text: string): void {
  try {
    const document = JSON.parse(text) as { name?: string; layers: unknown[] };
    choose({ map_style: { ...document, name: document.name ?? name.replace(/\.json$/, "") } });
    set({ status: { kind: "done", words: { key: "say.styled", values: { name } } } });
  } catch {
    foreign(name);
  }
}

const foreign = (name: string) => set({ status: { kind: "fault", words: { key: "say.foreign", values: { name } }, actions: ["file", "sample"] } });
