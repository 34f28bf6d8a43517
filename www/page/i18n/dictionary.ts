// What a language says: an entry for every key of the English one. The map's page and that of accounts have words of their own.
import type { en } from "./en.js";
import type { enAccount } from "./en.account.js";

export type Key = keyof typeof en | keyof typeof enAccount;
export type Entry = string | ({ readonly other: string } & { readonly [form in Intl.LDMLPluralRule]?: string });
export type Dictionary = Readonly<Record<keyof typeof en, Entry>>;
export type AccountDictionary = Readonly<Record<keyof typeof enAccount, Entry>>;
/** The words of one page. */
export type Book = Readonly<Partial<Record<Key, Entry>>>;

/** What a page says: English at once, another language when it is spoken. */
export interface Speech {
  en: Book;
  ru: () => Promise<{ words: Book; names?: Readonly<Record<string, string>> }>;
}
