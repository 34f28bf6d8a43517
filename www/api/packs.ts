// Packs are loaded when a format of theirs is asked for, once in each thread; fonts and other files when a map needs them.
import { files, packs } from "../pkg/packs.js";
import type { Engine, Module, OpenMap, Pack as Entry, Reading } from "../pkg/packs.js";
import { asset } from "./asset.js";
import { ExportError } from "./error.js";
import { isLarge, large } from "./fonts.js";
import type { Report } from "./jobs.js";

/** A module that has more memory than this when it stops has run out of it, bytes. */
const LARGE = 2 ** 30;

/** By module: a quickly built one holds every pack. */
const loading = new Map<Entry, Promise<Pack>>();

/** The pack, loaded. A failed load is tried again by the next call. */
export function pack(id: string, report: Report): Promise<Pack> {
  const entry = packs[id];
  if (!entry) return Promise.reject(new ExportError("load", `the pack ${id} is not in this build`));
  let found = loading.get(entry);
  if (!found) {
    found = load(id, entry, report);
    loading.set(entry, found);
    found.catch(() => loading.delete(entry));
  }
  return found;
}

/** A loaded pack and its engine. */
export class Pack {
  readonly #engine: Engine;
  #alive = true;

  constructor(
    readonly id: string,
    private readonly entry: Entry,
    private readonly module: Module,
    private readonly memory?: WebAssembly.Memory,
  ) {
    this.#engine = new module.Engine();
  }

  /** Lets the engine work. If it breaks down, a fresh one takes its place, and what the old one held is lost. */
  run<T>(work: (engine: Engine, module: Module) => T): T {
    try {
      return work(this.#engine, this.module);
    } catch (fault) {
      if (!(fault instanceof WebAssembly.RuntimeError)) throw ExportError.from(fault);
      const full = (this.memory?.buffer.byteLength ?? 0) > LARGE;
      this.#alive = false;
      this.module.__wbg_reset_state();
      loading.set(this.entry, Promise.resolve(new Pack(this.id, this.entry, this.module)));
      throw full
        ? new ExportError("too_large", "there is not enough memory for this area; choose a smaller one or use the command line")
        : new ExportError("internal", `the engine stopped: ${fault.message}`);
    }
  }

  /** Gives back the memory of a map, or of one that was being read. */
  free(held: OpenMap | Reading): void {
    if (this.#alive) held.free();
  }

  /**
   * Loads the fonts, symbols and tables that a map needs for a request. The list of a family's slices tells which of them, so it is asked again.
   * False where large fonts are not here: what they would write is left out.
   */
  async assets(map: OpenMap, request: string, report: Report, fonts?: string): Promise<boolean> {
    const asked = new Set<string>();
    let whole = true;
    let done = 0;
    for (;;) {
      const missing = this.run((engine) => engine.missing_assets(map, request)).filter((id) => !asked.has(id));
      if (missing.length === 0) return whole;
      const loaded = await Promise.all(
        missing.map(async (id) => {
          const bytes = await file(id, fonts);
          done += bytes?.length ?? 0;
          report({ fraction: 0, stage: "load", done, total: 0, unit: "bytes" });
          return [id, bytes] as const;
        }),
      );
      for (const [id, bytes] of loaded) {
        asked.add(id);
        if (bytes) this.run((engine) => engine.load_asset(id, bytes));
        else whole = false;
      }
    }
  }
}

async function load(id: string, entry: Entry, report: Report): Promise<Pack> {
  try {
    const [module, answer] = await Promise.all([entry.load(), asset(entry.wasm())]);
    const counted = answer.body?.pipeThrough(counter(entry.raw, report));
    const response = new Response(counted ?? null, { headers: { "content-type": "application/wasm" } });
    const { memory } = await module.default({ module_or_path: response });
    return new Pack(id, entry, module, memory);
  } catch (fault) {
    throw new ExportError("load", `the pack ${id} could not be loaded: ${ExportError.from(fault).message}`);
  }
}

function counter(total: number, report: Report): TransformStream<Uint8Array, Uint8Array> {
  let done = 0;
  return new TransformStream({
    transform(chunk, stream) {
      done += chunk.length;
      report({ fraction: Math.min(1, done / total), stage: "load", done, total, unit: "bytes" });
      stream.enqueue(chunk);
    },
  });
}

/** A font, a slice of one or the list of its slices, the symbols, the table of Latin letters; nothing of a large font that is not here. */
async function file(id: string, fonts?: string): Promise<Uint8Array | undefined> {
  try {
    const url = isLarge(id) ? await large(id, fonts) : files[id]?.();
    if (url) return new Uint8Array(await (await asset(url)).arrayBuffer());
  } catch (fault) {
    throw new ExportError("load", `the file ${id} could not be loaded: ${ExportError.from(fault).message}`);
  }
  if (isLarge(id)) return undefined;
  throw new ExportError("load", `the file ${id} is not in this build`);
}
