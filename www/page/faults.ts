// Every failure has a sentence and something to do about it.
import type { ExportError } from "../api/error.js";
import type { ActionId } from "./actions.js";
import type { Key, Words } from "./i18n/index.js";
import type { Source, Status } from "./state.js";
import { UnloadedSample } from "./unloaded.js";

/** What a sentence may need to know. */
export interface Scene {
  /** Host of the Overpass server that was asked. */
  host: string;
  /** Name of the file or sample. */
  name: string;
  /** Bytes received before the end. */
  bytes: number;
  /** Where the data come from. */
  from: Source["kind"];
  /** Whether there are older answers. */
  saved: boolean;
}

type Row = readonly [key: Key, ...actions: ActionId[]];

/** Failures by the engine's word for them. */
const ROWS: Readonly<Record<string, Row>> = {
  overpass_rate_limited: ["say.limited", "again", "server"],
  overpass_busy: ["say.busy", "again", "smaller", "server"],
  overpass_off: ["say.off", "server", "again"],
  overpass_unreachable: ["say.unreachable", "again", "server", "file"],
  overpass_refused: ["say.refused", "details", "server"],
  overpass_message: ["say.message", "again", "server"],
  overpass_timeout: ["say.timeout", "smaller", "longer"],
  overpass_memory: ["say.memory", "memory", "smaller"],
  overpass_remark: ["say.remark", "again", "smaller", "server"],
  offline: ["say.offline", "sample", "saved", "file"],
  cut_off: ["say.cut", "again"],
  empty: ["say.empty", "around", "move"],
  foreign: ["say.foreign", "file", "sample"],
  corrupt: ["say.corrupt", "file", "details"],
  too_large: ["say.toolarge", "smaller", "less", "cli"],
  load: ["say.load", "again"],
  crs: ["say.crs"],
  bad_request: ["say.field"],
  cancelled: ["say.cancelled"],
  internal: ["say.internal", "again", "details"],
};

/** The status for a failure. */
export function status(fault: ExportError, scene: Scene): Status {
  if (fault.code === "cancelled") return { kind: "done", words: { key: "say.cancelled" } };
  const [key, ...actions] = row(fault, scene);
  const values: Words["values"] = {
    host: scene.host,
    name: scene.name,
    text: plain(fault.message),
    size: { bytes: scene.bytes },
    ...(fault.megabytes !== undefined && { megabytes: fault.megabytes }),
  };
  const offered = actions.filter((action) => (action !== "saved" || scene.saved) && (action !== "around" || scene.from === "overpass"));
  return { kind: "fault", words: { key, values }, actions: offered, details: `${fault.code}: ${fault.message}` };
}

function row(fault: ExportError, scene: Scene): Row {
  if (fault.code.startsWith("overpass_") && scene.from !== "overpass") return ["say.answer", "file", "sample"];
  if (fault.code === "overpass_memory" && !fault.megabytes) return ["say.memory.some", "memory", "smaller"];
  if (fault.code === "cut_off" && scene.from !== "overpass") return ["say.file.cut", "file"];
  if (fault.code === "foreign" && scene.from === "overpass") return ["say.message", "again", "server"];
  if (fault.code === "empty" && scene.from !== "overpass") return ["say.foreign", "file", "sample"];
  if (fault instanceof UnloadedSample) return ["say.sample", "again", "file"];
  return ROWS[fault.code] ?? ["say.internal", "again", "details"];
}

/** A sentence ends where ours does. */
const plain = (text: string) => text.trim().replace(/[.\s]+$/, "");
