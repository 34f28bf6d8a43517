// The one Exporter of the page; its code comes when it is first needed.
import { ExportError } from "../api/error.js";
import type { ExporterApi, FormatRow, RequestFields } from "../api/types.js";
import { later } from "./dom.js";
import { on, set, state } from "./state.js";

/** How long nothing has changed before the engine practises, ms. */
const PAUSE = 400;

let exporter: Promise<ExporterApi> | undefined;

/** The Exporter. */
export function engine(): Promise<ExporterApi> {
  exporter ??= another();
  return exporter;
}

/** One with a worker of its own, for previews. */
export async function another(): Promise<ExporterApi> {
  const { Exporter } = await import("../api/index.js");
  return new Exporter();
}

/** What the engine has against a part of a request; it judges nothing where it cannot be loaded. */
export async function judged(part: Partial<RequestFields>): Promise<ExportError | undefined> {
  const exporter = await engine();
  const format = exporter.formats.find(({ pack }) => pack === "core")?.id ?? "geojson";
  const fault = await exporter.check({ ...part, format }).then(() => undefined, ExportError.from);
  return fault?.code === "load" ? undefined : fault;
}

/** The code of the Overpass door. */
export const overpass = () => import("../api/overpass.js");

let rows: readonly FormatRow[] = [];

/** The formats by their own names; empty until the catalogue has come. */
export const formats = (): readonly FormatRow[] => rows;

/** The chosen format, once the catalogue has come. */
export const chosen = (): FormatRow | undefined => rows.find((row) => row.id === state().settings.format);

/** True for formats that are drawn on a sheet. */
export const drawn = (row: FormatRow | undefined): boolean => row === undefined || row.product === "Scene" || row.product === "Pixels";

/** True for models: the preview shows them from above. */
export const solid = (row: FormatRow | undefined): boolean => row?.pack === "solid";

/** True for formats that have a sheet: drawings, and CAD with its frame and text heights. */
export const sheeted = (row: FormatRow | undefined): boolean => drawn(row) || (row?.product === "Plan" && !solid(row));

/** Loads the catalogue. */
export async function catalogue(): Promise<ExporterApi> {
  const exporter = await engine();
  rows = exporter.formats.filter((row) => !row.alias_of);
  if (!chosen() && rows[0]) set({ settings: { ...state().settings, format: rows[0].id } }, false);
  return exporter;
}

/**
 * Loads the pack of the chosen format and lets it practise as soon as it is clear what will be exported, so that nobody waits for that later.
 * Not for those who save data.
 */
export function prepare(): void {
  const packs = new Set<string>();
  const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
  on(["box", "source", "settings"], later(PAUSE, () => {
    const { box, source, status } = state();
    const row = chosen();
    if (saving || !row || packs.has(row.pack) || status.kind === "busy" || (source.kind === "overpass" && !box)) return;
    packs.add(row.pack);
    // What cannot be loaded is said when it is needed.
    void engine().then((exporter) => exporter.prepare({ format: row.id })).catch(() => packs.delete(row.pack));
  }));
}
