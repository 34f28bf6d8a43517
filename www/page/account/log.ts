// What was done with accounts, as a list.
import { el } from "../dom.js";
import { type Key, moment, t } from "../i18n/index.js";
import type { Deed } from "./types.js";

const EVENTS: Readonly<Record<string, Key>> = {
  sign_up: "log.sign_up",
  verified: "log.verified",
  sign_in: "log.sign_in",
  sign_in_github: "log.sign_in_github",
  sign_in_google: "log.sign_in_google",
  sign_out: "log.sign_out",
  password_set: "log.password_set",
  key_created: "log.key_created",
  key_renamed: "log.key_renamed",
  key_rotated: "log.key_rotated",
  key_revoked: "log.key_revoked",
  tier_set: "log.tier_set",
  role_set: "log.role_set",
  disabled: "log.disabled",
  enabled: "log.enabled",
  account_deleted: "log.account_deleted",
};

/** Whose log it is: one's own, another's, or that of all. */
export type Whose = "own" | "other" | "all";

/** The rows of a log. */
export function deeds(log: readonly Deed[], whose: Whose): Node[] {
  if (log.length === 0) return [el("li", { className: "hint" }, t("log.none"))];
  return log.map((deed) => {
    const { at, event, detail, account, actor } = deed;
    const key = EVENTS[event];
    // The beginning of a key goes on; a key that was revoked is told by its row.
    const about = event === "key_created" || event === "key_rotated" ? `${detail}…` : event === "key_revoked" ? `#${detail}` : detail;
    const by = [whose === "all" && account !== null && actor !== `account ${account}` ? t("log.at", { id: String(account) }) : "", who(actor, account, whose)];
    return el(
      "li",
      {},
      el("time", { dateTime: at }, moment(at)),
      el("span", {}, key ? t(key) : event, about ? " " : "", about ? el("code", {}, about) : undefined),
      el("span", { className: "muted" }, by.filter(Boolean).join(", ")),
    );
  });
}

function who(actor: string, account: number | null, whose: Whose): string {
  const [, id] = /^account (\d+)$/.exec(actor) ?? [];
  if (actor === "operator") return t("log.by.operator");
  if (!id) return actor;
  return whose === "own" ? t(id === String(account) ? "log.by.you" : "log.by.operator") : t("log.by.account", { id });
}
