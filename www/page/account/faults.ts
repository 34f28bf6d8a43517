// What is said when the server says no: our own words where there are some, else those of the server, as text.
import { type Key, moment, span, t } from "../i18n/index.js";
import type { Refusal } from "./api.js";

const CODES: Readonly<Record<string, Key>> = {
  credentials: "fault.credentials",
  letter: "fault.letter",
  no_sign_up: "fault.no_sign_up",
  keys: "fault.keys",
  key: "fault.key",
  expired: "fault.expired",
  offline: "fault.offline",
  foreign: "fault.foreign",
  session: "notice.over",
};

/** What is wrong with a field, by the server's words. */
const FIELDS: readonly (readonly [field: string, words: RegExp, key: Key])[] = [
  ["email", /thrown away/, "fault.disposable"],
  ["email", /needed to end/, "fault.proof.email"],
  ["email", /expected an address/, "fault.email"],
  ["password", /needed to end/, "fault.proof.password"],
  ["password", /at least \d+ characters/, "fault.short"],
  ["password", /guessed/, "fault.weak"],
  ["name", /at most/, "fault.name"],
  ["disabled", /nobody stops/, "fault.own"],
];

/** The sentence for a refusal. */
export function sentence({ status, code, message, field, seconds }: Refusal): string {
  const known = FIELDS.find(([name, words]) => name === field && words.test(message))?.[2] ?? CODES[code];
  if (known) return t(known);
  if (status === 429 && seconds !== undefined) {
    if (code === "queue_full") return t("fault.queue", { span: span(seconds) });
    return t("fault.wait", { span: span(seconds), time: moment(Date.now() + 1000 * seconds, false) });
  }
  const text = field ? message.replace(new RegExp(`^${field.replace(/\W/g, "\\$&")}: `), "") : message;
  return t(status >= 500 || status === 0 ? "fault.server" : "fault.text", { text: text || String(status) });
}
