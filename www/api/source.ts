// Anything that holds OpenStreetMap data becomes a Blob.
import { ExportError } from "./error.js";
import type { Hooks } from "./jobs.js";
import type { Source } from "./types.js";

/** The bytes of a source. Streams are read to their end, which is told as the stage `receive`. */
export async function collect(source: Source, hooks: Hooks): Promise<Blob> {
  if (source instanceof Blob) return source;
  if (typeof source === "string" || source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    return new Blob([source as BlobPart]);
  }
  if (source instanceof Response) {
    const length = source.headers.has("content-encoding") ? 0 : Number(source.headers.get("content-length"));
    return source.body ? drain(source.body, length, hooks) : new Blob([]);
  }
  if (source instanceof ReadableStream) return drain(source, 0, hooks);
  throw new ExportError("bad_request", "source: expected Uint8Array, ArrayBuffer, string, Blob, Response or ReadableStream", "source");
}

async function drain(stream: ReadableStream<Uint8Array>, total: number, { signal, tell }: Hooks): Promise<Blob> {
  const reader = stream.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const chunks: BlobPart[] = [];
    let done = 0;
    for (;;) {
      const piece = await reader.read();
      if (signal?.aborted) throw ExportError.cancelled();
      if (piece.done) return new Blob(chunks);
      chunks.push(piece.value as BlobPart);
      done += piece.value.length;
      tell?.({ fraction: total ? Math.min(1, done / total) : 0, stage: "receive", done, total });
    }
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
