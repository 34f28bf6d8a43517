// What crosses from the API to the thread that does the work.
import type { ErrorCode } from "./codes.js";
import type { MapInfo, Note, OverpassCounts, OverpassLimits, OverpassQuery, Progress, Provenance, SheetFrame } from "./types.js";

/** Input bytes: a Blob crosses threads without being copied and outlives the thread that reads it; bytes stay where they are. */
export type Data = Blob | Uint8Array;

/** What was read while it arrived, by number; a fresh thread does not know it and reads the data again. */
export type Arriving = number | undefined;

/** Each job: what it takes, and what it gives. Requests are JSON text, read and checked by the engine. */
export interface Jobs {
  /** Data will arrive in pieces, about `total` bytes (0: unknown). A request is checked before the first of them. */
  begin: { takes: { arriving: number; total: number; pack: string; request?: string }; gives: void };
  piece: { takes: { arriving: number; bytes: Uint8Array }; gives: void };
  /** Nothing more will come of it. */
  forget: { takes: { arriving: number }; gives: void };
  open: { takes: { map: number; data: Data; arriving: Arriving; pack: string }; gives: MapInfo };
  /** Without `map` the data are read for this job only. `fonts` is where large ones are. */
  export: { takes: { map?: number; data: Data; arriving?: Arriving; request: string; fonts?: string | undefined }; gives: FileRow[] };
  /** Exports a made-up map: the second time is faster than the first. */
  warm: { takes: { request: string }; gives: void };
  close: { takes: { map: number }; gives: void };
  check: { takes: { request: string }; gives: void };
  provenance: { takes: { file: Blob }; gives: Provenance };
  frame: { takes: { request: string }; gives: SheetFrame };
  query: { takes: { request: string; limits: OverpassLimits }; gives: OverpassQuery };
  counts: { takes: { body: Blob }; gives: OverpassCounts };
  fault: { takes: { status: number; contentType: string; body: Blob }; gives: Failure | undefined };
  wait: { takes: { status: string }; gives: number | undefined };
}

export type Kind = keyof Jobs;

/** A file as it crosses: a Blob does so without being copied. */
export interface FileRow {
  name: string;
  mime: string;
  format: string;
  size: number;
  notes: Note[];
  blob: Blob;
}

/** An error as it crosses. */
export interface Failure {
  code: ErrorCode;
  message: string;
  field?: string;
  megabytes?: number;
}

/** Hears progress; false stops the job. */
export type Report = (progress: Progress) => boolean;

/** Does jobs, here or in another thread. */
export interface Backend {
  /** Whether jobs are done on this thread, which needs no copy of what the caller holds. */
  readonly near: boolean;
  do<K extends Kind>(kind: K, takes: Jobs[K]["takes"], hooks: Hooks): Promise<Jobs[K]["gives"]>;
  /** Ends what runs; the next job starts anew. */
  end(): void;
}

export interface Hooks {
  signal?: AbortSignal | undefined;
  tell?: ((progress: Progress) => void) | undefined;
}
