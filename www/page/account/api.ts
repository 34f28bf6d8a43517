// Calls of the server that this page comes from: JSON both ways, and the token that every write repeats.
import type { Account } from "./types.js";

/** What the server, or the way to it, says no with. */
export class Refusal extends Error {
  constructor(
    /** HTTP status; 0 where nothing answered. */
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly field?: string | undefined,
    /** Seconds until another try makes sense. */
    readonly seconds?: number | undefined,
  ) {
    super(detail);
  }

  /** Any failure as one. */
  static from(fault: unknown): Refusal {
    return fault instanceof Refusal ? fault : new Refusal(0, "internal", String(fault));
  }
}

type Method = "GET" | "POST" | "DELETE";

/** Where the server is: beside the page. */
export const at = (path: string): string => new URL(path.replace(/^\//, ""), document.baseURI).href;

let token = "";
let whose = "";
let ended: () => void = () => undefined;

/** Calls `listener` when the server knows the session no longer. */
export function onEnd(listener: () => void): void {
  ended = listener;
}

/** Who is signed in; refused where nobody is. */
export async function whoami(): Promise<Account> {
  const account = await call<Account>("GET", "api/account");
  [token, whose] = [account.csrf, account.email];
  return account;
}

/** Asks. */
export const get = <T>(path: string): Promise<T> => alive(() => call<T>("GET", path));

/** Changes something. */
export function send<T>(method: Method, path: string, body?: unknown): Promise<T> {
  return alive(async () => {
    try {
      return await call<T>(method, path, body);
    } catch (fault) {
      if (!(fault instanceof Refusal) || fault.code !== "csrf" || !whose) throw fault;
      // Somebody signed in anew in another tab: the same person goes on with the new token.
      const before = whose;
      if ((await whoami()).email !== before) throw new Refusal(401, "session", fault.message);
      return call<T>(method, path, body);
    }
  });
}

async function alive<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    // A list of exports wants a key where there is no session.
    if (fault instanceof Refusal && fault.status === 401 && fault.code !== "credentials") ended();
    throw fault;
  }
}

async function call<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = {};
  if (method !== "GET" && token) headers["X-CSRF-Token"] = token;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const init: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
  if (body !== undefined) init.body = JSON.stringify(body);
  const answer = await fetch(at(path), init).catch((fault: unknown) => {
    throw new Refusal(0, "offline", String(fault));
  });
  if (answer.status === 204) return undefined as T;
  const told: unknown = await answer.json().catch(() => undefined);
  if (typeof told !== "object" || told === null) throw new Refusal(answer.status, "foreign", answer.statusText);
  if (answer.ok) return told as T;
  const { code = "", detail = "", field } = told as { code?: string; detail?: string; field?: string };
  const seconds = Number.parseInt(answer.headers.get("retry-after") ?? "", 10);
  throw new Refusal(answer.status, code, detail, field, Number.isNaN(seconds) ? undefined : seconds);
}
