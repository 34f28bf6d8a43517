// The address keeps area and settings: after the #, in the words of a request.
import { type Box, fault, parse } from "./box.js";
import { later } from "./dom.js";
import { request } from "./request.js";
import { type Settings, on, state } from "./state.js";

/** What the address says; nonsense is passed over. */
export function fromAddress(): { box?: Box; settings?: Partial<Settings> } {
  const words = new URLSearchParams(location.hash.slice(1));
  const place = parse(words.get("bbox") ?? "");
  const box = place && !("lat" in place) && [undefined, "swapped"].includes(fault(place)) ? place : undefined;
  try {
    const rest: unknown = JSON.parse(words.get("request") ?? "{}");
    const format = words.get("format");
    const settings = { ...(typeof rest === "object" ? rest : {}), ...(format && { format }) } as Partial<Settings>;
    return { settings, ...(box && { box }) };
  } catch {
    return box ? { box } : {};
  }
}

/** Writes the address after every change. */
export function keepAddress(): void {
  const write = later(400, () => {
    const { format, bbox, ...fields } = request(state());
    const parts = [`format=${format}`, ...(Array.isArray(bbox) ? [`bbox=${bbox.join(",")}`] : [])];
    if (Object.keys(fields).length > 0) parts.push(`request=${encodeURIComponent(JSON.stringify(fields))}`);
    history.replaceState(null, "", `#${parts.join("&")}`);
  });
  on(["box", "settings"], write);
}
