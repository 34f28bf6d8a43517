// The middle of the area as two fields: typing moves the box, and with it the sheet.
import { type Box, fault, rounded, width } from "./box.js";
import { number as read } from "./degrees.js";
import { $ } from "./dom.js";
import { on, set, state } from "./state.js";

const FIELDS = ["lat", "lon"] as const;

/** The box moved so that its middle is there. */
export function centred(box: Box, lon: number, lat: number): Box {
  const half = [width(box) / 2, (box[3] - box[1]) / 2] as const;
  const turned = (value: number) => ((((value + 180) % 360) + 360) % 360) - 180;
  return rounded([turned(lon - half[0]), lat - half[1], turned(lon + half[0]), lat + half[1]]);
}

/** The middle of a box, degrees. */
export function middle(box: Box): { lon: number; lat: number } {
  const lon = box[0] + width(box) / 2;
  return { lon: lon > 180 ? lon - 360 : lon, lat: (box[1] + box[3]) / 2 };
}

/** Keeps the fields. */
export function showMiddle(): void {
  const inputs = FIELDS.map((name) => $<HTMLInputElement>(`middle-${name}`));
  const typed = () => {
    const [lat = NaN, lon = NaN] = inputs.map(({ value }) => read(value));
    const { box } = state();
    const moved = box && Math.abs(lon) <= 180 && centred(box, lon, lat);
    if (moved && [undefined, "swapped"].includes(fault(moved))) set({ box: moved, shape: undefined, target: moved });
    else show();
  };
  const show = () => {
    const { box } = state();
    const at = box && middle(box);
    FIELDS.forEach((name, row) => {
      const input = inputs[row];
      if (!input) return;
      input.value = at ? String(Math.round(at[name] * 1e6) / 1e6) : "";
      input.disabled = !box;
    });
  };
  for (const input of inputs) input.addEventListener("change", typed);
  on(["box"], show);
}
