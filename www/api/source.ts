// Anything that holds OpenStreetMap data becomes a Blob.
import { ExportError } from "./error.js";
import type { Hooks } from "./jobs.js";
import type { Source } from "./types.js";

/** Most bytes that wait in the memory of scripts while others arrive. */
const HELD = 1 << 23;

/** Takes the next bytes of a stream while others arrive. */
export type Feed = (bytes: Uint8Array) => Promise<void>;

/** How many bytes will come, where that is known; a compressed transfer says another number. */
export const announced = (source: Source): number =>
  source instanceof Response && !source.headers.has("content-encoding") ? Number(source.headers.get("content-length")) : 0;

/** A text that is no data, but says where they are: one line, with slashes or an ending of such files. */
const PLACE = /^[^\n<{[]*([\\/][^\n<{[]*|\.(osm|pbf|json|xml|gz|bz2|zst))$/i;
const ADDRESS = /^(https?|file|blob|data):/i;

/** No path is longer, characters. */
const LONGEST = 4096;

/** The text of a caller, which is data. */
function data(text: string): string {
  const isAddress = ADDRESS.test(text);
  if (!isAddress && (text.length > LONGEST || !PLACE.test(text))) return text;
  const [what, how] = isAddress ? ["an address", "await fetch(url)"] : ["a path", "await readFile(path), or await openAsBlob(path) for large files"];
  throw new ExportError("bad_request", `source: "${text.slice(0, 120)}" is ${what}; expected the data that are there, as in ${how}`, "source");
}

/** The bytes a caller holds, not copied; undefined for what is a Blob or must be received. */
export function held(source: Source): Uint8Array | undefined {
  if (typeof source === "string") return new TextEncoder().encode(data(source));
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : undefined;
}

/** The bytes of a source. Streams are read to their end, which is told as the stage `receive`, and go into `feed` as they come. */
export async function collect(source: Source, hooks: Hooks, feed?: Feed): Promise<Blob> {
  if (source instanceof Blob) return source;
  if (typeof source === "string") return new Blob([data(source)]);
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) {
    return new Blob([source as BlobPart]);
  }
  if (source instanceof Response) return source.body ? drain(source.body, announced(source), hooks, feed) : new Blob([]);
  if (source instanceof ReadableStream) return drain(source, 0, hooks, feed);
  throw new ExportError("bad_request", "source: expected Uint8Array, ArrayBuffer, string, Blob, Response or ReadableStream", "source");
}

async function drain(stream: ReadableStream<Uint8Array>, total: number, { signal, tell }: Hooks, feed?: Feed): Promise<Blob> {
  const reader = stream.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    let chunks: BlobPart[] = [];
    let fed = Promise.resolve();
    let [done, held] = [0, 0];
    for (;;) {
      const piece = await reader.read();
      // While one piece is read, the next arrives; what is wrong with it ends the transfer.
      await fed;
      if (signal?.aborted) throw ExportError.cancelled();
      if (piece.done) return new Blob(chunks);
      const bytes = await alone(piece.value);
      chunks.push(bytes);
      held += bytes.length;
      // What lies in a Blob is no longer in the memory of scripts.
      if (held >= HELD) [chunks, held] = [[new Blob(chunks)], 0];
      fed = feed?.(bytes) ?? fed;
      fed.catch(() => undefined);
      done += bytes.length;
      tell?.({ fraction: total ? Math.min(1, done / total) : 0, stage: "receive", done, total, unit: "bytes" });
    }
  } catch (fault) {
    stop();
    throw fault;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

/** Bytes with a buffer of their own: who sends a view to another thread sends all that lies under it. */
async function alone(piece: Uint8Array | BlobPart): Promise<Uint8Array<ArrayBuffer>> {
  const whole = piece instanceof Uint8Array && piece.buffer instanceof ArrayBuffer && piece.length === piece.buffer.byteLength;
  return whole ? (piece as Uint8Array<ArrayBuffer>) : new Uint8Array(await new Blob([piece as BlobPart]).arrayBuffer());
}
