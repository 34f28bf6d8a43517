// The sheet as a picture, drawn by a worker of its own from the data that are there: 300 ms after the last change, the newest wins.
import type { FormatId } from "../api/catalogue.js";
import type { ExporterApi, OpenMap, SingleRequest } from "../api/types.js";
import { ExportError } from "../api/error.js";
import { $, el, later } from "./dom.js";
import { another, chosen, drawn, engine, formats } from "./engine.js";
import { ready } from "./data.js";
import { named, number, onLanguage, t } from "./i18n/index.js";
import { ground, request } from "./request.js";
import { fetchNow } from "./run.js";
import { on, set, state } from "./state.js";

/** Longest side of the picture, px, and the resolutions a request may have. */
const LONGEST = 2048;
const DPI = { min: 10, max: 200 };
const PAUSE = 300;

let exporter: Promise<ExporterApi> | undefined;
let opened: { blob: Blob; map: OpenMap } | undefined;
let working = false;
let wanted = "";
let made = "";

/** Keeps frame and preview as the state is. */
export function showPreview(): void {
  const outline = later(120, () => void frame());
  const draw = later(PAUSE, () => void work());
  on(["box", "settings"], () => {
    outline();
    const { preview } = state();
    if (preview && !preview.stale) set({ preview: { ...preview, stale: true } });
  });
  on(["box", "settings", "info", "source", "view"], draw);
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
      wanted = blob ? `${blob.size} ${text}` : "";
      if (!blob || made === wanted || state().status.kind === "busy") return;
      await draw(blob, JSON.parse(text) as SingleRequest);
      made = wanted;
    }
  } catch (fault) {
    made = wanted;
    $("preview-note").textContent = t("preview.failed", { text: ExportError.from(fault).message });
  } finally {
    working = false;
  }
}

async function draw(blob: Blob, asked: SingleRequest): Promise<void> {
  const png = formats().find((row) => row.id === "png");
  if (!png) return;
  const mine = await (exporter ??= another());
  if (opened?.blob !== blob) {
    opened?.map.close();
    opened = { blob, map: await mine.open(blob, { format: png.id }) };
  }
  const { options: _options, format: _format, page = {}, ...fields } = drawn(chosen()) ? asked : { ...asked, page: {} };
  const sheet = await mine.frame({ ...fields, page });
  const longest = Math.max(sheet.width, sheet.height) + 2 * sheet.bleed;
  const dpi = Math.max(DPI.min, Math.min(DPI.max, Math.floor((LONGEST * 25.4) / longest)));
  const file = await opened.map.export({ ...fields, page: { ...page, dpi }, format: png.id as FormatId });
  const { preview } = state();
  const picture = await createImageBitmap(file.blob);
  set({ preview: { picture, url: URL.createObjectURL(file.blob), frame: sheet, stale: false } });
  preview?.picture.close();
  if (preview) URL.revokeObjectURL(preview.url);
}

/** The sheet beside or instead of the map: a picture, or counts for data formats. */
function show(): void {
  const { preview, view, info } = state();
  const sheet = drawn(chosen());
  document.body.dataset["view"] = view;
  for (const button of document.querySelectorAll<HTMLInputElement>("input[name=view]")) button.checked = button.value === view;
  $("sheet").hidden = view !== "sheet";
  const image = $<HTMLImageElement>("preview");
  image.hidden = !preview || !sheet;
  if (preview && image.src !== preview.url) image.src = preview.url;
  image.alt = t("preview.alt");
  $("preview-stale").hidden = !preview?.stale || !sheet;
  $("preview-wait").hidden = sheet ? preview !== undefined : info !== undefined;
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
