// A task on a server, from its beginning to its end: heard as events where that is possible, else asked again and again.
import type { ErrorCode } from "./codes.js";
import { ExportError } from "./error.js";
import { type Server, json, pause, retryAfter } from "./rest.js";

/** A finished file as the server describes it. */
export interface RemoteFile {
  format: string;
  filename: string;
  size: number;
  mime: string;
  notes?: readonly string[];
}

/** How far a task is. */
export interface State {
  status: "queued" | "processing" | "completed" | "failed" | "cancelled";
  /** Percent. */
  progress: number;
  step: string;
  error: string | null;
  code: ErrorCode | null;
  files: readonly RemoteFile[];
}

/** Seconds between two questions where the server names none. */
const POLL = 2;
/** Seconds without a sign of life after which a stream counts as broken; the server gives one every 20 s. */
const QUIET = 45;

/** Where something of a task is. */
export const place = (kind: string, id: string, rest = ""): string => `/api/${kind}/${encodeURIComponent(id)}${rest}`;

const isOver = ({ status }: State): boolean => status !== "queued" && status !== "processing";

/** The last state of a task. */
export async function follow(server: Server, id: string, tell: (state: State) => void, signal: AbortSignal | undefined): Promise<State> {
  const heard = await listen(server, id, tell, signal);
  if (heard) return heard;
  for (;;) {
    const [state, seconds] = await server.ask({ method: "GET", path: place("status", id), signal }, async (answer, alive) => {
      return [(await json(answer, alive)) as State, retryAfter(answer)] as const;
    });
    tell(state);
    if (isOver(state)) return state;
    await pause(seconds || POLL, signal);
  }
}

/** The last state of a task, heard as events; nothing where they cannot be had to the end. Browsers need a ticket for them. */
async function listen(server: Server, id: string, tell: (state: State) => void, signal: AbortSignal | undefined): Promise<State | undefined> {
  const given = await server.once({ method: "POST", path: place("status", id, "/ticket"), signal }, json);
  if (!("result" in given)) return undefined;
  const path = place("status", id, `/events?ticket=${encodeURIComponent(given.result.ticket)}`);
  const read = async (answer: Response, alive: () => void): Promise<State | undefined> => {
    for await (const data of events(answer, alive)) {
      const state = JSON.parse(data) as State;
      tell(state);
      if (isOver(state)) return state;
    }
    return undefined;
  };
  const heard = await server.once({ method: "GET", path, signal }, read, QUIET);
  return "result" in heard ? heard.result : undefined;
}

/** The data of server-sent events. */
async function* events(answer: Response, alive: () => void): AsyncGenerator<string> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let [rest, data]: [string, string[]] = ["", []];
  try {
    for (;;) {
      const piece = await reader?.read();
      if (!piece || piece.done) return;
      alive();
      const lines = (rest + piece.value).split(/\r\n|[\r\n]/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
        else if (line === "" && data.length) yield data.splice(0).join("\n");
      }
    }
  } finally {
    reader?.cancel().catch(() => undefined);
  }
}

/** Why a task has no files. */
export function failure({ status, code, error }: State): ExportError {
  return status === "cancelled" ? ExportError.cancelled() : new ExportError(code ?? "failed", error ?? `the export is ${status}`);
}
