// The one Exporter of the page; its code comes when it is first needed.
import type { ExporterApi, FormatRow } from "../api/types.js";
import { set, state } from "./state.js";

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

/** The code of the Overpass door. */
export const overpass = () => import("../api/overpass.js");

let rows: readonly FormatRow[] = [];

/** The formats by their own names; empty until the catalogue has come. */
export const formats = (): readonly FormatRow[] => rows;

/** The chosen format, once the catalogue has come. */
export const chosen = (): FormatRow | undefined => rows.find((row) => row.id === state().settings.format);

/** True for formats that are drawn on a sheet. */
export const drawn = (row: FormatRow | undefined): boolean => row === undefined || row.family === "Scene" || row.family === "Pixels";

/** True for models: the preview shows them from above. */
export const solid = (row: FormatRow | undefined): boolean => row?.pack === "solid";

/** True for formats that have a sheet: drawings, and CAD with its frame and text heights. */
export const sheeted = (row: FormatRow | undefined): boolean => drawn(row) || (row?.family === "Plan" && !solid(row));

/** Loads the catalogue. */
export async function catalogue(): Promise<ExporterApi> {
  const exporter = await engine();
  rows = exporter.formats.filter((row) => !row.alias_of);
  if (!chosen() && rows[0]) set({ settings: { ...state().settings, format: rows[0].id } }, false);
  return exporter;
}
