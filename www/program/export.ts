// `mapwright export`: read, draw, write.
import { stat } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { ExportError, Exporter, type ExporterApi, type FormatId, type Source, fetchOverpass } from "../api/direct.js";
import type { Arguments } from "./arguments.js";
import { bar } from "./bar.js";
import { own, shared } from "./notes.js";
import { request as asked } from "./request.js";
import { extension, isFolder, keep, source, target } from "./system.js";

/** Runs the command. */
export async function run(args: Arguments): Promise<void> {
  const fonts = process.env["MAPWRIGHT_FONTS"];
  const exporter = new Exporter({ fonts: fonts ? pathToFileURL(fonts) : undefined });
  const [output, quiet] = [args.one("output") ?? ".", args.has("quiet")];
  if (args.has("limit")) throw new ExportError("bad_request", "limit: the native program alone has --limit", "limit");
  const fields = await asked(args, exporter);
  const isAlike = args.has("like") && !args.has("format");
  const ending = fields.formats?.length ? undefined : byExtension(exporter, output);
  if (ending) fields.formats = [ending];
  else if (isAlike && fields.formats) fields.formats = await byEnding(exporter, fields.formats, output);
  // What is wrong is said before anything is read or downloaded.
  await exporter.check(fields);
  const formats = fields.formats ?? [];
  const place = await target(output, formats.length);
  const data: Source = args.input === undefined ? await answer(exporter, fields, args.one("overpass") ?? "", quiet) : await source(args.input);
  const progress = quiet || !process.stderr.isTTY ? undefined : bar(process.stderr);
  const files = await exporter.export(data, { ...fields, formats }, { onProgress: progress?.tell }).finally(() => progress?.clear());
  for (const file of files) {
    const where = await keep(place, file);
    if (quiet) continue;
    console.error(`${where}: ${file.size} bytes`);
    for (const note of own(file, files)) console.error(`  note: ${note}`);
  }
  if (!quiet) for (const note of shared(files)) console.error(`note for ${note}`);
}

/** What Overpass answers to the query of a request. */
async function answer(exporter: ExporterApi, fields: object, endpoint: string, quiet: boolean): Promise<Source> {
  const { query } = await exporter.query(fields);
  let told = false;
  return fetchOverpass(query, {
    exporter,
    endpoint,
    onEvent: (event) => {
      if (event.kind !== "waiting") told = false;
      else if (!told && !quiet) {
        const why = event.reason === "overpass_busy" ? "the server is busy" : "the server wants a pause";
        console.error(`${why}; asking again in ${event.seconds} s`);
        told = true;
      }
    },
  });
}

/** `-o map.svg` without `-f` asks for SVG; none where the path has no ending. */
function byExtension({ formats }: ExporterApi, path: string): FormatId | undefined {
  const end = extension(path);
  if (end === undefined) return undefined;
  const named = formats.find(({ id }) => id === end);
  const found = named ? [named] : formats.filter((row) => row.extension === end && !row.alias_of);
  const wrong = (message: string) => new ExportError("bad_request", `output: ${message}; name one with --format`, "output");
  if (found.length === 0) throw wrong(`no format ends in .${end}`);
  if (found.length > 1) throw wrong(`${found.map(({ id }) => id).join(", ")} end in .${end}`);
  return found[0]?.alias_of ?? found[0]?.id;
}

/** The format of the file that an export shall be like, unless the ending of `-o` is that of another one. */
async function byEnding(exporter: ExporterApi, formats: readonly FormatId[], path: string): Promise<readonly FormatId[]> {
  const folder = isFolder(path, await stat(path).catch(() => undefined));
  const isOwn = (id: FormatId) => path.toLowerCase().endsWith(`.${exporter.formats.find((row) => row.id === id)?.extension}`);
  if (folder || formats.some(isOwn)) return formats;
  try {
    const other = byExtension(exporter, path);
    return other === undefined ? formats : [other];
  } catch {
    return formats;
  }
}
