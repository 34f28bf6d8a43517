// Data of an area from Overpass: counted first where the area is large, fetched with a rim, judged by the engine, kept.
import type { ExporterApi, OverpassLimits, RequestFields } from "../api/types.js";
import type { ActionId } from "./actions.js";
import { type Answer, covering, keep, recall } from "./answers.js";
import { type Box, grown, measure } from "./box.js";
import { overpass } from "./engine.js";
import type { Words } from "./i18n/index.js";
import { set } from "./state.js";
import { busy } from "./status.js";

/** Areas above this are counted first, km². */
const COUNTED = 10;
/** Rim around the area, in parts of its sides. */
const RIM = 0.05;
/** Objects from which a person is asked before the download, and from which a tab may not do. */
const LARGE = 300_000;
export const HUGE = matchMedia("(pointer: coarse) and (max-width: 640px)").matches ? 1_000_000 : 2_000_000;

/** What a fetch needs of the page. */
export interface Wish {
  exporter: ExporterApi;
  /** The ground that is shown. */
  box: Box;
  /** The relation that cuts it. */
  relation: number | undefined;
  fields: RequestFields;
  server: string;
  limits: OverpassLimits;
  /** Ask even if an answer is kept. */
  afresh: boolean;
  signal: AbortSignal;
  /** Asks the person; rejects unless they go on. */
  confirm: (words: Words, actions: readonly ActionId[]) => Promise<void>;
  /** Bytes received. */
  onBytes: (bytes: number) => void;
}

/** What asking a server needs. */
export type Line = Pick<Wish, "exporter" | "server" | "limits" | "signal" | "onBytes">;

/** An answer that covers the wish. */
export async function fetchData(wish: Wish): Promise<Answer> {
  await recall();
  const known = wish.afresh ? undefined : covering(wish.box, wish.relation);
  if (known) return known;
  const box = grown(wish.box, RIM);
  // The answer is kept, and serves other wishes too.
  const { filter: _filter, ...fields } = wish.fields;
  const queries = await wish.exporter.query({ ...fields, bbox: box }, wish.limits);
  if (measure(wish.box).area > COUNTED) await weigh(wish, queries.count);
  const bytes = await send(wish, queries.query);
  const answer = { server: wish.server, box, relation: wish.relation, blob: new Blob([bytes]), at: Date.now() };
  keep(answer);
  return answer;
}

/** Counts, and asks the person where there is much. */
async function weigh(wish: Wish, query: string): Promise<void> {
  busy({ key: "say.counting", values: { host: new URL(wish.server).host } });
  const { nodes, ways, relations, download, bytes } = await wish.exporter.counts(new Blob([await send(wish, query)]));
  const n = nodes + ways + relations;
  set({ counted: { n, box: wish.box } });
  const values = { n, size: { bytes: download }, read: { bytes } };
  if (n > HUGE) await wish.confirm({ key: "say.huge", values }, ["smaller", "cli", "go"]);
  else if (n > LARGE) await wish.confirm({ key: "say.large", values }, ["go", "smaller"]);
  else busy({ key: "say.estimate", values });
}

/** Sends a query and says in the bar how it goes. */
export async function send({ exporter, server, limits, signal, onBytes }: Line, query: string): Promise<Uint8Array<ArrayBuffer>> {
  const { fetchOverpass } = await overpass();
  const host = new URL(server).host;
  return fetchOverpass(query, {
    exporter,
    endpoint: server,
    signal,
    timeout: (limits.timeout ?? 90) + 30,
    onEvent(event) {
      if (event.kind === "queued") busy({ key: "say.queued", values: { host } });
      if (event.kind === "sent") busy({ key: "say.sent", values: { host, seconds: event.seconds } });
      if (event.kind === "bytes") {
        onBytes(event.bytes);
        busy({ key: "say.bytes", values: { host, size: { bytes: event.bytes } } });
      }
      if (event.kind === "waiting") {
        const rate = event.reason === "overpass_rate_limited";
        busy({ key: rate ? "say.wait.rate" : "say.wait.busy", values: { host, seconds: event.seconds } }, undefined, rate ? ["server"] : ["smaller", "server"]);
      }
    },
  });
}
