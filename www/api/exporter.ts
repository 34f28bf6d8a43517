// The API over any backend: sources become Blobs, requests text, rows files, whatever is thrown an ExportError.
import { folder } from "./asset.js";
import { call, json } from "./call.js";
import { formats, layers, papers, styles } from "./catalogue.js";
import { ExportError } from "./error.js";
import { files } from "./files.js";
import type { Arriving, Backend, Data, Hooks } from "./jobs.js";
import { within } from "./meter.js";
import { fetchOverpass } from "./overpass.js";
import { placeQuery, places } from "./places.js";
import { WARMUP, REST } from "./warmup.js";
import { announced, collect, held } from "./source.js";
import { byPack, packOf } from "./split.js";
import type * as T from "./types.js";

/** Share of a call that receiving a source takes. */
const RECEIVED = 0.2;

/** Turns OpenStreetMap data into files. */
export class BaseExporter implements T.ExporterApi {
  readonly formats = formats;
  readonly styles = styles;
  readonly layers = layers;
  readonly papers = papers;
  readonly #backend: Backend;
  readonly #fonts: string | undefined;
  #maps = 0;
  #arrivals = 0;
  /** Exports and openings that were asked for. */
  #works = 0;

  protected constructor(backend: Backend, { fonts }: T.ExporterOptions) {
    this.#backend = backend;
    this.#fonts = fonts === undefined ? undefined : folder(fonts, "fonts");
  }

  export(source: T.Source, request: T.SingleRequest, options?: T.CallOptions): Promise<T.ExportFile>;
  export(source: T.Source, request: T.MultiRequest, options?: T.CallOptions): Promise<T.ExportFile[]>;
  export(source: T.Source, request: T.ExportRequest, options: T.CallOptions = {}): Promise<T.ExportFile | T.ExportFile[]> {
    this.#works += 1;
    return call(options, async (hooks) => {
      const text = json(request);
      const [first] = byPack(text);
      const data = this.#backend.near ? held(source) : undefined;
      const fonts = this.#fonts;
      if (data) return files(await this.#backend.do("export", { data, request: text, fonts }, hooks), request);
      const { rest, ...received } = await this.#receive(source, hooks, first);
      return files(await this.#backend.do("export", { ...received, request: text, fonts }, rest), request);
    });
  }

  open(source: T.Source, options: T.OpenOptions = {}): Promise<T.OpenMap> {
    this.#works += 1;
    return call(options, async (hooks) => {
      const pack = packOf(options.format);
      const { rest, ...received } = await this.#receive(source, hooks, { pack });
      const map = (this.#maps += 1);
      const info = await this.#backend.do("open", { map, ...received, pack }, rest);
      return new Opened(this.#backend, map, received.data, info, this.#fonts, () => (this.#works += 1));
    });
  }

  prepare({ format, formats, map_style }: T.Preparation, options: T.CallOptions = {}): Promise<void> {
    return call(options, async (hooks) => {
      const request = json({ format, formats, map_style });
      const works = this.#works;
      const round = () => this.#backend.do("warm", { request }, hooks);
      // The first round loads; how long that takes says nothing.
      await round();
      const end = performance.now() + WARMUP;
      while (performance.now() < end && works === this.#works) {
        await round();
        await new Promise((resolve) => setTimeout(resolve, REST));
      }
    });
  }

  check(request: T.ExportRequest): Promise<void> {
    return call({}, (hooks) => this.#backend.do("check", { request: json(request) }, hooks));
  }

  provenance(file: Blob | ArrayBuffer | Uint8Array): Promise<T.Provenance> {
    const blob = file instanceof Blob ? file : new Blob([file as BlobPart]);
    return call({}, (hooks) => this.#backend.do("provenance", { file: blob }, hooks));
  }

  frame(request: T.ExportRequest): Promise<T.SheetFrame> {
    return call({}, (hooks) => this.#backend.do("frame", { request: json(request) }, hooks));
  }

  query(request: T.ExportRequest, limits: T.OverpassLimits = {}): Promise<T.OverpassQuery> {
    return call({}, (hooks) => this.#backend.do("query", { request: json(request), limits }, hooks));
  }

  counts(body: Blob): Promise<T.OverpassCounts> {
    return call({}, (hooks) => this.#backend.do("counts", { body }, hooks));
  }

  fault(status: number, contentType: string, body: Blob): Promise<ExportError | undefined> {
    return call({}, async (hooks) => {
      const failure = await this.#backend.do("fault", { status, contentType, body }, hooks);
      return failure && ExportError.from(failure);
    });
  }

  wait(status: string): Promise<number | undefined> {
    return call({}, (hooks) => this.#backend.do("wait", { status }, hooks));
  }

  find(name: string, { languages = [], ...options }: T.FindOptions = {}): Promise<readonly T.Place[]> {
    return call({}, async () => {
      if (name.trim() === "") throw new ExportError("bad_request", "name: expected the name of a place, or relation:ID", "name");
      const answer = await fetchOverpass(placeQuery(name, languages), { ...options, exporter: this });
      return places(new TextDecoder().decode(answer));
    });
  }

  close(): void {
    this.#backend.end();
  }

  /** The bytes of a source, and hooks for what is left of the call. What arrives is read while it does, by the first pack. */
  async #receive(source: T.Source, hooks: Hooks, first: { pack: string; request?: string } | undefined): Promise<Received> {
    const tell = hooks.tell ?? (() => undefined);
    const streamed = source instanceof Response || source instanceof ReadableStream;
    const receiving: Hooks = { ...hooks, tell: within(tell, 0, RECEIVED) };
    if (source instanceof Response && !source.ok) {
      const fault = await this.fault(source.status, source.headers.get("content-type") ?? "", await collect(source, receiving));
      throw fault ?? new ExportError("overpass_message", `the server answered with status ${source.status}`);
    }
    if (!streamed || !first) return { data: await collect(source, receiving), arriving: undefined, rest: hooks };
    const arriving = (this.#arrivals += 1);
    await this.#backend.do("begin", { arriving, total: announced(source), ...first }, { signal: hooks.signal });
    try {
      const data = await collect(source, receiving, (bytes) => this.#backend.do("piece", { arriving, bytes }, {}));
      return { data, arriving, rest: { ...hooks, tell: within(tell, RECEIVED, 1) } };
    } catch (fault) {
      this.#backend.do("forget", { arriving }, {}).catch(() => undefined);
      throw fault;
    }
  }
}

interface Received {
  data: Data;
  arriving: Arriving;
  rest: Hooks;
}

/** A map: its bytes are kept, so that a fresh worker can read them again. */
class Opened implements T.OpenMap {
  #closed = false;

  constructor(
    private readonly backend: Backend,
    private readonly id: number,
    private readonly data: Data,
    readonly info: T.MapInfo,
    private readonly fonts: string | undefined,
    /** Hears that there is work. */
    private readonly works: () => void,
  ) {}

  export(request: T.SingleRequest, options?: T.CallOptions): Promise<T.ExportFile>;
  export(request: T.MultiRequest, options?: T.CallOptions): Promise<T.ExportFile[]>;
  export(request: T.ExportRequest, options: T.CallOptions = {}): Promise<T.ExportFile | T.ExportFile[]> {
    this.works();
    return call(options, async (hooks) => {
      if (this.#closed) throw new ExportError("closed", "this map was closed");
      return files(await this.backend.do("export", { map: this.id, data: this.data, request: json(request), fonts: this.fonts }, hooks), request);
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.backend.do("close", { map: this.id }, {}).catch(() => undefined);
  }
}
