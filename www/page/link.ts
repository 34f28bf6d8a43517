// The address keeps area and settings: after the #, in the words of a request. What is too large for it is kept in this browser and named there.
import type { Area, MapStyle } from "../api/types.js";
import { type Box, fault } from "./box.js";
import { parse } from "./pasted.js";
import { later } from "./dom.js";
import { keep, kept } from "./kept.js";
import { sourceOf } from "./source.js";
import { type Settings, type Shape, type Source, type Status, on, set, state } from "./state.js";
import { request } from "./request.js";

/** Areas up to this length stand in the address, letters. */
const SHORT = 1500;

/** What the address says; nonsense is passed over. */
export function fromAddress(): { box?: Box; shape?: Shape; settings?: Partial<Settings>; source: Source } {
  const words = new URLSearchParams(location.hash.slice(1));
  const place = parse(words.get("bbox") ?? "");
  const box = place && !("lat" in place) && [undefined, "swapped"].includes(fault(place)) ? place : undefined;
  const shape = shaped(words.get("area") ?? "");
  const where = { ...(box && { box }), ...(shape && { shape }) };
  const rest = json(words.get("request") ?? "{}");
  const format = words.get("format");
  return { ...where, source: sourceOf(words.get("source") ?? ""), settings: { ...(rest as Partial<Settings>), ...(format && { format }) } };
}

/** Brings what the address only names, as far as this browser keeps it; returns what is missing, in words. */
export async function fetchKept(): Promise<Status | undefined> {
  const words = new URLSearchParams(location.hash.slice(1));
  const missing: string[] = [];
  const find = async (word: string) => {
    const [, id = "", name = ""] = /^(\w+):(.*)$/.exec(word) ?? [];
    const file = id ? await kept(id) : undefined;
    if (id && !file) missing.push(name || id);
    return file;
  };
  const named = (words.get("overlays") ?? "").split("|").filter(Boolean);
  const overlays = (await Promise.all(named.map(find))).filter((file) => file !== undefined);
  if (overlays.length > 0) set({ overlays: overlays.map(({ id, name, text }) => ({ id, name, data: text })) }, false);
  const area = words.get("area");
  const cut = area?.startsWith("kept:") ? await find(area.slice(5)) : undefined;
  if (cut) set({ shape: { area: json(cut.text) as Area, name: cut.name } }, false);
  const style = words.get("style");
  const look = style ? await find(style) : undefined;
  if (look) set({ settings: { ...state().settings, map_style: json(look.text) as MapStyle } }, false);
  if (missing.length === 0) return undefined;
  return { kind: "fault", words: { key: "say.missing", values: { names: missing.join(", ") } }, actions: ["file"] };
}

/** Writes the address after every change. */
export function keepAddress(): void {
  let turn = 0;
  const write = later(400, () => {
    const mine = (turn += 1);
    void address().then((text) => mine === turn && history.replaceState(null, "", `#${text}`));
  });
  on(["box", "shape", "overlays", "settings", "source"], write);
}

/** Area and settings as the page's address has them. */
export async function address(): Promise<string> {
  const { shape, overlays, source } = state();
  const { format, bbox, area, overlays: _data, ...fields } = request(state());
  const parts = [`format=${format}`, ...(Array.isArray(bbox) ? [`bbox=${bbox.join(",")}`] : [])];
  if (shape && area) {
    const text = JSON.stringify(area);
    const short = "relation" in area ? `relation:${area.relation}` : text.length <= SHORT ? text : `kept:${await keep(shape.name, text)}`;
    parts.push(`area=${encodeURIComponent(short.startsWith("{") ? short : `${short}:${shape.name}`)}`);
  }
  if (source.kind !== "overpass") parts.push(`source=${encodeURIComponent(source.kind === "sample" ? `sample:${source.id}` : `file:${source.name}`)}`);
  if (overlays.length > 0) parts.push(`overlays=${encodeURIComponent(overlays.map(({ id, name }) => `${id}:${name.replaceAll("|", " ")}`).join("|"))}`);
  if (typeof fields.map_style === "object" && "layers" in fields.map_style) {
    const name = String((fields.map_style as { name?: unknown }).name ?? "");
    parts.push(`style=${encodeURIComponent(`${await keep(name, JSON.stringify(fields.map_style))}:${name}`)}`);
    delete fields.map_style;
  }
  if (Object.keys(fields).length > 0) parts.push(`request=${encodeURIComponent(JSON.stringify(fields))}`);
  return parts.join("&");
}

function shaped(text: string): Shape | undefined {
  const relation = /^relation:(\d+):?(.*)$/.exec(text);
  if (relation) return { area: { relation: Number(relation[1]) }, name: relation[2] || `relation ${relation[1]}` };
  const area = text.startsWith("{") ? json(text) : undefined;
  return area ? { area: area as Area, name: "" } : undefined;
}

function json(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
