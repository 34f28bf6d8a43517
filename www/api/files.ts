// Files as callers get them.
import type { FileRow } from "./jobs.js";
import type * as T from "./types.js";

class File implements T.ExportFile {
  readonly name: string;
  readonly mime: string;
  readonly format: T.ExportFile["format"];
  readonly size: number;
  readonly notes: readonly T.Note[];
  readonly blob: Blob;

  constructor({ name, mime, format, size, notes, blob }: FileRow) {
    this.name = name;
    this.mime = mime;
    this.format = format as T.ExportFile["format"];
    this.size = size;
    this.notes = notes;
    this.blob = blob;
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.blob.arrayBuffer();
  }
}

/** One file where one format was asked for by itself, else all of them. */
export function files(rows: FileRow[], request: T.ExportRequest): T.ExportFile | T.ExportFile[] {
  const all = rows.map((row) => new File(row));
  return request.formats === undefined && all[0] ? all[0] : all;
}
