// What every call of the API keeps to, whoever does the work.
import { ExportError } from "./error.js";
import type { Hooks } from "./jobs.js";
import { monotone } from "./meter.js";
import type * as T from "./types.js";

/** One call: monotone progress that ends with 1 before the result, and one kind of error. A listener that throws stops it. */
export async function call<R>({ signal, onProgress }: T.CallOptions, work: (hooks: Hooks) => Promise<R>): Promise<R> {
  const stop = new AbortController();
  let thrown: unknown;
  const tell = monotone((progress) => {
    try {
      onProgress?.(progress);
    } catch (fault) {
      thrown ??= fault;
      stop.abort();
    }
  });
  let last: T.Progress = { fraction: 0, stage: "load", done: 0, total: 0, unit: "bytes" };
  const hooks: Hooks = {
    signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
    // Only the result is the end.
    tell: (progress) => tell((last = { ...progress, fraction: Math.min(progress.fraction, 0.999) })),
  };
  try {
    const result = await work(hooks);
    tell({ ...last, fraction: 1 });
    if (thrown !== undefined) throw thrown;
    return result;
  } catch (fault) {
    if (thrown !== undefined) throw thrown;
    throw ExportError.from(fault);
  }
}

/** A request as text. */
export function json(request: object): string {
  try {
    return JSON.stringify(request) ?? "null";
  } catch (fault) {
    throw new ExportError("bad_request", `request: ${ExportError.from(fault).message}`, "request");
  }
}
