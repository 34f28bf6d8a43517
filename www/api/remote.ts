// mapwright on a server: the same interface, by its REST API. The server has the data; nothing is loaded here.
import { call, json as text } from "./call.js";
import { formats, layers, papers, styles } from "./catalogue.js";
import { ExportError } from "./error.js";
import { files } from "./files.js";
import { type RemoteFile, type State, failure, follow, place } from "./follow.js";
import type { FileRow, Hooks } from "./jobs.js";
import { within } from "./meter.js";
import { type RemoteOptions, Server, json } from "./rest.js";
import { collect } from "./source.js";
import type * as T from "./types.js";

/** Share of a call until its files are there; then they are received. */
const MADE = 0.9;

/** What the server does, in the words of the API. What waits for its turn has no word. */
const STAGES: Partial<Record<string, T.Stage>> = { fetch: "receive", read: "read", assemble: "assemble", draw: "draw", label: "label", encode: "write" };

/** Fields of a request that stand beside `config`. */
const TOP = ["bbox", "formats", "map_style", "detail_level"];

/** Has a mapwright server turn its OpenStreetMap data into files. */
export class Exporter implements T.ExporterApi {
  readonly formats = formats;
  readonly styles = styles;
  readonly layers = layers;
  readonly papers = papers;
  readonly #server: Server;
  #open = new AbortController();

  /** `url` is where the server is, `https://maps.example.org`; a path before `/api` belongs to it. */
  constructor(url: string | URL, options: RemoteOptions = {}) {
    this.#server = new Server(url, options);
  }

  /** Makes files of an area from the server's own data. `source` is null: who has data of his own exports them with `mapwright`. */
  export(source: T.Source | null, request: T.SingleRequest, options?: T.CallOptions): Promise<T.ExportFile>;
  export(source: T.Source | null, request: T.MultiRequest, options?: T.CallOptions): Promise<T.ExportFile[]>;
  export(source: T.Source | null, request: T.ExportRequest, options: T.CallOptions = {}): Promise<T.ExportFile | T.ExportFile[]> {
    const { signal = this.#open.signal, onProgress } = options;
    return call({ signal: AbortSignal.any([signal, this.#open.signal]), onProgress }, async (hooks) => {
      if (source !== null && source !== undefined) throw ownData();
      return files(await this.#export(body(request), hooks), request);
    });
  }

  /** There is nothing to load. */
  prepare(_: T.Preparation, options: T.CallOptions = {}): Promise<void> {
    return call(options, async ({ signal }) => {
      if (signal?.aborted) throw ExportError.cancelled();
    });
  }

  readonly open: T.ExporterApi["open"] = () => Promise.reject(ownData());
  readonly check: T.ExporterApi["check"] = () => engine("check");
  readonly provenance: T.ExporterApi["provenance"] = () => engine("provenance");
  readonly frame: T.ExporterApi["frame"] = () => engine("frame");
  readonly query: T.ExporterApi["query"] = () => engine("query");
  readonly counts: T.ExporterApi["counts"] = () => engine("counts");
  readonly fault: T.ExporterApi["fault"] = () => engine("fault");
  readonly wait: T.ExporterApi["wait"] = () => engine("wait");
  readonly find: T.ExporterApi["find"] = () => engine("find");

  /** Cancels what is being exported. */
  close(): void {
    this.#open.abort();
    this.#open = new AbortController();
  }

  /** A whole export. Whoever stops waiting for it has it cancelled: nobody else knows its id. */
  async #export(request: string, { signal, tell = () => undefined }: Hooks): Promise<FileRow[]> {
    // Every repetition of the call is the same export.
    const headers = { "idempotency-key": word() };
    // Begun to its end even if nobody waits any more, so that the id is known.
    const begun = this.#server.ask({ method: "POST", path: "/api/render", headers, body: request, signal, pausesOnly: true }, json).then(id);
    let over = false;
    try {
      const task = await unless(signal, begun);
      const state = await follow(this.#server, task, (state) => tell(progress(state)), signal);
      over = true;
      if (state.status !== "completed") throw failure(state);
      return await this.#files(task, state.files, { signal, tell: within(tell, MADE, 1) });
    } catch (fault) {
      if (!over) begun.then((task) => this.#server.once({ method: "DELETE", path: place("render", task) }, async () => undefined)).catch(() => undefined);
      throw fault;
    }
  }

  async #files(task: string, rows: readonly RemoteFile[], { signal, tell = () => undefined }: Hooks): Promise<FileRow[]> {
    const whole = rows.reduce((sum, { size }) => sum + size, 0) || 1;
    const made: FileRow[] = [];
    let before = 0;
    for (const { format, filename: name, size, mime, notes = [] } of rows) {
      const part = within(tell, before / whole, (before + size) / whole);
      const path = place("download", task, `/${encodeURIComponent(format)}`);
      const blob = await this.#server.ask({ method: "GET", path, signal }, async (answer, alive) => {
        const bytes = await collect(answer, { signal, tell: (progress) => (alive(), part(progress)) });
        if (bytes.size !== size) throw new TypeError(`${bytes.size} of ${size} bytes`);
        return new Blob([bytes], { type: mime });
      });
      // The server says what its notes say, not their words for programs.
      made.push({ name, mime, format, size, notes: notes.map((message) => ({ code: "note", count: 1, message })), blob });
      before += size;
    }
    return made;
  }
}

/** The body of a request: the API has most fields in `config`. */
function body({ format, formats, bbox, ...fields }: T.ExportRequest): string {
  if (format !== undefined && formats !== undefined) throw new ExportError("bad_request", "format: give either format or formats", "format");
  const corners = ["min_lon", "min_lat", "max_lon", "max_lat"];
  const box = Array.isArray(bbox) && bbox.length === corners.length ? Object.fromEntries(corners.map((corner, row) => [corner, bbox[row]])) : bbox;
  const [top, config] = [true, false].map((above) => Object.fromEntries(Object.entries(fields).filter(([name]) => TOP.includes(name) === above)));
  return text({ bbox: box, formats: formats ?? (format === undefined ? undefined : [format]), ...top, config });
}

function progress({ progress, step }: State): T.Progress {
  const stage = STAGES[step.split(" ")[0] ?? ""] ?? "load";
  return { fraction: (MADE * progress) / 100, stage, done: progress, total: 100, unit: "things" };
}

function id(answer: { task_id?: unknown }): string {
  if (typeof answer?.task_id !== "string") throw new ExportError("internal", "the server took the export on without saying its id");
  return answer.task_id;
}

/** What is being waited for, unless the signal comes first. */
function unless<R>(signal: AbortSignal | undefined, work: Promise<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(ExportError.cancelled());
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal?.removeEventListener("abort", stop));
  });
}

/** 128 random bits; pages without TLS have no `randomUUID`. */
const word = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const ownData = () =>
  new ExportError("local_only", "source: a server exports its own data; give null, or use mapwright or mapwright/direct for data of your own", "source");

async function engine(name: string): Promise<never> {
  throw new ExportError("local_only", `${name}: this needs the engine on this machine; use mapwright or mapwright/direct`);
}

export * from "./public.js";
export type { RemoteOptions } from "./rest.js";
