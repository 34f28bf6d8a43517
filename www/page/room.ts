// What a tab may have no room for is asked about before it is tried, whatever way the area came.
import type { ActionId } from "./actions.js";
import { type Box, measure } from "./box.js";
import { shown } from "./data.js";
import { elements } from "./estimate.js";
import { HUGE } from "./fetch.js";
import { type Words, ground } from "./i18n/index.js";
import { state } from "./state.js";

/** Ground above which a person is asked, km²: about two million objects where as much is mapped as in Europe. */
export const VAST = 5000;

/** Asks the person; rejects unless they go on. */
type Ask = (words: Words, actions: readonly ActionId[]) => Promise<void>;

/** What was agreed to: nobody is asked twice. */
let agreed = { area: VAST, n: HUGE };

/** Asks where the ground that will be shown is vast. */
export async function weighGround(ask: Ask): Promise<void> {
  const { box } = state();
  if (!box) return;
  const { area } = measure(await reach(box));
  if (area <= agreed.area) return;
  await ask({ key: "say.vast", values: { area: ground(area), limit: ground(VAST) } }, ["smaller", "cli", "go"]);
  agreed = { ...agreed, area };
}

/** The ground that is shown; a request that has none is judged later. */
const reach = (box: Box): Promise<Box> => shown(box).catch(() => box);

/** Asks where opened data hold very much for the area. What Overpass sends was counted before it came. */
export async function weighObjects(ask: Ask): Promise<void> {
  const { source, info } = state();
  if (source.kind === "overpass" || !info) return;
  const n = elements() ?? info.nodes + info.ways + info.relations;
  if (n <= agreed.n) return;
  await ask({ key: "say.huge", values: { n: Math.round(n) } }, ["smaller", "cli", "go"]);
  agreed = { ...agreed, n };
}
