// The words of the API: requests, results, catalogues. src/request.rs says what each field of a request means.
import type { FormatId, FormatOptions, LayerId, PaperId, StyleId, TopicId } from "./ids.js";

/** Where OpenStreetMap data comes from: Overpass JSON, OSM XML or PBF, plain or in gzip. A string is data, too, and no path or address. */
export type Source = Uint8Array | ArrayBuffer | string | Blob | Response | ReadableStream<Uint8Array>;

/** West, south, east, north in degrees; west > east crosses the antimeridian. */
export type Bbox =
  | { min_lon: number; min_lat: number; max_lon: number; max_lat: number }
  | readonly [west: number, south: number, east: number, north: number];

/** A place: longitude and latitude in degrees. */
export type Position = readonly [longitude: number, latitude: number];

/** What cuts inside the box: a GeoJSON area, or the id of a relation in the data. */
export type Area =
  | { relation: number }
  | { type: "Polygon"; coordinates: readonly (readonly Position[])[] }
  | { type: "MultiPolygon"; coordinates: readonly (readonly (readonly Position[])[])[] };

/** A built-in style, one with other colours, or a MapLibre style document. */
export type MapStyle = StyleId | { base: StyleId; colors: Record<string, string> } | { layers: unknown[]; [key: string]: unknown };

/** The sheet of drawn products. Lengths in millimetres. */
export interface Page {
  size?: "fit" | PaperId | readonly [width: number, height: number];
  orientation?: "auto" | "portrait" | "landscape";
  /** Ground scale 1 : N at the centre. */
  scale?: number;
  margin?: number;
  bleed?: number;
  /** Outside the bleed. */
  crop_marks?: boolean;
  /** Dots per inch of raster formats. */
  dpi?: number;
  frame?: { shape?: "rectangle" | "rounded" | "circle" | "polygon" };
  furniture?: Furniture;
  /** Only this part of the sheet. */
  window?: readonly [x: number, y: number, width: number, height: number];
}

/** What stands on the sheet around the map. */
export interface Furniture {
  title?: string;
  /** `true` is metric. */
  scale_bar?: boolean | "metric" | "imperial" | "both";
  ratio?: boolean;
  north_arrow?: boolean;
  grid?: string;
  legend?: boolean;
  index?: boolean;
}

/** Everything a request may say besides its formats. */
export interface RequestFields {
  bbox?: Bbox;
  area?: Area;
  map_style?: MapStyle;
  /** 1 (overview) to 6 (everything): drawings have 3, the normal richness for their scale; data are complete without it. */
  detail_level?: 1 | 2 | 3 | 4 | 5 | 6;
  /** `layer` or `layer.class`. */
  layers?: readonly (LayerId | `${LayerId}.${string}`)[];
  /** Tags that elements must have: any of the values, `true` for any value, `false` for none. */
  filter?: Readonly<Record<string, readonly string[] | boolean>>;
  crs?: "auto" | `EPSG:${number}`;
  clip?: "auto" | boolean;
  /** `name`, `latin`, a language tag, or a tag and `+name`. */
  language?: string;
  page?: Page;
  text?: "text" | "outline";
  sea?: "auto" | "land" | "sea";
  overlays?: readonly { data: unknown; style?: unknown }[];
  options?: FormatOptions;
}

/** A request for one file. */
export interface SingleRequest extends RequestFields {
  format: FormatId;
}

/** A request for up to five files. */
export interface MultiRequest extends RequestFields {
  formats: readonly FormatId[];
}

/** What is going to be made. */
export type Preparation = Pick<RequestFields, "map_style"> & { format?: FormatId; formats?: readonly FormatId[] };

/** Any request; `frame` and `query` need no format. */
export type ExportRequest = RequestFields & { format?: FormatId; formats?: readonly FormatId[] };

/** What is being done: bytes received, engine loaded, then the stages of the engine. */
export type Stage = "receive" | "load" | "read" | "assemble" | "draw" | "label" | "write";

/** What progress is counted in. */
export type Unit = "bytes" | "things";

/** One report of progress. */
export interface Progress {
  /** Of the whole call, 0 to 1; never goes back, and is 1 before the result. */
  fraction: number;
  stage: Stage;
  /** How much is done in this stage. */
  done: number;
  /** How much there is to do in this stage, 0 where unknown. */
  total: number;
  /** What both count: bytes while data are received or read, while a pack or fonts are loaded. */
  unit: Unit;
}

/** What an exporter takes. */
export interface ExporterOptions {
  /** The folder with the fonts of Chinese, Japanese and Korean, that of `mapwright-fonts-cjk` as a rule: left out, the package itself is looked for. */
  fonts?: string | URL | undefined;
}

/** What every long call takes. */
export interface CallOptions {
  /** Stops the call: it rejects with the code `cancelled`. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** What `open` takes besides. */
export interface OpenOptions extends CallOptions {
  /** A format that will be exported: the pack that holds it reads the data, which saves reading them twice. */
  format?: FormatId | undefined;
}

/** Something left out or worth knowing that is no error. */
export interface Note {
  /** A stable word. */
  code: string;
  /** How many things it is about. */
  count: number;
  /** The sentence, in English. */
  message: string;
}

/** A finished file. */
export interface ExportFile {
  readonly name: string;
  readonly mime: string;
  /** As it was asked for: an id or alias. */
  readonly format: FormatId;
  /** Bytes. */
  readonly size: number;
  /** The file with its media type; browsers keep it outside the memory of the page. */
  readonly blob: Blob;
  /** Its bytes. */
  arrayBuffer(): Promise<ArrayBuffer>;
  readonly notes: readonly Note[];
}

/** What an input holds. */
export interface MapInfo {
  /** The box in the header, else the one that was probably asked for, else the extent of the nodes. */
  bbox?: { min_lon: number; min_lat: number; max_lon: number; max_lat: number };
  /** Where `bbox` comes from. */
  bbox_from: "header" | "content" | "extent";
  nodes: number;
  ways: number;
  relations: number;
  /** Features of each layer, in layer order; empty layers are left out. */
  layers: readonly (readonly [layer: LayerId, features: number])[];
  /** Date of the data (RFC 3339), empty if unknown. */
  timestamp: string;
  notes: readonly Note[];
}

/** Data that were read once and can be exported many times. */
export interface OpenMap {
  readonly info: MapInfo;
  export(request: SingleRequest, options?: CallOptions): Promise<ExportFile>;
  export(request: MultiRequest, options?: CallOptions): Promise<ExportFile[]>;
  /** Gives its memory back; exporting afterwards is an error. */
  close(): void;
}

/** What a file says of how it was made. */
export interface Provenance {
  /** The version of mapwright that wrote it. */
  version: string;
  /** Date of its data (RFC 3339). */
  date?: string;
  /** The style it is drawn in. */
  style?: string;
  /** The request that makes it again, with the fields that are not as usual. */
  request: RequestFields & { formats: readonly FormatId[] };
  /** Fields of the request that are not in the file: overlays, and what is too large. */
  left_out: readonly string[];
}

/** What a drawn page will show. */
export interface SheetFrame {
  /** Ground outline of the map as a closed ring. */
  outline: readonly Position[];
  /** Sheet in millimetres. */
  width: number;
  height: number;
  bleed: number;
  /** Map on the sheet in millimetres: x, y, width, height. */
  map: readonly [number, number, number, number];
  /** 1 : N at the centre. */
  scale: number;
  dpi: number;
  /** EPSG code of its CRS. */
  crs: number;
  notes: readonly Note[];
}

/** Overpass queries for a request. */
export interface OverpassQuery {
  /** The data. */
  query: string;
  /** How many elements there would be. */
  count: string;
}

/** What a server books for a query; more than the defaults (90 s, 256 MiB) waits longer for admission. */
export interface OverpassLimits {
  /** Seconds. */
  timeout?: number;
  /** Bytes of memory. */
  maxsize?: number;
  /** Also ask for the closed ways and multipolygons that surround the box, such as a forest around a clearing. */
  surroundings?: boolean;
}

/** What a query would bring. */
export interface OverpassCounts {
  nodes: number;
  ways: number;
  relations: number;
  /** Estimated bytes of JSON to read. */
  bytes: number;
  /** Estimated bytes to download, compressed. */
  download: number;
}

/** What happens while a server is asked. `seconds` are those passed since it was sent, or left to wait. */
export type OverpassEvent =
  /** Another tab of this page asks that server; this query is next. */
  | { kind: "queued" }
  /** Sent; told again every second until the answer begins. */
  | { kind: "sent"; seconds: number }
  /** The answer arrives. */
  | { kind: "bytes"; bytes: number; seconds: number }
  /** The server wants a pause; told again every second. */
  | { kind: "waiting"; reason: "overpass_rate_limited" | "overpass_busy"; seconds: number };

/** How an Overpass server is asked. */
export interface OverpassOptions {
  /** Judges the answer (in its worker). */
  exporter: Pick<ExporterApi, "fault" | "wait">;
  /** The server's `/api/interpreter`. */
  endpoint?: string;
  signal?: AbortSignal | undefined;
  onEvent?: ((event: OverpassEvent) => void) | undefined;
  /** Seconds until the answer must have begun: the query's own timeout and 30 s of queueing. */
  timeout?: number;
}

/** How places are looked for. */
export interface FindOptions extends Omit<OverpassOptions, "exporter"> {
  /** Language tags: names in these count, too. */
  languages?: readonly string[] | undefined;
}

/** A place that a name means. */
export interface Place {
  name: string;
  lat: number;
  lon: number;
  /** `city`, `suburb`, or the kind of boundary, `administrative`. */
  kind: string;
  /** `admin_level` of a boundary. */
  level?: string | undefined;
  /** The relation of a boundary, and its extent: `area` and `bbox` of a request. */
  relation?: number;
  bbox?: readonly [west: number, south: number, east: number, north: number];
}

/** Turns OpenStreetMap data into files. */
export interface ExporterApi {
  export(source: Source, request: SingleRequest, options?: CallOptions): Promise<ExportFile>;
  export(source: Source, request: MultiRequest, options?: CallOptions): Promise<ExportFile[]>;
  open(source: Source, options?: OpenOptions): Promise<OpenMap>;
  /**
   * Loads what the formats need and lets the engine practise on a made-up map for some tenths of a second, so that the first export of real data
   * is as fast as later ones: for the time in which data are chosen or fetched. It ends early when a source or an open map is exported, or a source opened.
   */
  prepare(request: Preparation, options?: CallOptions): Promise<void>;
  /** Says what is wrong with a request, its overlays among it, before there are data: rejects with the field. */
  check(request: ExportRequest): Promise<void>;
  /** What a file of mapwright says of how it was made; rejects with `foreign` where it says nothing. */
  provenance(file: Blob | ArrayBuffer | Uint8Array): Promise<Provenance>;
  /** What the page draws on the map: needs `bbox`, no data. */
  frame(request: ExportRequest): Promise<SheetFrame>;
  query(request: ExportRequest, limits?: OverpassLimits): Promise<OverpassQuery>;
  /** What the answer to a count query says. */
  counts(body: Blob): Promise<OverpassCounts>;
  /** What is wrong with an Overpass answer by its status and its beginning: an error, or nothing. What its end says is found by reading it. */
  fault(status: number, contentType: string, body: Blob): Promise<Error | undefined>;
  /** Seconds that an Overpass `/api/status` text asks to wait, if it does. */
  wait(status: string): Promise<number | undefined>;
  /** Places of exactly this name, boundaries and then points, asked of an Overpass server; `relation:62422` or a link is that relation. None is an empty list. */
  find(name: string, options?: FindOptions): Promise<readonly Place[]>;
  /** Ends the worker and what it is doing. The next call starts a fresh one; open maps are read again there. */
  close(): void;
  readonly formats: readonly FormatRow[];
  readonly styles: readonly StyleRow[];
  readonly layers: readonly LayerRow[];
  readonly papers: readonly PaperRow[];
}

/** A format as the catalogue shows it; aliases have rows of their own. */
export interface FormatRow {
  id: FormatId;
  alias_of?: FormatId;
  pack: string;
  /** The product it is made from. */
  product: string;
  /** Id of the first format of its family. */
  family: FormatId;
  /** What the family is called. */
  family_title: string;
  /** Which of the family it is; empty in families of one. */
  version: string;
  title: string;
  extension: string;
  mime: string;
  tier: "free" | "basic" | "pro";
  /** What people want who choose it, most of them first. */
  topics: readonly TopicId[];
  about: string;
  for_whom: string;
  kept: string;
  lost: string;
  programs: readonly string[];
  /** Where the specification stands that it follows. */
  specification: string;
  /** Where in the file the source of the data is named, or why it cannot be. */
  credit: { kind: "inside" | "nowhere"; text: string };
  /** Where in the file it is said how it was made; absent where its kind has no place for that. */
  provenance?: string;
  /** What its size depends on. */
  size: "elements" | "input" | "pixels";
  /** What writing it takes: bounded memory, or about as much as the file is large. */
  memory: "stream" | "file";
  options: readonly FormatOption[];
}

/** An option of a format. */
export type FormatOption = { id: string; title: string } & (
  | { kind: "flag"; default: boolean }
  | { kind: "int"; min: number; max: number; default: number }
  | { kind: "number"; min: number; max: number; default: number; unit: string }
  | { kind: "choice"; choices: readonly string[] }
  | { kind: "text"; default: string }
  /** One of the words, or a table as CSV or JSON. */
  | { kind: "table"; choices: readonly string[] }
);

/** A built-in style. */
export interface StyleRow {
  id: StyleId;
  title: string;
  about: string;
}

/** A layer with its own fields and its classes. */
export interface LayerRow {
  id: LayerId;
  fields: readonly { name: string; key: string; kind: "text" | "int" | "number" | "flag" }[];
  classes: readonly { id: string; detail: number }[];
}

/** A named paper, upright, in millimetres. */
export interface PaperRow {
  id: PaperId;
  width: number;
  height: number;
}
