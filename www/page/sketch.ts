// Pictures of the sheet, drawn by a worker of their own from the data that are there.
import type { FormatId } from "../api/ids.js";
import type { ExporterApi, OpenMap, SheetFrame, SingleRequest } from "../api/types.js";
import { another, chosen, drawn, formats, solid } from "./engine.js";

/** Longest side of a picture, px, and the resolutions a request may have. */
const LONGEST = 2048;
const DPI = { min: 10, max: 600 };
/** Models from above: what stands, without names. */
const ABOVE = { map_style: "schwarzplan", page: {} } as const;
/** The whole sheet is drawn no finer than this. */
const FINE = 200;

type Window = readonly [x: number, y: number, width: number, height: number];

let exporter: Promise<ExporterApi> | undefined;
let opened: { blob: Blob; map: OpenMap } | undefined;

/** The sheet of a request as PNG, or only a part of it; undefined in a build that makes no PNG. */
export async function sketch(blob: Blob, asked: SingleRequest, window?: Window): Promise<{ picture: Blob; sheet: SheetFrame } | undefined> {
  const png = formats().find((row) => row.id === "png");
  if (!png) return undefined;
  const mine = await (exporter ??= another());
  if (opened?.blob !== blob) {
    opened?.map.close();
    opened = undefined;
    opened = { blob, map: await mine.open(blob, { format: png.id }) };
  }
  const { options: _options, format: _format, page = {}, ...fields } =
    drawn(chosen()) ? asked : { ...asked, ...(solid(chosen()) ? ABOVE : { page: {} }) };
  const { overlays: _overlays, map_style: _style, ...ground } = fields;
  const sheet = await mine.frame({ ...ground, page });
  const longest = window ? Math.max(window[2], window[3]) : Math.max(sheet.width, sheet.height) + 2 * sheet.bleed;
  const dpi = Math.max(DPI.min, Math.min(window ? DPI.max : FINE, Math.floor((LONGEST * 25.4) / longest)));
  const file = await opened.map.export({ ...fields, page: { ...page, dpi, ...(window && { window }) }, format: png.id as FormatId });
  return { picture: file.blob, sheet };
}
