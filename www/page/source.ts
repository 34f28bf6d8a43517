// Where data come from besides Overpass: samples and files. And the line that says which it is.
import samples from "../../assets/sample/samples.json";
import { offer } from "./actions.js";
import type { Box } from "./box.js";
import { $, el, icon } from "./dom.js";
import { readyDrops } from "./drops.js";
import { day, named, onLanguage, t } from "./i18n/index.js";
import { fetchNow, stopped } from "./run.js";
import { type Source, on, set, state } from "./state.js";

/** What may be opened; the engine looks into the bytes all the same. */
const KINDS = ".osm,.pbf,.json,.xml,.gz,.bz2,.zst,.osm.pbf,.gpx,.kml,.geojson,application/json,application/gzip";

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
  const input = el("input", { type: "file", accept: KINDS, hidden: true });
  input.addEventListener("change", () => input.files?.[0] && take(input.files[0]));
  offer("file", () => {
    input.value = "";
    input.click();
  });
  $("source-close").addEventListener("click", () => {
    set({ source: { kind: "overpass" }, info: undefined });
    $("place").focus();
  });
  $("source-newer").addEventListener("click", () => void fetchNow(true));
  on(["source", "info", "server"], line);
  onLanguage(() => {
    for (const { id, title } of samples) $(`sample-${id}`).textContent = named(`sample.${id}`, title);
    line();
  });
}

async function openSample(id: string): Promise<void> {
  const sample = samples.find((row) => row.id === id);
  if (!sample) return;
  const url = new URL(`sample/${sample.file}`, document.baseURI).href;
  await open({ kind: "sample", id, title: named(`sample.${id}`, sample.title), url }, sample.bbox as unknown as Box);
}

const openFile = (file: File): Promise<void> => open({ kind: "file", name: file.name, blob: file });

/** Takes a source and reads it: its counts and its extent show at once. */
async function open(source: Source, box?: Box): Promise<void> {
  await stopped();
  set({ source, info: undefined, box, shape: undefined, ...(box && { target: box }) });
  await fetchNow();
  const { info, source: now } = state();
  if (now !== source || !info?.bbox || box) return;
  const { min_lon, min_lat, max_lon, max_lat } = info.bbox;
  const extent: Box = [min_lon, min_lat, max_lon, max_lat];
  set({ box: extent, target: extent });
}

/** Extracts that a server of one's own offers beside the samples. */
async function extracts(): Promise<void> {
  const rows = await fetch("sources.json")
    .then(async (answer) => (answer.ok ? ((await answer.json()) as { id: string; file: string }[]) : []))
    .catch(() => []);
  for (const { id, file } of rows) {
    const button = el("button", { type: "button", className: "link" }, id);
    button.addEventListener("click", () => void open({ kind: "sample", id, title: id, url: new URL(file, document.baseURI).href }));
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
      : source.kind === "file"
        ? t("area.source.file", { name: source.name })
        : t("area.source.overpass", { host: new URL(server).host });
  const counts = info && t("area.source.counts", { n: info.ways + info.relations, nodes: info.nodes });
  const date = info?.timestamp && t("area.source.date", { date: day(info.timestamp) });
  $("source-counts").textContent = [counts, date].filter(Boolean).join(", ");
  $("source-close").hidden = !own;
  $("source-newer").hidden = own || !info;
}
