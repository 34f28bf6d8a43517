// The data that are exported: opened once, however many formats follow.
import { ExportError } from "../api/error.js";
import type { CallOptions, OpenMap, Progress } from "../api/types.js";
import { covering, drop, store } from "./answers.js";
import { type Box, around, joined } from "./box.js";
import { chosen, engine, sheeted } from "./engine.js";
import { type Wish, fetchData } from "./fetch.js";
import { ground } from "./request.js";
import { type Source, state } from "./state.js";
import { UnloadedSample } from "./unloaded.js";

let opened: { blob: Blob; map: OpenMap } | undefined;
const samples = new Map<string, Blob>();

/** The data of a source. */
export async function blob(source: Source, wish: Omit<Wish, "exporter" | "box" | "relation" | "fields" | "server">): Promise<Blob> {
  const { box, server } = state();
  if (source.kind === "file") return source.blob;
  if (source.kind === "lost") throw new ExportError("internal", `${source.name} was not opened again`);
  if (source.kind === "sample") return sample(source.id, source.url, wish.signal);
  if (!box) throw new ExportError("empty", "no area");
  const exporter = await engine();
  const answer = await fetchData({ ...wish, exporter, fields: ground(state()), server, relation: relation(), box: await shown(box) });
  return answer.blob;
}

/** The opened data: read and assembled once for each source. Those that were open stay until these are. */
export async function open(bytes: Blob, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<OpenMap> {
  if (opened?.blob === bytes) return opened.map;
  try {
    const map = await read(bytes, { signal, onProgress });
    const { nodes, ways, relations } = map.info;
    if (nodes + ways + relations === 0) {
      map.close();
      throw new ExportError("empty", "the data hold no object");
    }
    opened?.map.close();
    opened = { blob: bytes, map };
    void store(bytes);
    return map;
  } catch (fault) {
    if (!signal.aborted) drop(bytes);
    throw fault;
  }
}

/** Reads for the chosen format; where its pack is out of reach, the core says at least what the data hold. */
async function read(bytes: Blob, options: CallOptions): Promise<OpenMap> {
  const exporter = await engine();
  const row = chosen();
  try {
    return await exporter.open(bytes, { ...options, format: row?.id });
  } catch (fault) {
    if (ExportError.from(fault).code !== "load" || !row || row.pack === "core") throw fault;
    return exporter.open(bytes, options);
  }
}

/** The data that were opened, if they are those the state asks for. */
export function ready(): Blob | undefined {
  const { source, box, info } = state();
  if (!info || !box) return undefined;
  const own = source.kind === "file" ? source.blob : source.kind === "sample" ? samples.get(source.id) : covering(box, relation())?.blob;
  return opened && own === opened.blob ? own : undefined;
}

/** The relation that cuts the area, if one does. */
function relation(): number | undefined {
  const area = state().shape?.area;
  return area && "relation" in area ? area.relation : undefined;
}

/** The ground that the file will show: a sheet may be larger than the area. */
export async function shown(box: Box): Promise<Box> {
  if (!sheeted(chosen())) return box;
  const frame = await (await engine()).frame(ground(state()));
  return joined(box, around(frame.outline));
}

async function sample(id: string, url: string, signal: AbortSignal): Promise<Blob> {
  const known = samples.get(id);
  if (known) return known;
  const response = await fetch(url, { signal }).catch((fault: unknown) => {
    throw signal.aborted ? ExportError.cancelled() : new UnloadedSample(String(fault));
  });
  if (!response.ok) throw new UnloadedSample(`status ${response.status}`);
  const bytes = await response.blob();
  samples.set(id, bytes);
  return bytes;
}
