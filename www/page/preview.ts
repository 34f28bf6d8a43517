// The sheet as a picture, drawn by a worker of its own from the data that are there: 300 ms after the last change, the newest wins.
import type { SheetFrame, SingleRequest } from "../api/types.js";
import { ExportError } from "../api/error.js";
import { $, el, later } from "./dom.js";
import { chosen, drawn, engine, formats, solid } from "./engine.js";
import { ready } from "./data.js";
import { named, number, onLanguage, t } from "./i18n/index.js";
import { ground, request } from "./request.js";
import { fetchNow } from "./run.js";
import { sketch } from "./sketch.js";
import { type State, on, set, state } from "./state.js";

const PAUSE = 300;

let working = false;
let wanted = "";
let made = "";

/** Keeps frame and preview as the state is. */
export function showPreview(): void {
  const outline = later(120, () => void frame());
  const draw = later(PAUSE, () => void work());
  on(["box", "shape", "overlays", "settings"], () => {
    outline();
    const { preview } = state();
    if (preview && !preview.stale) set({ preview: { ...preview, stale: true } });
  });
  on(["box", "shape", "overlays", "settings", "info", "source", "view", "part"], draw);
  // A picture that was taken away has to be made again.
  on(["source"], ({ preview }) => preview || (made = ""));
  on(["status"], ({ status }) => status.kind !== "busy" && wanted !== made && draw());
  on(["preview", "view", "info", "settings"], show);
  onLanguage(show);
  $("preview-get").addEventListener("click", () => void fetchNow());
}

/** Asks the engine for the sheet's outline. */
async function frame(): Promise<void> {
  const now = state();
  if (!now.box || formats().length === 0) return set({ frame: undefined });
  try {
    const frame = await (await engine()).frame(ground(now));
    if (state().box === now.box && state().settings === now.settings) set({ frame });
  } catch {
    // What is wrong with the request is said when it is exported.
    set({ frame: undefined });
  }
}

/** Draws until the picture is what the state asks for. */
async function work(): Promise<void> {
  if (working || state().status.kind === "busy" || state().view === "map") return;
  working = true;
  try {
    for (;;) {
      const blob = ready();
      const text = JSON.stringify(request(state()));
      const part = state().view === "sheet" && drawn(chosen()) ? state().part : undefined;
      wanted = blob ? `${blob.size} ${String(part)} ${text}` : "";
      if (blob && made === wanted) fresh();
      if (!blob || made === wanted || state().status.kind === "busy") return;
      await draw(blob, JSON.parse(text) as SingleRequest, part);
      made = wanted;
    }
  } catch (fault) {
    made = wanted;
    $("preview-note").textContent = t("preview.failed", { text: ExportError.from(fault).message });
  } finally {
    working = false;
  }
}

/** A change that was taken back leaves the picture as it should be. */
function fresh(): void {
  const { preview } = state();
  if (preview?.stale) set({ preview: { ...preview, stale: false } });
}

async function draw(blob: Blob, asked: SingleRequest, part: State["part"]): Promise<void> {
  const made = await sketch(blob, asked, part);
  if (!made) return;
  $("preview-note").textContent = solid(chosen()) ? size(made.sheet, asked) : "";
  const { preview } = state();
  const picture = await createImageBitmap(made.picture);
  set({ preview: { picture, url: URL.createObjectURL(made.picture), frame: made.sheet, part, stale: false } });
  preview?.picture.close();
  if (preview) URL.revokeObjectURL(preview.url);
}

/** How large a model becomes: as a plate, or as it is on the ground. */
function size({ width, height, scale }: SheetFrame, { format, options }: SingleRequest): string {
  const longer = chosen()?.options.find(({ id }) => id === "size_mm");
  const asked = (options as Record<string, Record<string, unknown>> | undefined)?.[format]?.["size_mm"];
  const plate = longer && "default" in longer ? Number(asked ?? longer.default) : undefined;
  const factor = plate ? plate / Math.max(width, height) : scale / 1000;
  return t(plate ? "preview.plate" : "preview.model", { width: number(width * factor, 0), height: number(height * factor, 0) });
}

/** The sheet beside or instead of the map: a picture, or counts for data formats. */
function show(): void {
  const { preview, view, info } = state();
  const sheet = drawn(chosen()) || solid(chosen());
  document.body.dataset["view"] = view;
  for (const button of document.querySelectorAll<HTMLInputElement>("input[name=view]")) button.checked = button.value === view;
  $("sheet").hidden = view !== "sheet";
  const image = $<HTMLImageElement>("preview");
  $("preview-button").hidden = !preview || !sheet;
  if (preview && image.src !== preview.url) image.src = preview.url;
  image.alt = t("preview.alt");
  $("preview-stale").hidden = !preview?.stale || !sheet;
  $("preview-wait").hidden = sheet ? preview !== undefined : info !== undefined;
  $("preview-note").hidden = !sheet;
  $("preview-counts").hidden = sheet || !info;
  if (!sheet && info) counts(info.layers);
}

function counts(layers: readonly (readonly [string, number])[]): void {
  const most = Math.max(1, ...layers.map(([, n]) => n));
  const rows = layers.map(([id, n]) =>
    el("tr", {}, el("th", { scope: "row" }, named(`layer.${id}`, id)), el("td", {}, el("meter", { max: most, value: n, "aria-hidden": "true" })), el("td", {}, number(n))),
  );
  $("preview-counts").replaceChildren(el("caption", {}, t("preview.counts")), ...rows);
}
