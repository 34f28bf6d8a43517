// A place that was looked up, and a sheet whose paper and scale are known: the frame stands around the place, ready to be dragged.
import { around, atLeast } from "./box.js";
import { chosen, engine, formats, sheeted } from "./engine.js";
import { ground } from "./request.js";
import { on, set, state } from "./state.js";

/** A box of this side gives the sheet its middle, km. */
const SMALL = 0.01;

/** Puts the sheet around places from now on. */
export function showPlaced(): void {
  let { target } = state();
  let { page } = state().settings;
  on(["target"], (now) => {
    if (now.target === target) return;
    target = now.target;
    void put();
  });
  on(["settings"], ({ settings, box }) => {
    if (settings.page === page) return;
    page = settings.page;
    if (!box) void put();
  });
}

async function put(): Promise<void> {
  const { target, settings, shape } = state();
  if (!target || !("lat" in target) || shape || !settings.page?.size || settings.page.scale === undefined || !sheeted(chosen()) || formats().length === 0) return;
  const { lon, lat } = target;
  const middle = atLeast([lon, lat, lon, lat], SMALL);
  try {
    const { outline } = await (await engine()).frame(ground({ ...state(), box: middle }));
    if (state().target === target && state().settings === settings) set({ box: around(outline) });
  } catch {
    // What is wrong with the sheet is said at its field.
  }
}
