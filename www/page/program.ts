// A request as text that makes the same file elsewhere: JavaScript, the command line, curl. No page here.
import type { SingleRequest } from "../api/types.js";

/** Where the data come from: a server, or a file beside the program. */
export type Origin = { server: string } | { file: string };

/** A program in JavaScript. */
export function asScript(request: SingleRequest, origin: Origin): string {
  const text = JSON.stringify(request, null, 2);
  const asked = "server" in origin;
  const from = asked ? ["Exporter, fetchOverpass", "writeFile"] : ["Exporter", "readFile, writeFile"];
  const source = asked
    ? `const { query } = await exporter.query(request);\nconst data = await fetchOverpass(query, { exporter, endpoint: ${JSON.stringify(origin.server)} });`
    : `const data = await readFile(${JSON.stringify(origin.file)});`;
  return `import { ${from[0]} } from "mapwright";\nimport { ${from[1]} } from "node:fs/promises";

const request = ${text};
const exporter = new Exporter();
${source}
const file = await exporter.export(data, request);
await writeFile(file.name, file.blob.stream());
exporter.close();\n`;
}

/** A command. What options cannot say goes through a file. */
export function asCommand(request: SingleRequest, origin: Origin): string {
  const input = "server" in origin ? `--overpass ${quoted(origin.server)}` : quoted(origin.file);
  const { area, overlays, map_style, filter = {} } = request;
  const written = Object.entries(filter).every(([key, wanted]) => /^[^!=][^=]*$/.test(key) && (typeof wanted === "boolean" || !wanted.some((value) => value.includes(","))));
  const plain = !overlays && (!area || "relation" in area) && typeof map_style !== "object" && written;
  if (plain) return `mapwright export ${flags(request).join(" ")} ${input}`;
  return `cat > request.json <<'END'\n${JSON.stringify(request, null, 2)}\nEND\nmapwright export --request request.json ${input}`;
}

/** A call of a server; its address and key are variables. */
export function asCurl({ format, bbox, map_style, detail_level, ...config }: SingleRequest): string {
  const [min_lon, min_lat, max_lon, max_lat] = Array.isArray(bbox) ? (bbox as number[]) : [];
  const named = bbox && (Array.isArray(bbox) ? { min_lon, min_lat, max_lon, max_lat } : bbox);
  const style = typeof map_style === "string" ? { map_style } : {};
  const rest = { ...config, ...(typeof map_style === "object" && { map_style }) };
  return curl({ ...(named && { bbox: named }), formats: [format], ...style, ...(detail_level && { detail_level }), ...(Object.keys(rest).length > 0 && { config: rest }) });
}

/** A call of a server for files. One comes itself; of several the call tells the addresses. */
export function curl(body: Readonly<Record<string, unknown>> & { readonly formats: readonly string[] }, host = "$MAPWRIGHT_HOST", key = "$MAPWRIGHT_KEY"): string {
  const [how, wait] = body.formats.length === 1 ? [" --remote-name --remote-header-name", ' -H "Prefer: wait=60"'] : ["", ""];
  return `curl --fail-with-body${how} \\
  "${host}/api/render" \\
  -H "X-API-Key: ${key}" \\
  -H "Content-Type: application/json"${wait} \\
  -d ${quoted(JSON.stringify(body, null, 2))}`;
}

function flags({ format, page = {}, options, bbox, area, layers, filter = {}, ...fields }: SingleRequest): string[] {
  const words = [`-f ${format}`];
  const flag = (name: string, value: unknown) => words.push(`--${name.replaceAll("_", "-")}${String(value).startsWith("-") ? "=" : " "}${quoted(String(value))}`);
  if (bbox) flag("bbox", Array.isArray(bbox) ? bbox.join(",") : Object.values(bbox).join(","));
  if (area && "relation" in area) flag("area", `relation:${area.relation}`);
  if (layers) flag("layers", layers.join(","));
  for (const [key, wanted] of Object.entries(filter)) flag("filter", typeof wanted === "boolean" ? `${wanted ? "" : "!"}${key}` : `${key}=${wanted.join(",")}`);
  for (const [name, value] of Object.entries(fields)) flag(name, value);
  const { size, frame, window, furniture = {}, ...sheet } = page;
  if (size) flag("paper", String(size));
  if (frame?.shape) flag("frame", frame.shape);
  if (window) flag("window", window.join(","));
  for (const [name, value] of Object.entries({ ...sheet, ...furniture })) {
    if (name === "scale_bar" && typeof value === "string") words.push(`--scale-bar=${value}`);
    else if (value === true) words.push(`--${name.replaceAll("_", "-")}`);
    else if (value !== false) flag(name, value);
  }
  const own = (options as Record<string, Record<string, unknown>> | undefined)?.[format] ?? {};
  for (const [id, value] of Object.entries(own)) words.push(`--set ${quoted(`${format}.${id}=${String(value)}`)}`);
  return words;
}

/** A word for a POSIX shell. */
const quoted = (text: string): string => (/^[\w.,:/+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
