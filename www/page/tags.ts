// The filter by tags as one line of text: `amenity=cafe,bar; name; !access`.
import type { Field } from "./form.js";
import { type Words, t } from "./i18n/index.js";
import { choose, state } from "./state.js";

/** Values that a tag must have, true for any, false for none; by key. */
export type Filter = Readonly<Record<string, readonly string[] | boolean>>;

/** A filter as text. */
export function written(filter: Filter): string {
  const condition = ([key, wanted]: [string, readonly string[] | boolean]) => (wanted === true ? key : wanted === false ? `!${key}` : `${key}=${wanted.join(",")}`);
  return Object.entries(filter).map(condition).join("; ");
}

/** The filter that a text says; undefined for none at all. */
export function read(text: string): Filter | undefined {
  const conditions = text.split(";").map((part) => part.trim()).filter(Boolean);
  const fields = conditions.map((condition): [string, readonly string[] | boolean] => {
    const [key = "", values] = condition.split(/=(.*)/s).map((part) => part.trim());
    if (values !== undefined) return [key, values.split(",").map((value) => value.trim())];
    return key.startsWith("!") ? [key.slice(1).trim(), false] : [key, true];
  });
  return fields.length > 0 ? Object.fromEntries(fields) : undefined;
}

/** Says what no filter can be made of. */
function check(text: string): Words | undefined {
  const bad = Object.entries(read(text) ?? {}).some(([key, wanted]) => key === "" || (Array.isArray(wanted) && wanted.some((value) => value === "")));
  return bad ? { key: "look.filter.bad", values: {} } : undefined;
}

/** The filter as a field. */
export function filterField(): Field {
  const chosen = () => state().settings.filter;
  return {
    path: "filter",
    title: () => t("look.filter"),
    kind: "text",
    default: "",
    hint: () => "amenity=cafe,bar; name; !access",
    check,
    get: () => (chosen() ? written(chosen() ?? {}) : undefined),
    put: (value) => choose({ filter: value === undefined ? undefined : read(String(value)) }),
  };
}
