// About how large a file becomes: by pixels, or by bytes per element as measured on the samples (sizes.mjs).
import type { FormatRow } from "../api/types.js";
import { holds, measure } from "./box.js";
import sizes from "./sizes.json";
import { state } from "./state.js";

/** Bytes that every file has, and bytes per element, of pictures per pixel. */
const SIZES = sizes as unknown as Readonly<Record<string, readonly [base: number, per: number]>>;
/** What pictures have if nobody says otherwise, dots per inch. */
const DPI = 150;

/** Bytes of a file in this format; undefined where nothing is known yet. */
export function estimate(row: FormatRow | undefined): number | undefined {
  const [base, per] = (row && SIZES[row.id]) ?? [];
  if (!row || base === undefined || per === undefined) return undefined;
  const units = row.size === "pixels" ? pixels() : elements();
  return units === undefined ? undefined : base + per * units;
}

function pixels(): number | undefined {
  const { frame, settings } = state();
  if (!frame) return undefined;
  const perMm = (settings.page?.dpi ?? DPI) / 25.4;
  return (frame.width + 2 * frame.bleed) * (frame.height + 2 * frame.bleed) * perMm ** 2;
}

/** Elements of the area: its share of what was read or counted. */
export function elements(): number | undefined {
  const { box, info, counted } = state();
  if (!box) return undefined;
  const known = info?.bbox && { n: info.nodes + info.ways + info.relations, box: [info.bbox.min_lon, info.bbox.min_lat, info.bbox.max_lon, info.bbox.max_lat] as const };
  for (const each of [known, counted]) {
    if (!each) continue;
    const share = measure(box).area / measure(each.box).area;
    if (holds(each.box, box) || (share > 0.5 && share < 2)) return each.n * Math.min(1, share);
  }
  return undefined;
}
