// Where data come from besides Overpass: samples and files. And the line that says which it is.
import samples from "../../assets/sample/samples.json";
import { offer } from "./actions.js";
import type { Box } from "./box.js";
import { $, el, icon } from "./dom.js";
import { readyDrops } from "./drops.js";
import { day, named, onLanguage, t } from "./i18n/index.js";
import { fetchNow, openSource } from "./run.js";
import { type Source, on, set, state } from "./state.js";

/** What may be opened; the engine looks into the bytes all the same. */
const KINDS = ".osm,.pbf,.json,.xml,.gz,.bz2,.zst,.osm.pbf,.gpx,.kml,.geojson,.svg,.svgz,.pdf,.png,.jpg,.webp,.ps,.glb,.pmtiles,.mbtiles,.zip,.graphml,application/json,application/gzip";

/** Shows the source and opens others from now on. */
export function showSource(): void {
  const buttons = samples.map((sample) => {
    const button = el("button", { type: "button", className: "link", id: `sample-${sample.id}` }, named(`sample.${sample.id}`, sample.title));
    button.addEventListener("click", () => void openSample(sample.id));
    return button;
  });
  $("samples").replaceChildren(...buttons);
  void extracts();
  offer("sample", () => void openSample(samples[0]?.id ?? ""));
  const take = readyDrops(openFile);
  const input = el("input", { type: "file", accept: KINDS, hidden: true, multiple: true });
  input.addEventListener("change", () => take([...(input.files ?? [])]));
  offer("file", () => {
    input.value = "";
    input.click();
  });
  $("source-close").addEventListener("click", () => {
    set({ source: { kind: "overpass" }, info: undefined, preview: undefined });
    $("place").focus();
  });
  $("source-newer").addEventListener("click", () => void fetchNow(true));
  on(["source", "info", "server"], line);
  onLanguage(() => {
    for (const { id, title } of samples) $(`sample-${id}`).textContent = named(`sample.${id}`, title);
    line();
  });
}

/** A sample by its id. */
function sampleOf(id: string): (Source & { kind: "sample" }) | undefined {
  const sample = samples.find((row) => row.id === id);
  return sample && { kind: "sample", id, title: sample.title, url: new URL(`sample/${sample.file}`, document.baseURI).href };
}

/** The source that an address names: samples are there again, files are not. */
export function sourceOf(text: string): Source {
  const [, kind, name = ""] = /^(sample|file):(.+)$/s.exec(text) ?? [];
  if (!kind) return { kind: "overpass" };
  return (kind === "sample" && sampleOf(name)) || { kind: "lost", name };
}

/** Reads the source again that the address, or a step taken back, has brought. Overpass is asked only by who exports. */
export async function reopen(): Promise<void> {
  const { kind } = state().source;
  if (kind === "sample" || kind === "file") await fetchNow();
}

async function openSample(id: string): Promise<void> {
  const source = sampleOf(id);
  if (source) await open(source, samples.find((row) => row.id === id)?.bbox as unknown as Box);
}

/** Opens a file. One that was missed comes to the area that was left. */
async function openFile(file: File): Promise<void> {
  const { source: missed, box } = state();
  const back = missed.kind === "lost" && missed.name === file.name && box !== undefined;
  const source: Source = { kind: "file", name: file.name, blob: file };
  await (back ? openSource(source, () => ({})) : open(source));
}

/** Opens a source: its counts and its extent show at once. */
function open(source: Source, box?: Box): Promise<void> {
  return openSource(source, ({ bbox }) => {
    const extent = box ?? (bbox && ([bbox.min_lon, bbox.min_lat, bbox.max_lon, bbox.max_lat] as const));
    return { box: extent, shape: undefined, ...(extent && { target: extent }) };
  });
}

/** Extracts that a server of one's own offers beside the samples. */
async function extracts(): Promise<void> {
  const rows = await fetch("sources.json")
    .then(async (answer) => (answer.ok ? ((await answer.json()) as { id: string; file: string }[]) : []))
    .catch(() => []);
  for (const { id, file } of rows) {
    const source: Source = { kind: "sample", id, title: id, url: new URL(file, document.baseURI).href };
    const missed = state().source;
    if (missed.kind === "lost" && missed.name === id) {
      set({ source }, false);
      void reopen();
    }
    const button = el("button", { type: "button", className: "link" }, id);
    button.addEventListener("click", () => void open(source));
    $("samples").append(button);
  }
}

function line(): void {
  const { source, info, server } = state();
  const own = source.kind !== "overpass";
  $("source").hidden = !own && !info;
  $("source-icon").replaceChildren(icon(own ? "file-down" : "globe"));
  $("source-name").textContent =
    source.kind === "sample"
      ? t("area.source.sample", { title: named(`sample.${source.id}`, source.title) })
      : source.kind === "overpass"
        ? t("area.source.overpass", { host: new URL(server).host })
        : t("area.source.file", { name: source.name });
  const counts = info && t("area.source.counts", { n: info.ways + info.relations, nodes: info.nodes });
  const date = info?.timestamp && t("area.source.date", { date: day(info.timestamp) });
  $("source-counts").textContent = source.kind === "lost" ? t("area.source.lost") : [counts, date].filter(Boolean).join(", ");
  $("source-close").hidden = !own;
  $("source-newer").hidden = own || !info;
}
