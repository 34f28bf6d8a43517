// The state as a request in the words of docs/request.md: only what differs from the defaults.
import type { ExportRequest, SingleRequest } from "../api/types.js";
import type { Settings, State } from "./state.js";

/** What a request is made of. */
export type Asked = Pick<State, "box" | "shape" | "overlays" | "settings">;

/** The request for the chosen format. */
export function request({ box, shape, overlays, settings }: Asked): SingleRequest {
  const { format, options, ...fields } = settings;
  const own = options[format];
  return {
    format,
    ...(box && { bbox: [...box] }),
    ...(shape && { area: shape.area }),
    ...fields,
    ...(overlays.length > 0 && { overlays: overlays.map(({ data }) => ({ data })) }),
    ...(own && Object.keys(own).length > 0 && { options: { [format]: own } }),
  } as unknown as SingleRequest;
}

/** The same without anything that only one format needs: for the frame and the query. */
export function ground(state: Asked): ExportRequest {
  const { options: _options, overlays: _overlays, map_style: _style, ...fields } = request(state);
  return fields;
}

/** Settings with an option of the chosen format changed; `undefined` resets it. */
export function withOption(settings: Settings, id: string, value: unknown): Settings["options"] {
  const own = { ...settings.options[settings.format] };
  if (value === undefined) delete own[id];
  else own[id] = value;
  return { ...settings.options, [settings.format]: own };
}

/** A program in JavaScript that makes the same file. */
export function asScript(request: SingleRequest): string {
  const text = JSON.stringify(request, null, 2);
  return `import { Exporter, fetchOverpass } from "mapwright";\nimport { writeFile } from "node:fs/promises";

const request = ${text};
const exporter = new Exporter();
const { query } = await exporter.query(request);
const file = await exporter.export(await fetchOverpass(query, { exporter }), request);
await writeFile(file.name, file.bytes);
exporter.close();\n`;
}

/** The same on the command line. */
export function asCommand(request: SingleRequest): string {
  const words: string[] = ["mapwright", "export"];
  const quoted = (value: unknown) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return /^[\w.,:/+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
  };
  const flag = (name: string, value: unknown) => words.push(`--${name.replaceAll("_", "-")}${String(value).startsWith("-") ? "=" : " "}${quoted(value)}`);
  const { format, page, options, bbox, layers, ...fields } = request;
  words.push(`-f ${format}`);
  if (bbox) flag("bbox", Array.isArray(bbox) ? bbox.join(",") : bbox);
  if (layers) flag("layers", layers.join(","));
  for (const [name, value] of Object.entries(fields)) flag(name, value);
  for (const [name, value] of Object.entries({ ...page, ...page?.furniture })) {
    if (name === "furniture") continue;
    if (name === "frame") flag("frame", page?.frame?.shape);
    else if (name === "size" && Array.isArray(value)) flag("paper", value.join("x"));
    else if (value === true) words.push(`--${name.replaceAll("_", "-")}`);
    else flag(name === "size" ? "paper" : name, value);
  }
  for (const [id, value] of Object.entries((options as Record<string, Record<string, unknown>> | undefined)?.[format] ?? {})) {
    words.push(`--set ${quoted(`${format}.${id}=${String(value)}`)}`);
  }
  return words.join(" ");
}
