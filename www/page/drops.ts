// Files that are dropped or opened: OSM data become the source, GPX, KML and GeoJSON are asked about, a style becomes the look, what was made
// here sets the page up as it was.
import type { Area } from "../api/types.js";
import { ExportError } from "../api/error.js";
import { offer } from "./actions.js";
import { type Box, around, atLeast, grown, measure } from "./box.js";
import { $ } from "./dom.js";
import { chosen, judged } from "./engine.js";
import type { Words } from "./i18n/index.js";
import { keep } from "./kept.js";
import { type Like, isLike, likeOf, setLike } from "./like.js";
import { withOption } from "./request.js";
import { stopped } from "./run.js";
import { BEGINNING, type Text, kindOf, positionsOf, shapeOf } from "./shapes.js";
import { choose, set, state } from "./state.js";
import { busy } from "./status.js";
import { decoded } from "./text.js";

/** Texts larger than this are no overlay, bytes. */
const LARGEST = 50e6;
/** Least side of an area about places, km. */
const LEAST = 1;

/** A text that may be overlay or area. */
interface Dropped extends Text {
  name: string;
}

/** Takes a file that the engine shall judge. */
type Data = (file: File) => Promise<void>;

/** The files that are asked about, and what keeps their shapes from being the area. */
let asked: readonly Dropped[] = [];
let shape: { area?: Area | undefined; wrong?: Words | undefined } = {};
/** What one of them says of how it was made. */
let like: Like | undefined;

/** Takes dropped files from now on; `data` takes those that the engine shall judge. */
export function readyDrops(data: Data): (files: readonly File[]) => void {
  const veil = $("drop");
  let depth = 0;
  const show = (step: number) => {
    depth = Math.max(0, depth + step);
    veil.hidden = depth === 0;
  };
  const files = (event: DragEvent) => event.dataTransfer?.types.includes("Files");
  const take = (all: readonly File[]) => void (all.length > 0 && judge(all, data));
  window.addEventListener("dragenter", (event) => files(event) && show(1));
  window.addEventListener("dragleave", (event) => files(event) && show(-1));
  window.addEventListener("dragover", (event) => files(event) && event.preventDefault());
  window.addEventListener("drop", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    show(-depth);
    take([...(event.dataTransfer?.files ?? [])]);
  });
  offer("overlay", () => void overlay());
  offer("cut", cut);
  offer("like", () => like && set({ status: { kind: "done", words: setLike(like) } }));
  return take;
}

/** Each file goes where it belongs; what is wrong with some keeps the others from nothing. */
async function judge(files: readonly File[], data: Data): Promise<void> {
  await stopped();
  const wrong: Words[] = [];
  const fresh: Words[] = [];
  const osm: File[] = [];
  const texts: Dropped[] = [];
  const made: File[] = [];
  let bearing: File | undefined;
  for (const file of files) {
    const beginning = await file.slice(0, BEGINNING).arrayBuffer();
    const text = decoded(beginning);
    if (isTable(file.name, text)) {
      const option = chosen()?.options.find(({ kind }) => kind === "table");
      if (!option) wrong.push({ key: "say.layers.none", values: { name: file.name } });
      else fresh.push(await layers(file, option.id));
      continue;
    }
    const kind = kindOf(text);
    if (kind === "geojson" && /"mapwright"\s*:/.test(text)) bearing ??= file;
    if (isLike(file.name, beginning, text)) made.push(file);
    else if (!kind) osm.push(file);
    else if (file.size > LARGEST) wrong.push({ key: "say.overlay.large", values: { name: file.name, size: { bytes: file.size }, limit: { bytes: LARGEST } } });
    else if (kind === "style") wrong.push(...style(file.name, decoded(await file.arrayBuffer())));
    else texts.push({ kind, name: file.name, text: decoded(await file.arrayBuffer()) });
  }
  const [first, ...others] = osm;
  if (first) await data(first);
  const { status } = state();
  if (first && status.kind === "fault" && wrong.length + fresh.length + others.length + texts.length + made.length === 0) return;
  if (first && status.kind === "fault") wrong.push(status.words);
  const [old, ...more] = made;
  const taken = old && (await likeOf(old).then(setLike, (fault: unknown) => void wrong.push(refused(old.name, ExportError.from(fault)))));
  if (taken) fresh.push(taken);
  if (others.length + more.length > 0) wrong.push({ key: "say.one", values: { names: names([...others, ...more]) } });
  const [text] = texts;
  if (text) busy({ key: "say.receive", values: { name: text.name } });
  const faults = await Promise.all(texts.map(async ({ name, text }) => refusal(name, await judged({ overlays: [{ data: text }] }))));
  wrong.push(...faults.filter((fault) => fault !== undefined));
  asked = texts.filter((_, row) => !faults[row]);
  const area = shapeOf(asked);
  shape = { area, wrong: area && refusal(names(asked), await judged({ area })) };
  // What it says cannot be used: then it is shapes, as any other.
  like = bearing && (await likeOf(bearing).catch(() => undefined));
  const all = [...fresh, ...wrong];
  if (asked.length > 0) {
    const question: Words = { key: like ? "say.dropped.like" : "say.dropped", values: { name: names(asked) } };
    set({ status: { kind: "ask", words: joined([...all, question]), actions: [...(like ? (["like"] as const) : []), "overlay", "cut"] } });
  } else if (wrong.length > 0) set({ status: { kind: "fault", words: joined(all), actions: ["file", "sample"] } });
  else if (fresh.length > 0) set({ status: { kind: "done", words: joined(fresh) } });
}

/** Takes a text as the area at once. */
export async function takeText(text: Text, name: string): Promise<void> {
  await stopped();
  asked = [{ ...text, name }];
  const area = shapeOf(asked);
  const wrong = refusal(name, await judged(area ? { area } : { overlays: [{ data: text.text }] }));
  shape = { area, wrong };
  cut();
}

/** Whether a text is a table of layers: its first row, or its fields, say so. */
const isTable = (name: string, text: string): boolean =>
  /^\uFEFF?\s*class\s*[,;\t]/i.test(text) || (/\.json$/i.test(name) && /"(linetype|weight|color)"\s*:/.test(text) && !/"(type|version)"\s*:/.test(text));

/** Gives a table of layers to the format that is chosen. */
async function layers(file: File, option: string): Promise<Words> {
  choose({ options: withOption(state().settings, option, await file.text()) });
  return { key: "say.layers", values: { name: file.name } };
}

const names = (all: readonly { name: string }[]): string => all.map(({ name }) => name).join(", ");

/** Sentences one after the other. */
const joined = (all: readonly Words[]): Words => all.reduce((first, second) => ({ key: "say.both", values: { first, second } }));

/** Why a file cannot be used, in the engine's words. */
const refusal = (name: string, fault: ExportError | undefined): Words | undefined => fault && refused(name, fault);

function refused(name: string, fault: ExportError): Words {
  const text = fault.message.replace(`${fault.field}: `, "").replace(/[.\s]+$/, "");
  return { key: "say.foreign", values: { name, text } };
}

/** Lays the files over the map; where there is no area yet, their extent becomes one. */
async function overlay(): Promise<void> {
  const mine = asked;
  const fresh = await Promise.all(mine.map(async ({ name, text }) => ({ id: await keep(name, text), name, data: text })));
  const others = state().overlays.filter((other) => !fresh.some(({ id }) => id === other.id));
  const extent = state().box ? undefined : extentOf(mine);
  set({ overlays: [...others, ...fresh], ...(extent && { box: extent.box, target: extent.box }) });
  set({ status: { kind: "done", words: { key: "say.overlaid", values: { n: mine.length, name: names(mine) } } } });
}

/** Their closed shapes become the area; without any, their extent does. */
function cut(): void {
  const mine = asked;
  const name = names(mine);
  const { area, wrong } = shape;
  if (wrong) return set({ status: { kind: "fault", words: wrong, actions: ["file", "sample"] } });
  const extent = extentOf(mine);
  if (!extent) return;
  const box = area ? extentOfArea(area) : extent.box;
  set({ shape: area && { area, name }, box, target: box });
  const key = area ? "say.cut.area" : extent.small ? "say.cut.around" : "say.cut.extent";
  set({ status: { kind: "done", words: { key, values: { n: mine.length, name } } } });
}

function extentOfArea(area: Area): Box {
  return around("coordinates" in area ? (area.coordinates.flat(area.type === "Polygon" ? 1 : 2) as [number, number][]) : []);
}

/** The ground of all positions with a rim; at least a kilometre, so that places without extent have surroundings. */
function extentOf(texts: readonly Text[]): { box: Box; small: boolean } | undefined {
  const all = texts.flatMap(positionsOf);
  if (all.length === 0) return undefined;
  const box = around(all);
  const { across, along } = measure(box);
  const small = Math.min(across, along) < LEAST / 1000;
  return { box: small ? atLeast(box, LEAST) : grown(box, 0.05), small };
}

/** A MapLibre style becomes the look; what keeps it from that is returned. */
function style(name: string, text: string): Words[] {
  try {
    const document = JSON.parse(text) as { name?: string; layers: unknown[] };
    choose({ map_style: { ...document, name: document.name ?? name.replace(/\.json$/, "") } });
    set({ status: { kind: "done", words: { key: "say.styled", values: { name } } } });
    return [];
  } catch (fault) {
    return [{ key: "say.foreign", values: { name, text: ExportError.from(fault).message } }];
  }
}
