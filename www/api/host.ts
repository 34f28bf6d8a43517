// Where the work is done: reads data into packs, exports, answers questions. Lives in the worker, or beside the caller.
import type { OpenMap, Reading } from "../pkg/packs.js";
import { ExportError } from "./error.js";
import type { Arriving, Data, Failure, FileRow, Jobs, Kind, Report } from "./jobs.js";
import { without } from "./fonts.js";
import { within } from "./meter.js";
import { Pack, pack } from "./packs.js";
import { Parts } from "./parts.js";
import { quarter } from "./warmup.js";
import { CORE, byPack, ordered } from "./split.js";
import type { MapInfo, OverpassCounts, Provenance } from "./types.js";

export type Host = { [K in Kind]: (takes: Jobs[K]["takes"], report: Report) => Promise<Jobs[K]["gives"]> };

/** A file as the engine gives it. */
type Written = Omit<FileRow, "blob"> & { parts: Parts };

/** As much of an answer as shows what kind it is, bytes. */
const BEGINNING = 1 << 14;

/** As much of each end of a file as may say how it was made, bytes (`provenance::END`). */
const END = 1 << 20;

/** Shares of a pack's work: loading it, then reading the data, then writing. */
const LOADED = 0.1;
const READ = 0.5;

/** Most bytes the engine reads at a time. It comes back after each: the browser may put faster code in its place. */
const PIECE = 1 << 18;
/** Share of opening that reading takes, as the engine has it. */
const PARSED = 0.6;

/** A host with its own open maps. */
export function host(): Host {
  /** By map: what each pack has read of it. */
  const maps = new Map<number, Map<Pack, OpenMap>>();

  /** What arrives, and the pack that reads it. */
  const arrivals = new Map<number, { pack: Pack; reading: Reading }>();

  /** Reads data piece by piece, so that the engine never holds them whole. */
  async function read(pack: Pack, data: Data, report: Report): Promise<OpenMap> {
    const total = data instanceof Blob ? data.size : data.length;
    const reading = pack.run((_, module) => new module.Reading(total));
    let done = 0;
    try {
      for await (const bytes of data instanceof Blob ? pieces(data.stream()) : parts(data)) {
        pack.run(() => reading.push(bytes));
        done += bytes.length;
        if (!report({ fraction: (PARSED * done) / total, stage: "read", done, total, unit: "bytes" })) throw ExportError.cancelled();
      }
    } catch (fault) {
      pack.free(reading);
      throw fault;
    }
    return pack.run((engine) => engine.finish(reading, listener(report)));
  }

  /** What has arrived for this pack is read; everything else is read now. */
  async function opened(pack: Pack, data: Data, arriving: Arriving, report: Report): Promise<OpenMap> {
    const arrived = arriving === undefined ? undefined : arrivals.get(arriving);
    if (arriving === undefined || arrived?.pack !== pack) return read(pack, data, report);
    arrivals.delete(arriving);
    return pack.run((engine) => engine.finish(arrived.reading, listener(report)));
  }

  const jobs: Host = {
    async begin({ arriving, total, pack: id, request }, report) {
      const reader = await pack(id, report);
      if (request !== undefined) reader.run((engine) => engine.check(request));
      arrivals.set(arriving, { pack: reader, reading: reader.run((_, module) => new module.Reading(total)) });
    },

    async piece({ arriving, bytes }) {
      const arrived = arrivals.get(arriving);
      for (const part of arrived ? parts(bytes) : []) arrived?.pack.run(() => arrived.reading.push(part));
    },

    async forget({ arriving }) {
      const arrived = arrivals.get(arriving);
      arrived?.pack.free(arrived.reading);
      arrivals.delete(arriving);
    },

    async open({ map, data, arriving, pack: id }, report) {
      const reader = await pack(id, within(report, 0, LOADED));
      const result = await opened(reader, data, arriving, within(report, LOADED, 1));
      maps.set(map, new Map([[reader, result]]));
      return reader.run(() => result.info()) as MapInfo;
    },

    async export({ map, data, arriving, request, fonts }, report) {
      const files: FileRow[] = [];
      const requests = byPack(request);
      for (const [row, part] of requests.entries()) {
        const tell = within(report, row / requests.length, (row + 1) / requests.length);
        const writer = await pack(part.pack, within(tell, 0, LOADED));
        writer.run((engine) => engine.check(part.request));
        const known = map === undefined ? undefined : maps.get(map)?.get(writer);
        const ready = known ?? (await opened(writer, data, arriving, within(tell, LOADED, READ)));
        if (map !== undefined && !known) maps.set(map, new Map([...(maps.get(map) ?? []), [writer, ready]]));
        try {
          const whole = await writer.assets(ready, part.request, within(tell, known ? LOADED : READ, 1), fonts);
          const write = listener(within(tell, known ? LOADED : READ, 1));
          const rows = writer.run((engine) => engine.export(ready, part.request, write, () => new Parts())) as Written[];
          files.push(...rows.map(({ parts, ...row }) => ({ ...row, notes: whole ? row.notes : without(row.notes), blob: parts.blob(row.mime) })));
        } finally {
          if (map === undefined) writer.free(ready);
        }
      }
      return ordered(files, request);
    },

    async warm({ request }, report) {
      await jobs.export({ data: quarter(), request }, report);
    },

    async close({ map }) {
      for (const [reader, open] of maps.get(map) ?? []) reader.free(open);
      maps.delete(map);
    },

    async check({ request }, report) {
      for (const part of byPack(request)) (await pack(part.pack, report)).run((engine) => engine.check(part.request));
    },

    async provenance({ file }, report) {
      const ends = file.size > 2 * END ? new Blob([file.slice(0, END), file.slice(-END)]) : file;
      const bytes = new Uint8Array(await ends.arrayBuffer());
      return (await pack(CORE, report)).run((engine) => engine.provenance(bytes)) as Provenance;
    },

    frame: async ({ request }, report) => (await pack(CORE, report)).run((engine) => engine.frame(request)),

    query: async ({ request, limits }, report) =>
      (await pack(CORE, report)).run((engine) => engine.query(request, JSON.stringify(limits))),

    async counts({ body }, report) {
      const bytes = new Uint8Array(await body.arrayBuffer());
      return (await pack(CORE, report)).run((engine) => engine.counts(bytes)) as OverpassCounts;
    },

    async fault({ status, contentType, body }, report) {
      const bytes = new Uint8Array(await body.slice(0, BEGINNING).arrayBuffer());
      return (await pack(CORE, report)).run((engine) => engine.fault(status, contentType, bytes)) as Failure | undefined;
    },

    wait: async ({ status }, report) => (await pack(CORE, report)).run((engine) => engine.wait(status)),
  };
  return jobs;
}

const listener = (report: Report) => (fraction: number, stage: Parameters<Report>[0]["stage"], done: number, total: number) =>
  report({ fraction, stage, done, total, unit: "things" });

/** A stream in pieces the engine takes. */
async function* pieces(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield* parts(next.value);
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function* parts(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}
