// The one state of the page: everything that is shown follows from it.
import type { Area, ExportFile, MapInfo, MapStyle, RequestFields, SheetFrame } from "../api/types.js";
import type { Box, Spot } from "./box.js";
import type { ActionId } from "./actions.js";
import type { Words } from "./i18n/index.js";

/** Where the data come from. */
export type Source =
  | { kind: "overpass" }
  | { kind: "sample"; id: string; title: string; url: string }
  | { kind: "file"; name: string; blob: Blob }
  /** A file that the address names: only the person can open it again. */
  | { kind: "lost"; name: string };

/** What cuts inside the box, by a name for people. */
export interface Shape {
  area: Area;
  name: string;
  /** What a relation looks like on the map; its rings are in the data only. */
  outline?: Area;
}

/** A file that lies over the map. */
export interface Overlay {
  /** Its name among the kept files. */
  id: string;
  name: string;
  data: string;
}

/** What the person chose; undefined fields are left to the engine's defaults. */
export type Settings = Omit<RequestFields, "bbox" | "area" | "options" | "map_style" | "overlays"> & {
  format: string;
  /** The id of a style, one with other colours, or a document that was dropped. */
  map_style?: MapStyle | string;
  options: Record<string, Record<string, unknown>>;
};

/** What goes on, in words. */
export type Status =
  | { kind: "idle" }
  | { kind: "busy"; words: Words; fraction?: number; actions?: readonly ActionId[] }
  | { kind: "ask"; words: Words; actions: readonly ActionId[] }
  | { kind: "fault"; words: Words; actions: readonly ActionId[]; details?: string }
  /** With the file that was made, if it was one. */
  | { kind: "done"; words: Words; actions?: readonly ActionId[]; file?: ExportFile };

/** The drawn sheet as a picture. */
export interface Preview {
  picture: ImageBitmap;
  url: string;
  frame: SheetFrame;
  /** Only this part of the sheet, mm. */
  part: State["part"];
  /** The request has changed since. */
  stale: boolean;
}

export interface State {
  box: Box | undefined;
  /** What cuts inside the box. */
  shape: Shape | undefined;
  overlays: readonly Overlay[];
  /** What the map shall show. */
  target: Box | Spot | undefined;
  /** The place that was looked up last: files of the area around it bear its name. */
  place: (Spot & { name: string }) | undefined;
  /** Where the map looks: names nearby come first. */
  seen: Spot;
  settings: Settings;
  source: Source;
  /** What the opened data hold. */
  info: MapInfo | undefined;
  /** How much Overpass counted, and where. */
  counted: { n: number; box: Box } | undefined;
  /** The sheet's outline on the ground, from the engine. */
  frame: SheetFrame | undefined;
  preview: Preview | undefined;
  /** The part of the sheet that is looked at closely, mm. */
  part: readonly [x: number, y: number, width: number, height: number] | undefined;
  /** The Overpass interpreter that is asked. */
  server: string;
  status: Status;
  files: readonly ExportFile[];
  view: "map" | "both" | "sheet";
  /** The pane that is shown on a narrow screen. */
  pane: string;
  /** How many steps can be taken back. */
  steps: number;
}

type Key = keyof State;
type Listener = (state: Readonly<State>) => void;

const listeners: { keys: ReadonlySet<Key>; listener: Listener }[] = [];
const changed = new Set<Key>();
/** Steps that can be undone. */
const STEPS = 20;
/** Changes that follow each other faster than this are one step, ms. */
const STEP = 600;
/** What can be taken back. */
const KEPT = ["box", "shape", "overlays", "settings", "source"] as const;
/** What questions are about: a change of it answers them. */
const ASKED: readonly Key[] = ["box", "shape", "overlays", "source", "server"];
const past: Pick<State, (typeof KEPT)[number] | "info">[] = [];
let stepped = 0;

let current: State;

/** Begins. */
export function start(state: State): void {
  current = state;
}

export const state = (): Readonly<State> => current;

/** Calls `listener` once now and after every change of one of `keys`; changes of one turn are told together. */
export function on(keys: readonly Key[], listener: Listener): void {
  listeners.push({ keys: new Set(keys), listener });
  listener(current);
}

/** Changes the state. What nobody chose (`step` false) is no step to take back. */
export function set(patch: Partial<State>, step = true): void {
  const keys = (Object.keys(patch) as Key[]).filter((key) => patch[key] !== current[key]);
  if (keys.length === 0) return;
  if (current.status.kind === "ask" && !patch.status && ASKED.some((key) => keys.includes(key))) {
    keys.push("status");
    patch.status = { kind: "idle" };
  }
  if (step && KEPT.some((key) => keys.includes(key))) {
    remember(keys.includes("source"));
    keys.push("steps");
    patch.steps = past.length;
  }
  current = { ...current, ...patch };
  if (changed.size === 0) queueMicrotask(tell);
  for (const key of keys) changed.add(key);
}

/** Changes settings; `undefined` gives a field back to its default. */
export function choose(patch: { [K in keyof Settings]?: Settings[K] | undefined }): void {
  const settings: Record<string, unknown> = { ...current.settings, ...patch };
  for (const key of Object.keys(patch)) if (settings[key] === undefined) delete settings[key];
  set({ settings: settings as Settings });
}

/** Takes the last change of area, settings or source back. */
export function undo(): boolean {
  const last = past.pop();
  if (!last) return false;
  const { info, ...before } = last;
  const other = before.source !== current.source;
  set({ ...before, ...(other && { info, preview: undefined }), steps: past.length }, false);
  stepped = 0;
  return true;
}

/** Another source is always a step of its own. */
function remember(opened: boolean): void {
  const now = performance.now();
  if (opened || now - stepped > STEP) {
    const { box, shape, overlays, settings, source, info } = current;
    past.push({ box, shape, overlays, settings, source, info });
    if (past.length > STEPS) past.shift();
  }
  stepped = opened ? 0 : now;
}

function tell(): void {
  const keys = new Set(changed);
  changed.clear();
  for (const { keys: wanted, listener } of listeners) if ([...wanted].some((key) => keys.has(key))) listener(current);
}
