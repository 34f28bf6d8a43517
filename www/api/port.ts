// One ordered channel between the caller and the thread that works: jobs go in; progress, then a result or an error, come out.
import type { Host } from "./host.js";
import { ExportError } from "./error.js";
import type { Backend, Failure, Hooks, Jobs, Kind } from "./jobs.js";
import { seldom } from "./meter.js";
import type { Progress } from "./types.js";

/** Least time between two reports that cross, milliseconds: a frame of a display. */
const PAUSE = 16;

type Ask = { id: number; kind: Kind; takes: Jobs[Kind]["takes"] };
type Answer = { id: number } & ({ progress: Progress } | { gives: Jobs[Kind]["gives"] } | { failure: Failure });

/** A thread as this side sees it. */
export interface Thread {
  post(ask: Ask): void;
  end(): void;
  /** Whether the program must wait for it (Node). */
  hold(busy: boolean): void;
}

/** Starts a thread whose answers go to `hear`; `fail` hears if it cannot run. */
export type Spawn = (hear: (answer: unknown) => void, fail: (why: string) => void) => Thread;

/** The working side: takes one job after the other. */
export function serve(host: Host, post: (answer: Answer) => void): (ask: unknown) => void {
  let turn = Promise.resolve();
  return (message) => {
    const { id, kind, takes } = message as Ask;
    const job = host[kind] as Host[Kind] as (takes: Ask["takes"], report: (progress: Progress) => boolean) => Promise<Jobs[Kind]["gives"]>;
    const tell = seldom((progress) => post({ id, progress }), PAUSE);
    turn = turn.then(async () => {
      try {
        const gives = await job(takes, (progress) => (tell(progress), true));
        post({ id, gives });
      } catch (fault) {
        post({ id, failure: ExportError.from(fault).plain() });
      }
    });
  };
}

interface Pending {
  ask: Ask;
  hooks: Hooks;
  done(answer: Answer | { failure: Failure }): void;
}

/** The calling side: starts the thread at the first job, and again after one was cancelled. */
export class Remote implements Backend {
  readonly near = false;
  readonly #spawn: Spawn;
  readonly #pending = new Map<number, Pending>();
  #thread: Thread | undefined;
  #last = 0;

  constructor(spawn: Spawn) {
    this.#spawn = spawn;
  }

  do<K extends Kind>(kind: K, takes: Jobs[K]["takes"], hooks: Hooks): Promise<Jobs[K]["gives"]> {
    return new Promise((resolve, reject) => {
      if (hooks.signal?.aborted) return reject(ExportError.cancelled());
      const id = (this.#last += 1);
      const cancel = () => {
        settle({ failure: ExportError.cancelled().plain() });
        this.#restart();
      };
      const settle: Pending["done"] = (answer) => {
        this.#pending.delete(id);
        hooks.signal?.removeEventListener("abort", cancel);
        if (this.#pending.size === 0) this.#thread?.hold(false);
        if ("failure" in answer) reject(ExportError.from(answer.failure));
        else if ("gives" in answer) resolve(answer.gives as Jobs[K]["gives"]);
      };
      hooks.signal?.addEventListener("abort", cancel, { once: true });
      const pending = { ask: { id, kind, takes }, hooks, done: settle };
      this.#pending.set(id, pending);
      this.#post(pending);
    });
  }

  end(): void {
    this.#drop();
    for (const pending of [...this.#pending.values()]) pending.done({ failure: ExportError.cancelled().plain() });
  }

  #post({ ask }: Pending): void {
    this.#thread ??= this.#start();
    this.#thread.hold(true);
    this.#thread.post(ask);
  }

  #start(): Thread {
    const current = () => this.#thread === thread;
    const hear = (message: unknown) => {
      const answer = message as Answer;
      const pending = current() ? this.#pending.get(answer.id) : undefined;
      if (pending && "progress" in answer) pending.hooks.tell?.(answer.progress);
      else pending?.done(answer);
    };
    const fail = (why: string) => {
      if (!current()) return;
      this.#drop();
      const failure: Failure = { code: "load", message: `the worker stopped: ${why}` };
      for (const pending of [...this.#pending.values()]) pending.done({ failure });
    };
    const thread = this.#spawn(hear, fail);
    return thread;
  }

  #drop(): void {
    this.#thread?.end();
    this.#thread = undefined;
  }

  /** A thread that computes hears nothing, so cancelling ends it. Other jobs start again in a fresh one. */
  #restart(): void {
    this.#drop();
    for (const pending of this.#pending.values()) this.#post(pending);
  }
}
