// What a language says: an entry for every key of the English one.
import type { en } from "./en.js";

export type Key = keyof typeof en;
export type Entry = string | ({ readonly other: string } & { readonly [form in Intl.LDMLPluralRule]?: string });
export type Dictionary = Readonly<Record<Key, Entry>>;
