// One account for an operator: its tier, whether it goes on, its keys, its log.
import { el } from "../dom.js";
import { day, t } from "../i18n/index.js";
import { send } from "./api.js";
import { ask } from "./ask.js";
import { tell, trying } from "./fill.js";
import { deeds } from "./log.js";
import type { Key, Tier, Whole } from "./types.js";

const TIERS: readonly Tier[] = ["free", "basic", "pro", "enterprise"];

/** All of it; `changed` has it told anew. */
export function whole(person: Whole, changed: () => void): HTMLElement {
  const { id, email, tier, keys, log, disabled_at } = person;
  const select = el("select", { id: `tier-${id}` }, ...TIERS.map((each) => el("option", { value: each, selected: each === tier }, each)));
  const change = (body: object, done: () => string) =>
    trying("people-said", async () => {
      await send("POST", `api/admin/accounts/${id}`, body);
      changed();
      tell("people-said", done);
    });
  const set = (chosen: string) => change({ tier: chosen }, () => t("op.tier.done", { tier: chosen }));
  const stop = () =>
    ask({
      title: t("op.stop.title", { email }),
      words: t("op.stop.words"),
      yes: t("op.stop"),
      run: async () => {
        await send("POST", `api/admin/accounts/${id}`, { disabled: true });
      },
    }).then((done) => {
      if (!done) return;
      changed();
      tell("people-said", () => t("op.stop.done"));
    });
  const stopped = disabled_at !== null;
  return el(
    "div",
    { className: "whole" },
    el(
      "div",
      { className: "line" },
      el("div", { className: "field" }, el("label", { for: `tier-${id}` }, t("op.tier", { email })), select),
      el("button", { type: "button", className: "small", id: `tier-${id}-set`, onclick: () => void set(select.value) }, t("op.tier.set")),
      stopped
        ? el("button", { type: "button", className: "small", id: `person-${id}-halt`, onclick: () => void change({ disabled: false }, () => t("op.go.done")) }, t("op.go"))
        : el("button", { type: "button", className: "small danger", id: `person-${id}-halt`, onclick: () => void stop() }, t("op.stop")),
    ),
    el("h3", {}, t("op.keys")),
    el("ul", { className: "rows" }, ...(keys.length > 0 ? keys.map((key) => row(key, person, changed)) : [el("li", { className: "hint" }, t("page.none"))])),
    el("h3", {}, t("op.log")),
    el("ol", { className: "deeds" }, ...deeds(log, "other")),
  );
}

function row(key: Key, { email }: Whole, changed: () => void): HTMLElement {
  const name = key.name || t("keys.nameless");
  const stop = () =>
    ask({
      title: t("op.key.stop.title", { name }),
      words: t("op.key.stop.words", { shown: key.shown, email }),
      yes: t("op.key.stop"),
      run: () => send<void>("DELETE", `api/admin/keys/${key.id}`),
    }).then((done) => done && changed());
  const label = t("keys.of", { act: t("op.key.stop"), name });
  return el(
    "li",
    { className: "key" },
    el("strong", {}, name),
    el("span", { className: "muted" }, el("code", {}, `${key.shown}…`), " · ", t("keys.made", { day: day(key.created_at) }), key.revoked_at !== null && `, ${t("op.key.stopped", { day: day(key.revoked_at) })}`),
    key.revoked_at === null && el("span", { className: "tools" }, el("button", { type: "button", className: "small danger", id: `op-key-${key.id}-stop`, "aria-label": label, onclick: () => void stop() }, t("op.key.stop"))),
  );
}
