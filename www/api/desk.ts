// Where the work is done: reads data into packs, exports, answers questions. Lives in the worker, or beside the caller.
import type { OpenMap } from "../pkg/packs.js";
import type { Failure, FileRow, Jobs, Kind, Report } from "./jobs.js";
import { within } from "./meter.js";
import { Pack, pack } from "./packs.js";
import { CORE, byPack, ordered } from "./split.js";
import type { MapInfo, OverpassCounts } from "./types.js";

export type Desk = { [K in Kind]: (takes: Jobs[K]["takes"], report: Report) => Promise<Jobs[K]["gives"]> };

/** As much of an answer as shows what kind it is, bytes. */
const BEGINNING = 1 << 14;

/** Shares of a pack's work: loading it, then reading the data, then writing. */
const LOADED = 0.1;
const READ = 0.5;

/** A desk with its own open maps. */
export function desk(): Desk {
  /** By map: what each pack has read of it. */
  const maps = new Map<number, Map<Pack, OpenMap>>();

  async function read(pack: Pack, data: Blob, report: Report): Promise<OpenMap> {
    const bytes = new Uint8Array(await data.arrayBuffer());
    return pack.run((engine) => engine.open(bytes, listener(report)));
  }

  return {
    async open({ map, data, pack: id }, report) {
      const reader = await pack(id, within(report, 0, LOADED));
      const opened = await read(reader, data, within(report, LOADED, 1));
      maps.set(map, new Map([[reader, opened]]));
      return reader.run(() => opened.info()) as MapInfo;
    },

    async export({ map, data, request }, report) {
      const files: FileRow[] = [];
      const parts = byPack(request);
      for (const [row, part] of parts.entries()) {
        const tell = within(report, row / parts.length, (row + 1) / parts.length);
        const writer = await pack(part.pack, within(tell, 0, LOADED));
        writer.run((engine) => engine.check(part.request));
        const known = map === undefined ? undefined : maps.get(map)?.get(writer);
        const opened = known ?? (await read(writer, data, within(tell, LOADED, READ)));
        if (map !== undefined && !known) maps.set(map, new Map([...(maps.get(map) ?? []), [writer, opened]]));
        try {
          await writer.fonts(opened, part.request);
          const write = listener(within(tell, known ? LOADED : READ, 1));
          files.push(...(writer.run((engine) => engine.export(opened, part.request, write)) as FileRow[]));
        } finally {
          if (map === undefined) writer.free(opened);
        }
      }
      return ordered(files, request);
    },

    async close({ map }) {
      for (const [reader, opened] of maps.get(map) ?? []) reader.free(opened);
      maps.delete(map);
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
}

const listener = (report: Report) => (fraction: number, stage: Parameters<Report>[0]["stage"], done: number, total: number) =>
  report({ fraction, stage, done, total });
