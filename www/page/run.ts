// The one button: count, fetch, read, draw, save, whatever is still missing. And its Cancel.
import { ExportError } from "../api/error.js";
import type { ExportFile, MapInfo, OpenMap, OverpassLimits, Progress, SingleRequest } from "../api/types.js";
import { type ActionId, offer } from "./actions.js";
import { last } from "./answers.js";
import { fault as boxFault, grown, holds, measure } from "./box.js";
import { blob, open } from "./data.js";
import { chosen, engine, sheeted } from "./engine.js";
import { send } from "./fetch.js";
import * as faults from "./faults.js";
import { fieldFault } from "./form.js";
import { type Key, type Words, named } from "./i18n/index.js";
import { fileName } from "./naming.js";
import { request } from "./request.js";
import { VAST, weighGround, weighObjects } from "./room.js";
import { deeds, save } from "./save.js";
import { type Source, type State, choose, on, set, state } from "./state.js";
import { busy } from "./status.js";

/** A run in progress. */
let running: AbortController | undefined;
/** The source that is being opened and takes the place of the other when it is. */
let opening: Source | undefined;
/** Answers the question that a run asks. */
let answerYes: (() => void) | undefined;
/** The run ends because its question means nothing any more: nobody needs to hear of it. */
let withdrawn = false;
/** What runs is only a question that others need not wait for. */
let asking = false;
let limits: OverpassLimits = {};
let megabytes = 0;
/** The next run asks even if an answer is kept. */
let anew = false;
let lastRun: typeof exportNow = exportNow;

/** Makes the file that is wanted and saves it. */
export async function exportNow(): Promise<void> {
  lastRun = exportNow;
  // As it is now: the form may change while this runs.
  const asked = request(state());
  await run(async (signal, bytes) => {
    const map = await opened(bytes, signal);
    await weighObjects((words, actions) => confirm(words, actions, signal));
    finished(await map.export(asked, { signal, onProgress: progress }), asked);
  });
}

/** Only gets and opens the data: what the preview waits for. `afresh` asks even if an answer is kept. */
export async function fetchNow(afresh = false): Promise<void> {
  lastRun = fetchNow;
  anew ||= afresh;
  await run(async (signal, bytes) => tell((await opened(bytes, signal)).info));
}

/** Opens another source. It takes the place of the old one, with what `place` says of its area, only once it is open. */
export async function openSource(source: Source, place: (info: MapInfo) => Partial<State>): Promise<void> {
  lastRun = () => openSource(source, place);
  await stopped();
  opening = source;
  await working(source, async (signal, bytes) => {
    const { info } = await open(bytes, signal, progress);
    set({ source, info, ...place(info) });
    tell(info);
  });
  opening = undefined;
}

/** The opened data of the source that is chosen. */
async function opened(bytes: Blob, signal: AbortSignal): Promise<OpenMap> {
  const map = await open(bytes, signal, progress);
  set({ info: map.info });
  return map;
}

/** Says what was opened. A file of points alone is not empty. */
function tell({ nodes, ways, relations }: MapInfo): void {
  set({ status: { kind: "done", words: { key: "say.opened", values: { name: name(), n: ways + relations || nodes } } } });
}

/** Asks the server something small, which gives way to a run; undefined where that failed, which is said. `again` asks and goes on with the answer. */
export async function ask(query: string, again: () => Promise<void>): Promise<string | undefined> {
  await stopped();
  let text: string | undefined;
  lastRun = again;
  asking = true;
  await alone(async (signal, onBytes) => {
    const { server } = state();
    const answer = await send({ exporter: await engine(), server, limits: { timeout: 25 }, signal, onBytes }, query);
    text = new TextDecoder().decode(answer);
    set({ status: { kind: "idle" } });
  });
  asking = false;
  return text;
}

/** Stops the run. */
export function cancel(): void {
  answerYes = undefined;
  running?.abort();
}

type Work = (signal: AbortSignal, bytes: Blob) => Promise<void>;

/** Works with the data of the chosen source. Who asks again while a question waits has not answered it: it is asked anew. */
async function run(work: Work): Promise<void> {
  if (answerYes || asking) await withdraw();
  if (!running && ready()) await working(state().source, work);
}

async function working(source: Source, work: Work): Promise<void> {
  localStorage.setItem("running", state().settings.format);
  await alone(async (signal, onBytes) => {
    const ask = (words: Words, actions: readonly ActionId[]) => confirm(words, actions, signal);
    const receiving = () => busy({ key: "say.receive", values: { name: name() } });
    receiving();
    if (!opening) await weighGround(ask);
    receiving();
    const data = await blob(source, { limits, afresh: anew, signal, confirm: ask, onBytes });
    signal.throwIfAborted();
    await work(signal, data);
    limits = {};
    anew = false;
  });
}

/** Does one thing at a time, which Cancel stops; a failure is said. */
async function alone(work: (signal: AbortSignal, onBytes: (bytes: number) => void) => Promise<void>): Promise<void> {
  const { signal } = (running = new AbortController());
  const { server } = state();
  const source = opening ?? state().source;
  let bytes = 0;
  try {
    await work(signal, (n) => (bytes = n));
  } catch (thrown) {
    const fault = signal.aborted ? ExportError.cancelled() : ExportError.from(thrown);
    megabytes = fault.megabytes ?? 0;
    const { host } = new URL(server);
    if (!withdrawn) set({ status: faults.status(fault, { host, name: name(), bytes, from: source.kind, saved: last() !== undefined }) });
    if (fault.field) fieldFault(fault.field, fault.message);
  } finally {
    running = answerYes = undefined;
    withdrawn = false;
    localStorage.removeItem("running");
  }
}

/** False, with a sentence, for a source that only the person can open again. */
export function needed(): false {
  set({ status: { kind: "ask", words: { key: "say.lost", values: { name: name() } }, actions: ["file", "overpass"] } });
  return false;
}

/** False, with a sentence, where something is missing that only the person knows. */
function ready(): boolean {
  const { source, box } = state();
  if (source.kind === "lost") return needed();
  if (source.kind === "overpass" && !box) {
    set({ status: { kind: "ask", words: { key: "say.area" }, actions: ["draw", "view", "sample"] } });
    return false;
  }
  return !box || boxFault(box) !== "order";
}

function progress({ fraction, stage, done, total }: Progress): void {
  const format = chosen()?.title ?? state().settings.format.toUpperCase();
  const words: Words =
    stage === "receive"
      ? { key: "say.receive", values: { name: name() } }
      : stage === "load" && total > 0
        ? { key: "say.load.bytes", values: { pack: { key: `pack.${chosen()?.pack ?? "core"}` as Key }, done: { bytes: done }, total: { bytes: total } } }
        : stage === "load" && done > 0
          ? { key: "say.load.fonts", values: { done: { bytes: done } } }
          : { key: stage === "load" ? "say.load.engine" : `say.${stage}`, values: { format } };
  busy(words, fraction);
}

function finished(written: ExportFile, asked: SingleRequest): void {
  const { blob, mime, format, size, notes } = written;
  const file: ExportFile = { blob, mime, format, size, notes, name: called(written.name, asked), arrayBuffer: () => blob.arrayBuffer() };
  save(file);
  const words: Words = { key: "say.done", values: { name: file.name, size: { bytes: size } } };
  const others = state().files.filter((other) => other.name !== file.name || other.format !== format);
  set({ files: [file, ...others], status: { kind: "done", words, actions: deeds(file), file } });
}

/** What a file is called, by what it shows. */
function called(name: string, { page }: SingleRequest): string {
  const { source, shape, place, box, frame } = state();
  const near = place && box && holds(box, [place.lon, place.lat, place.lon, place.lat]) ? place : undefined;
  const data = source.kind === "overpass" ? undefined : source.kind === "sample" ? source.id : source.name;
  const size = page?.size === "fit" ? undefined : page?.size;
  const sheet = size && frame && sheeted(chosen()) ? { size: size as string | number[], scale: frame.scale } : undefined;
  return fileName(name.replace(/^[^.]*\./, ""), { title: page?.furniture?.title, area: shape?.name, place: near?.name, data, sheet });
}

/** Asks the person; goes on with `go`, ends with anything else. */
function confirm(words: Words, actions: readonly ActionId[], signal: AbortSignal): Promise<void> {
  set({ status: { kind: "ask", words, actions } });
  return new Promise((resolve, reject) => {
    answerYes = () => {
      answerYes = undefined;
      resolve();
    };
    signal.addEventListener("abort", () => reject(ExportError.cancelled()), { once: true });
  });
}

/** What the data are called. */
function name(): string {
  const source = opening ?? state().source;
  if (source.kind === "overpass") return new URL(state().server).host;
  return source.kind === "sample" ? named(`sample.${source.id}`, source.title) : source.name;
}

/** Ends the run that asks, without a word. */
function withdraw(): Promise<void> {
  withdrawn = true;
  return stopped();
}

/** Stops the run, if there is one, and waits until it has ended. */
export async function stopped(): Promise<void> {
  cancel();
  while (running) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Ends a run that waits or asks, then does something else. */
async function instead(next: () => void | Promise<void>): Promise<void> {
  await stopped();
  await next();
}

/** What is cut off at each side: a quarter, and more where much too much is shown. */
const smaller = (area: number) => Math.max(0.25, (1 - 0.99 * Math.sqrt(VAST / area)) / 2);

/** Says what the actions of messages do. */
export function offerRuns(servers: readonly string[]): void {
  on(["status"], ({ status }) => answerYes && status.kind !== "ask" && void withdraw());
  const again = () => instead(() => lastRun());
  offer("go", () => answerYes?.());
  offer("again", () => void again());
  offer("server", () => {
    const next = servers[(servers.indexOf(state().server) + 1) % servers.length];
    void instead(() => {
      set({ server: next ?? state().server });
      return lastRun();
    });
  });
  offer("longer", () => {
    limits = { ...limits, timeout: 180 };
    void again();
  });
  offer("around", () => {
    limits = { ...limits, surroundings: true };
    anew = true;
    void again();
  });
  offer("memory", () => {
    limits = { ...limits, maxsize: Math.max(2 ** 30, Math.ceil(megabytes * 1.2) * 2 ** 20) };
    void again();
  });
  offer("smaller", () => {
    void instead(() => {
      const { box } = state();
      if (box) set({ box: grown(box, -smaller(measure(box).area)), status: { kind: "idle" } });
    });
  });
  offer("less", () => {
    choose({ detail_level: Math.max(1, (state().settings.detail_level ?? 3) - 1) as 1 | 2 });
    set({ status: { kind: "idle" } });
  });
  offer("saved", () => {
    const answer = last();
    if (answer) set({ box: grown(answer.box, -0.05 / 1.1), source: { kind: "overpass" }, status: { kind: "idle" } });
  });
  offer("overpass", () => set({ source: { kind: "overpass" }, info: undefined, status: { kind: "idle" } }));
  window.addEventListener("beforeunload", (event) => running && event.preventDefault());
  window.addEventListener("pagehide", () => localStorage.removeItem("running"));
}
