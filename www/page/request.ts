// The state as a request in the words of src/request.rs: only what differs from the defaults.
import type { ExportRequest, SingleRequest } from "../api/types.js";
import type { Settings, State } from "./state.js";

/** What a request is made of. */
export type Asked = Pick<State, "box" | "shape" | "overlays" | "settings">;

/** The request for the chosen format. */
export function request({ box, shape, overlays, settings }: Asked): SingleRequest {
  const { format, options, ...fields } = settings;
  const own = options[format];
  return {
    format,
    ...(box && { bbox: [...box] }),
    ...(shape && { area: shape.area }),
    ...fields,
    ...(overlays.length > 0 && { overlays: overlays.map(({ data }) => ({ data })) }),
    ...(own && Object.keys(own).length > 0 && { options: { [format]: own } }),
  } as unknown as SingleRequest;
}

/** The same without anything that only one format needs: for the frame and the query. */
export function ground(state: Asked): ExportRequest {
  const { options: _options, overlays: _overlays, map_style: _style, ...fields } = request(state);
  return fields;
}

/** Settings with an option of the chosen format changed; `undefined` resets it. */
export function withOption(settings: Settings, id: string, value: unknown): Settings["options"] {
  const own = { ...settings.options[settings.format] };
  if (value === undefined) delete own[id];
  else own[id] = value;
  return { ...settings.options, [settings.format]: own };
}
