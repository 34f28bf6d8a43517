// One request for formats of several packs becomes one request a pack.
import { formats } from "./catalogue.js";
import { ExportError } from "./error.js";
import type { FileRow } from "./jobs.js";

/** Most formats of one request; the engine checks it too, but sees only a part. */
const MOST = 5;

/** The pack for what needs no format, and for what no pack holds: the smallest. */
export const CORE = "core";

/** Packs by names of formats. */
const packs: ReadonlyMap<string, string> = new Map(formats.map((row) => [row.id, row.pack]));

interface Part {
  pack: string;
  request: string;
}

/** The fields of a request that are looked at here, not checked yet. */
interface Asked {
  format?: unknown;
  formats?: unknown;
  options?: unknown;
}

/** The pack that holds a format. */
export const packOf = (format = ""): string => packs.get(format) ?? CORE;

/** The parts of a request, in the order of their first formats. What is wrong with its other fields the engine says. */
export function byPack(text: string): Part[] {
  const { format, ...rest } = JSON.parse(text) as Asked;
  const names = asked({ format, ...rest });
  const known = formats.filter((row) => !row.alias_of).map((row) => row.id).join(", ");
  const wrong = (field: string, what: string) => new ExportError("bad_request", `${field}: ${what} ${known}`, field);
  if (format === undefined && rest.formats === undefined) throw wrong("formats", "name at least one of");
  if (names.length === 0 || names.length > MOST || (format !== undefined && rest.formats !== undefined)) return [{ pack: CORE, request: text }];
  const options = isObject(rest.options) ? Object.entries(rest.options) : [];
  for (const name of names) if (!packs.has(name)) throw wrong("formats", `"${name}" is not a format; there are`);
  for (const [name] of options) if (!packs.has(name)) throw wrong(`options.${name}`, "not a format; there are");
  return [...new Set(names.map(packOf))].map((pack) => {
    const part: Asked = { ...rest, formats: names.filter((name) => packOf(name) === pack) };
    if (isObject(rest.options)) part.options = Object.fromEntries(options.filter(([name]) => packOf(name) === pack));
    return { pack, request: JSON.stringify(part) };
  });
}

/** Files in the order they were asked for; a name that another file has gets its format's id. */
export function ordered(files: FileRow[], text: string): FileRow[] {
  const names = asked(JSON.parse(text) as Asked);
  const sorted = files.sort((a, b) => names.indexOf(a.format) - names.indexOf(b.format));
  const taken = new Set<string>();
  for (const file of sorted) {
    if (taken.has(file.name)) file.name = file.name.replace(/(\.[^.]*)?$/, `-${file.format}$1`);
    taken.add(file.name);
  }
  return sorted;
}

function asked({ format, formats }: Asked): string[] {
  const names = formats ?? (format === undefined ? [] : [format]);
  return Array.isArray(names) && names.every((name) => typeof name === "string") ? names : [];
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);
