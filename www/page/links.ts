// Links to maps that people copy: openstreetmap.org, Google, Yandex, Bing, Apple, 2GIS. No page here.
import { type Read, four, two } from "./readings.js";

export type ElementKind = "node" | "way" | "relation";

/** What a link names: a place, an element of OSM, a name, or nothing that can be read without following it. */
export type Linked = Read | { kind: "element"; type: ElementKind; id: number } | { kind: "name"; name: string } | { kind: "short" };

type Reader = (url: URL, all: string) => Linked | undefined;

const HOSTS: readonly (readonly [RegExp, Reader])[] = [
  [/(^|\.)(openstreetmap\.org|osm\.org)$/, openStreetMap],
  [/^(maps\.app\.goo\.gl|goo\.gl|g\.co|go\.2gis\.com|binged\.it|maps\.apple)$/, () => ({ kind: "short" })],
  [/(^|\.)google\.[a-z.]+$/, google],
  [/(^|\.)yandex\.[a-z.]+$/, yandex],
  [/(^|\.)bing\.com$/, bing],
  [/^maps\.apple\.com$/, apple],
  [/(^|\.)2gis\.[a-z.]+$/, twoGis],
];

/** What a link names; undefined where a text is no link to a map. */
export function linked(text: string): Linked | undefined {
  const geo = /^geo:(-?[\d.]+),(-?[\d.]+)(?:[^?]*\?(?:.*&)?z=([\d.]+))?/i.exec(text);
  if (geo) return two(Number(geo[1]), Number(geo[2]), zoomed(geo[3]));
  if (!/^(https?:\/\/)?([\w-]+\.)+[a-z]{2,}(\/|\?|$)/i.test(text)) return undefined;
  try {
    const url = new URL(/^https?:/i.test(text) ? text : `https://${text}`);
    const [, read] = HOSTS.find(([host]) => host.test(url.hostname)) ?? [];
    return read?.(url, decodeURIComponent(text));
  } catch {
    return undefined;
  }
}

const zoomed = (text: string | null | undefined): number | undefined => (text ? Number(text) : undefined);

/** Two numbers of a link. */
function pair(text: string | null | undefined): [number, number] | undefined {
  const found = /^\s*(-?\d+(?:\.\d+)?)[\s,~_+]+(-?\d+(?:\.\d+)?)/.exec(text ?? "");
  return found ? [Number(found[1]), Number(found[2])] : undefined;
}

/** The first of some texts that holds two numbers: latitude first, or longitude. */
function first(texts: readonly (string | null | undefined)[], zoom?: number, lonFirst = false): Read | undefined {
  const found = texts.map(pair).find((each) => each !== undefined);
  return found && (lonFirst ? two(found[1], found[0], zoom) : two(found[0], found[1], zoom));
}

const values = ({ searchParams }: URL, ...names: string[]) => names.map((name) => searchParams.get(name));

function openStreetMap(url: URL): Linked | undefined {
  const element = /^\/(node|way|relation)\/(\d+)/.exec(url.pathname);
  if (element) return { kind: "element", type: element[1] as ElementKind, id: Number(element[2]) };
  const code = /^\/go\/([\w~@=-]+)/.exec(url.pathname)?.[1];
  if (code) return shortened(code);
  const [bbox] = values(url, "bbox");
  const sides = bbox?.split(",") ?? values(url, "minlon", "minlat", "maxlon", "maxlat");
  if (sides.length === 4 && sides.every(Boolean)) return four(sides.map(Number));
  const hash = /map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)/.exec(url.hash);
  const [mlat, mlon] = values(url, "mlat", "mlon");
  if (mlat && mlon) return two(Number(mlat), Number(mlon), Number(hash?.[1] ?? "16"));
  return hash ? two(Number(hash[2]), Number(hash[3]), Number(hash[1])) : undefined;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~";

/** The place of a short link of openstreetmap.org: three bits of each coordinate a letter, and the zoom by their number. */
function shortened(code: string): Read | undefined {
  let [x, y, bits, dashes] = [0, 0, 0, 0];
  for (const letter of code.replaceAll("@", "~")) {
    const six = LETTERS.indexOf(letter);
    if (six < 0) {
      dashes += 1;
      continue;
    }
    for (let at = 5; at > 0; at -= 2) {
      x = x * 2 + ((six >> at) & 1);
      y = y * 2 + ((six >> (at - 1)) & 1);
    }
    bits += 3;
  }
  const degrees = (value: number, all: number) => Math.round(((value / 2 ** bits) * all - all / 2) * 1e6) / 1e6;
  return two(degrees(y, 180), degrees(x, 360), Math.max(1, bits - 8 - ((3 - dashes) % 3)));
}

function google(url: URL, all: string): Linked | undefined {
  const pin = /!3d(-?[\d.]+)!4d(-?[\d.]+)/.exec(all);
  const view = /@(-?[\d.]+),(-?[\d.]+)(?:,([\d.]+)z)?/.exec(all);
  const zoom = zoomed(view?.[3] ?? url.searchParams.get("z") ?? url.searchParams.get("zoom"));
  if (pin) return two(Number(pin[1]), Number(pin[2]), zoom);
  const path = /\/(?:place|search|dir)\/+(-?[\d.]+,[+ ]?-?[\d.]+)/.exec(all)?.[1];
  const told = values(url, "q", "query", "ll", "center", "destination", "daddr", "sll");
  const written = first([path, ...told], zoom);
  if (written) return written;
  if (view) return two(Number(view[1]), Number(view[2]), zoom);
  const name = told[0] ?? told[1];
  return name ? { kind: "name", name } : undefined;
}

function yandex(url: URL): Linked | undefined {
  if (/\/maps\/-\//.test(url.pathname)) return { kind: "short" };
  return first(values(url, "whatshere[point]", "poi[point]", "pt", "ll"), zoomed(url.searchParams.get("z")), true);
}

function bing(url: URL): Linked | undefined {
  const point = /point\.(-?[\d.]+_-?[\d.]+)/.exec(url.searchParams.get("sp") ?? "")?.[1];
  return first([point, ...values(url, "cp", "where1", "q")], zoomed(url.searchParams.get("lvl")));
}

function apple(url: URL): Linked | undefined {
  const told = values(url, "coordinate", "ll", "q", "center", "sll", "daddr");
  const name = url.searchParams.get("q");
  return first(told, zoomed(url.searchParams.get("z"))) ?? (name ? { kind: "name", name } : undefined);
}

function twoGis(url: URL, all: string): Linked | undefined {
  const zoom = /\/([\d.]+)/.exec(url.searchParams.get("m") ?? "")?.[1];
  return first([/\/geo\/(?:\d+\/)?(-?[\d.]+,-?[\d.]+)/.exec(all)?.[1], ...values(url, "m")], zoomed(zoom), true);
}
