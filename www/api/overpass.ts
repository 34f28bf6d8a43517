// Asks an Overpass server: sends, waits, counts bytes. What an answer means is decided by the engine.
import { ExportError } from "./error.js";
import type { OverpassOptions } from "./types.js";

/** The main public server; others are a setting. */
export const ENDPOINT = "https://overpass-api.de/api/interpreter";

/** Pauses before another try, by what the server said: fair use of the public servers asks for at least 30 s. */
const AGAIN = { overpass_rate_limited: 2, overpass_busy: 1 } as const;
const PAUSE = 30;
/** Seconds an answer that has begun may stand still. */
const STALL = 60;

/**
 * The answer to a query, if it is data by its status and beginning; whether it is whole is known when it is opened.
 * Rejects with an ExportError: `overpass_*` as the engine names it, `overpass_unreachable`, `offline` or `cancelled`.
 */
export async function fetchOverpass(query: string, options: OverpassOptions): Promise<Uint8Array<ArrayBuffer>> {
  return inTurn(options, async () => {
    const tries = { overpass_rate_limited: 0, overpass_busy: 0 };
    for (;;) {
      const answer = await ask(query, options);
      const fault = await options.exporter.fault(answer.status, answer.contentType, new Blob([answer.body]));
      if (!fault) return answer.body;
      const { code } = ExportError.from(fault);
      if ((code !== "overpass_rate_limited" && code !== "overpass_busy") || tries[code] === AGAIN[code]) throw fault;
      tries[code] += 1;
      await pause(Math.max(PAUSE, await promised(options)), code, options);
    }
  });
}

interface Answer {
  status: number;
  contentType: string;
  body: Uint8Array<ArrayBuffer>;
}

/** Public servers allow no parallel requests of one user: tabs of this page take turns where the browser has locks. */
async function inTurn<T>({ endpoint = ENDPOINT, signal, onEvent }: OverpassOptions, work: () => Promise<T>): Promise<T> {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks;
  if (!locks) return work();
  const name = `mapwright:${new URL(endpoint).host}`;
  const free = await locks.request(name, { ifAvailable: true }, async (lock) => lock && { result: await work() });
  if (free) return free.result;
  onEvent?.({ kind: "queued" });
  try {
    return await locks.request(name, signal ? { signal } : {}, work);
  } catch (fault) {
    throw ExportError.from(fault);
  }
}

/** One try: posts the query and reads the whole answer. */
async function ask(query: string, { endpoint = ENDPOINT, signal, onEvent, timeout = 120 }: OverpassOptions): Promise<Answer> {
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  const { host } = new URL(endpoint);
  const silence = new AbortController();
  let deadline = setTimeout(() => silence.abort(), timeout * 1000);
  const sent = () => onEvent?.({ kind: "sent", seconds: seconds() });
  const ticker = setInterval(sent, 1000);
  try {
    signal?.throwIfAborted();
    sent();
    const response = await fetch(endpoint, {
      method: "POST",
      body: new URLSearchParams({ data: query }),
      headers: userAgent(),
      cache: "no-store",
      referrerPolicy: "strict-origin-when-cross-origin",
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
    });
    clearInterval(ticker);
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    for await (const chunk of pieces(response)) {
      clearTimeout(deadline);
      deadline = setTimeout(() => silence.abort(), STALL * 1000);
      chunks.push(chunk);
      bytes += chunk.length;
      onEvent?.({ kind: "bytes", bytes, seconds: seconds() });
    }
    const body = new Uint8Array(await new Blob(chunks).arrayBuffer());
    return { status: response.status, contentType: response.headers.get("content-type") ?? "", body };
  } catch (fault) {
    if (signal?.aborted) throw ExportError.cancelled();
    if (silence.signal.aborted) throw new ExportError("overpass_unreachable", `${host} did not answer within ${seconds()} s`);
    if (globalThis.navigator?.onLine === false) throw new ExportError("offline", "this device is offline");
    throw new ExportError("overpass_unreachable", `${host} gave no readable answer: busy, refusing or unreachable (${ExportError.from(fault).message})`);
  } finally {
    clearTimeout(deadline);
    clearInterval(ticker);
  }
}

/** The pieces of a body as they arrive. */
async function* pieces(response: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) return;
    yield piece.value;
  }
}

/** Browsers name themselves; the public servers turn away programs that do not. */
function userAgent(): Record<string, string> {
  const node = (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node;
  return node ? { "user-agent": "mapwright (https://www.npmjs.com/package/mapwright)" } : {};
}

/** Seconds until the server's status page promises a slot; 0 where it says nothing. */
async function promised({ endpoint = ENDPOINT, exporter, signal }: OverpassOptions): Promise<number> {
  try {
    const response = await fetch(endpoint.replace(/interpreter$/, "status"), { headers: userAgent(), cache: "no-store", signal: signal ?? null });
    return (await exporter.wait(await response.text())) ?? 0;
  } catch {
    return 0;
  }
}

/** Waits and counts down. */
async function pause(seconds: number, reason: "overpass_rate_limited" | "overpass_busy", { signal, onEvent }: OverpassOptions): Promise<void> {
  for (let left = seconds; left > 0; left -= 1) {
    if (signal?.aborted) throw ExportError.cancelled();
    onEvent?.({ kind: "waiting", reason, seconds: left });
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, 1000);
      signal?.addEventListener("abort", done, { once: true });
      function done() {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      }
    });
  }
  if (signal?.aborted) throw ExportError.cancelled();
}
