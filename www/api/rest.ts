// Calls of a server's REST API: tried again where that is of use, and errors in place of answers that are none.
import type { ErrorCode } from "./codes.js";
import { ExportError } from "./error.js";

/** How a server is asked. */
export interface RemoteOptions {
  /** `ocd_…`; it stands in no error and goes to no other address. */
  apiKey?: string | undefined;
  /** How often a call is tried: when the connection breaks, and after 429, 502, 503 and 504. Usually 5. */
  tries?: number | undefined;
  /** Seconds after which no other try of a call begins, those that `Retry-After` wants among them. Usually 120. */
  patience?: number | undefined;
  /** Seconds without a byte after which a connection counts as broken. Usually 30. */
  timeout?: number | undefined;
}

export interface Call {
  method: "GET" | "POST" | "DELETE";
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** Ends the call, or only the pauses between its tries where it is to be told what became of it. */
  signal?: AbortSignal | undefined;
  pausesOnly?: boolean;
}

/** Reads a good answer; whoever reads piece by piece says so with each. */
export type Read<R> = (answer: Response, alive: () => void) => Promise<R>;

/** Pauses between tries, seconds: the first and the longest, each at most twice the one before. Chance keeps clients apart. */
const [FIRST, LONGEST] = [0.5, 20];
/** Statuses after which the same call may do better. */
const PASSING = [429, 502, 503, 504];

/** A failed try. */
interface Refusal {
  error: ExportError;
  again: boolean;
  retryAfter?: number | undefined;
}

/** A server, and the key for it. */
export class Server {
  readonly #base: string;
  readonly #key: string;
  readonly #tries: number;
  readonly #patience: number;
  readonly #timeout: number;

  constructor(address: string | URL, { apiKey = "", tries = 5, patience = 120, timeout = 30 }: RemoteOptions) {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
      throw new ExportError("bad_request", "url: expected http://host or https://host, without user, password, query and fragment", "url");
    }
    // A header that cannot be sent would be shown in the error that says so.
    if (!/^[!-~]*$/.test(apiKey)) throw new ExportError("bad_request", "apiKey: it has characters that no key has", "apiKey");
    this.#base = url.href.replace(/\/+$/, "");
    this.#key = apiKey;
    [this.#tries, this.#patience, this.#timeout] = [tries, patience, timeout];
  }

  /** What a good answer says. */
  async ask<R>(call: Call, read: Read<R>): Promise<R> {
    const end = performance.now() + this.#patience * 1000;
    for (let made = 1; ; made++) {
      const outcome = await this.once(call, read);
      if ("result" in outcome) return outcome.result;
      const { error, again, retryAfter } = outcome;
      const chance = Math.random();
      const seconds = retryAfter === undefined ? Math.min(LONGEST, FIRST * 2 ** made) * (1 + chance) / 2 : retryAfter + FIRST * chance;
      if (!again || made >= this.#tries || performance.now() + seconds * 1000 > end) throw error;
      await pause(seconds, call.signal);
    }
  }

  /** One try. Without a sign of life for `timeout` seconds it is broken. */
  async once<R>({ method, path, headers, body, signal, pausesOnly }: Call, read: Read<R>, timeout = this.#timeout): Promise<{ result: R } | Refusal> {
    if (signal?.aborted) throw ExportError.cancelled();
    const silence = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), timeout * 1000);
    };
    try {
      alive();
      const answer = await fetch(this.#base + path, {
        method,
        headers: { ...(this.#key && { "x-api-key": this.#key }), ...(body !== undefined && { "content-type": "application/json" }), ...headers },
        body: body ?? null,
        signal: signal && !pausesOnly ? AbortSignal.any([signal, silence.signal]) : silence.signal,
        cache: "no-store",
        credentials: "omit",
        redirect: "manual",
      });
      alive();
      return answer.ok ? { result: await read(answer, alive) } : await refusal(answer);
    } catch (fault) {
      if (signal?.aborted && !pausesOnly) throw ExportError.cancelled();
      if (fault instanceof ExportError) throw fault;
      const words = silence.signal.aborted ? `nothing for ${timeout} s` : why(fault);
      return { error: new ExportError("unreachable", `no whole answer from the server: ${words}`), again: true };
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Waits; rejects when the signal says so. */
export function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(ExportError.cancelled());
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, seconds * 1000);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

/** The JSON of an answer. */
export const json: Read<any> = async (answer) => {
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new ExportError("internal", "the answer is no JSON: is a mapwright server behind this address?");
  }
};

/** `Retry-After` in whole seconds; nothing where it is missing or, as proxies have it, a date. */
export function retryAfter({ headers }: Response): number | undefined {
  const words = headers.get("retry-after") ?? "";
  return /^\d+$/.test(words) ? Number(words) : undefined;
}

/** What a problem (RFC 9457), or a page in place of one, says. An export that failed stays failed under its idempotency key. */
async function refusal(answer: Response): Promise<Refusal> {
  const { status } = answer;
  if (answer.type === "opaqueredirect" || (status >= 300 && status < 400)) {
    return { error: new ExportError("redirect", "the server sends on to another address; give that one: keys are not sent on"), again: false };
  }
  const body = Object(await answer.json().catch(() => undefined)) as { code?: ErrorCode; detail?: string; error?: string; field?: string; task_id?: string };
  const error = new ExportError(body.code ?? `http_${status}`, body.detail || body.error || `the server answered with status ${status}`, body.field);
  return { error, again: PASSING.includes(status) && body.task_id === undefined, retryAfter: retryAfter(answer) };
}

/** Why a fetch failed: Node keeps that in the cause. */
function why(fault: unknown): string {
  const { message, cause } = fault as Error;
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}
