// Made by `cargo xtask catalogue` from the registry of formats, styles and layers. Do not edit.
import type { FormatRow, LayerRow, PaperRow, StyleRow } from "./types.js";

export type FormatId = "geojson" | "svg" | "pdf" | "png";

export type StyleId = never;

export type LayerId = never;

export type PaperId = "A0" | "A1" | "A2" | "A3" | "A4" | "A5" | "A6" | "letter" | "legal" | "tabloid" | "arch-a" | "arch-b" | "arch-c" | "arch-d" | "arch-e";

/** Options of each format, by its id. */
export interface FormatOptions {
}

export const formats: readonly FormatRow[] = [
  {"id":"geojson","pack":"core","family":"Features","title":"GeoJSON","extension":"geojson","mime":"application/geo+json","tier":"free","about":"","for_whom":"","kept":"","lost":"","programs":[],"options":[]},
  {"id":"svg","pack":"drawing","family":"Scene","title":"SVG","extension":"svg","mime":"image/svg+xml","tier":"free","about":"","for_whom":"","kept":"","lost":"","programs":[],"options":[]},
  {"id":"pdf","pack":"drawing","family":"Scene","title":"PDF","extension":"pdf","mime":"application/pdf","tier":"free","about":"","for_whom":"","kept":"","lost":"","programs":[],"options":[]},
  {"id":"png","pack":"drawing","family":"Pixels","title":"PNG","extension":"png","mime":"image/png","tier":"free","about":"","for_whom":"","kept":"","lost":"","programs":[],"options":[]},
];

export const styles: readonly StyleRow[] = [
];

export const layers: readonly LayerRow[] = [
];

export const papers: readonly PaperRow[] = [
  {"height":1189.0,"id":"A0","width":841.0},
  {"height":841.0,"id":"A1","width":594.0},
  {"height":594.0,"id":"A2","width":420.0},
  {"height":420.0,"id":"A3","width":297.0},
  {"height":297.0,"id":"A4","width":210.0},
  {"height":210.0,"id":"A5","width":148.0},
  {"height":148.0,"id":"A6","width":105.0},
  {"height":279.4,"id":"letter","width":215.9},
  {"height":355.6,"id":"legal","width":215.9},
  {"height":431.8,"id":"tabloid","width":279.4},
  {"height":304.8,"id":"arch-a","width":228.6},
  {"height":457.2,"id":"arch-b","width":304.8},
  {"height":609.6,"id":"arch-c","width":457.2},
  {"height":914.4,"id":"arch-d","width":609.6},
  {"height":1219.2,"id":"arch-e","width":914.4},
];
