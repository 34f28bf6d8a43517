// Options become the request that everybody else sends, so that there is one schema and one set of errors.
import { readFileSync, statSync } from "node:fs";
import { ExportError, type ExporterApi, type ExportRequest } from "../api/direct.js";
import type { Arguments } from "./arguments.js";
import { ends, io } from "./system.js";

type Fields = Record<string, unknown>;

/** Options whose text is the field of that name. */
const WORDS = ["crs", "language", "text", "sea"];
const NUMBERS = ["scale", "margin", "bleed", "dpi"];
const FLAGS = ["ratio", "north-arrow", "legend", "index"];

/** The request that arguments make; the engine checks it. */
export async function request(args: Arguments, exporter: ExporterApi): Promise<ExportRequest> {
  const path = args.one("request");
  const fields = args.has("like") ? await alike(args, exporter) : path === undefined ? {} : parse("request", file(path));
  if (!isObject(fields)) throw wrong("request", "expected a JSON object");
  const page = object(fields["page"]);
  const furniture = object(page["furniture"]);
  const options = object(fields["options"]);

  put(fields, "formats", some(args.all("format")));
  put(fields, "bbox", args.one("bbox"), (list) => numbers("bbox", list));
  put(fields, "area", args.one("area"), area);
  put(fields, "map_style", args.one("map-style"), style);
  put(fields, "detail_level", args.number("detail-level"));
  put(fields, "layers", some(args.all("layers").flatMap((list) => list.split(","))));
  put(fields, "filter", some(args.all("filter")), filter);
  for (const name of WORDS) put(fields, name, args.one(name));
  put(fields, "clip", args.one("clip"), word);
  put(fields, "overlays", some(args.all("overlay")), (paths) => paths.map((path) => ({ data: file(path) })));

  put(page, "size", args.one("paper"), (paper) => (paper.includes(",") ? numbers("page.size", paper) : paper));
  put(page, "orientation", args.one("orientation"));
  for (const name of NUMBERS) put(page, name, args.number(name));
  put(page, "crop_marks", args.has("crop-marks") || undefined);
  put(page, "frame", args.one("frame"), (shape) => ({ shape }));
  put(page, "window", args.one("window"), (list) => numbers("page.window", list));
  put(furniture, "title", args.one("title"));
  put(furniture, "scale_bar", args.one("scale-bar"), (units) => units || "metric");
  put(furniture, "grid", args.one("grid"));
  for (const name of FLAGS) put(furniture, name.replace("-", "_"), args.has(name) || undefined);

  for (const setting of args.all("set")) {
    const [, format, option, value] = /^([^=.]*)\.([^=]*)=([\s\S]*)$/.exec(setting) ?? [];
    if (format === undefined || option === undefined || value === undefined) throw wrong("options", `--set ${setting}: expected FORMAT.OPTION=VALUE`);
    options[format] = { ...object(options[format]), [option]: word(value) };
  }
  for (const [within, name, inner] of [[page, "furniture", furniture], [fields, "page", page], [fields, "options", options]] as const) {
    if (Object.keys(inner).length > 0) within[name] = inner;
    else delete within[name];
  }
  return fields;
}

/** The request of a file that was made before; its place only where none is given. */
async function alike(args: Arguments, exporter: ExporterApi): Promise<unknown> {
  const path = args.one("like") ?? "";
  const bytes = await ends(path);
  const { request, left_out } = await exporter.provenance(bytes).catch((thrown) => {
    const { code, message, field } = ExportError.from(thrown);
    throw new ExportError(code, code === "bad_request" ? `${message} (in ${path})` : `${path}: ${message}`, field);
  });
  if (!args.has("quiet") && left_out.length > 0) console.error(`${path}: it does not hold ${left_out.join(", ")}; give that again where it is wanted`);
  const { bbox, area, ...rest } = request;
  return args.has("bbox") || args.has("area") ? rest : request;
}

/** Conditions on tags; values of a key that is named again are added to those before. */
function filter(conditions: readonly string[]): Fields {
  const fields: Record<string, string[] | boolean> = {};
  for (const condition of conditions) {
    const [, name = "", values] = /^([^=]*)(?:=([\s\S]*))?$/.exec(condition) ?? [];
    const absent = values === undefined && name.startsWith("!");
    const key = absent ? name.slice(1) : name;
    const wanted = values === undefined ? !absent : values.split(",");
    const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (Array.isArray(known) && Array.isArray(wanted)) known.push(...wanted);
    else if (known !== undefined && known !== wanted) throw wrong(`filter.${key}`, "asked for in two ways; values, present or absent");
    else fields[key] = wanted;
  }
  return fields;
}

/** A word as JSON would have it: numbers, true and false are themselves, everything else is text. */
function word(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" && value !== null ? text : value;
  } catch {
    return text;
  }
}

function numbers(field: string, list: string): number[] {
  return list.split(",").map((text) => {
    const number = text.trim() === "" ? NaN : Number(text);
    if (Number.isNaN(number)) throw wrong(field, `"${text}" in "${list}" is not a number`);
    return number;
  });
}

function area(text: string): unknown {
  if (text.startsWith("relation:")) return { relation: word(text.slice("relation:".length)) };
  const value = parse("area", file(text));
  const features = isObject(value) ? value["features"] : undefined;
  if (!Array.isArray(features)) return value;
  if (features.length !== 1) throw wrong("area", `${text} holds several features; expected one with a Polygon or MultiPolygon`);
  return features[0];
}

function style(name: string): unknown {
  const isFile = name.endsWith(".json") || statSync(name, { throwIfNoEntry: false })?.isFile();
  return isFile ? parse("map_style", file(name)) : name;
}

function file(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (fault) {
    throw io(path, fault);
  }
}

function parse(field: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (fault) {
    throw wrong(field, `not JSON: ${(fault as Error).message}`);
  }
}

function put<T, R = T>(fields: Fields, name: string, value: T | undefined, as?: (value: T) => R): void {
  if (value !== undefined) fields[name] = as ? as(value) : value;
}

const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);
const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const object = (value: unknown): Fields => (isObject(value) ? value : {});
const wrong = (field: string, message: string) => new ExportError("bad_request", `${field}: ${message}`, field);
