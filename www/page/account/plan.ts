// The plan: what the account may, and how it may more.
import { $, el } from "../dom.js";
import { ground, number, onLanguage, t } from "../i18n/index.js";
import { account, onAccount } from "./session.js";

/** Shows it from now on. */
export function showPlan(): void {
  onAccount(show);
  onLanguage(show);
}

function show(): void {
  const known = account();
  if (!known) return;
  const { tier, limit, square_km, plans } = known;
  const rows: [string, string | Node][] = [
    [t("plan.tier"), tier],
    [t("plan.day"), limit === null ? t("plan.endless") : number(limit)],
    [t("plan.area"), t("plan.upto", { area: ground(square_km) })],
  ];
  if (plans.trim()) rows.push([t("plan.more"), linked(plans.trim())]);
  $("plan-facts").replaceChildren(...pairs(rows));
}

/** Names and what they are, for a list of facts. */
export const pairs = (rows: readonly (readonly [string, string | Node])[]): Node[] => rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);

/** A text; an address of the web or of e-mail leads there. */
function linked(text: string): string | Node {
  const address = /^(https?:\/\/|mailto:)\S+$/.test(text) && URL.canParse(text);
  return address ? el("a", { href: text, rel: "noreferrer" }, text.replace(/^mailto:/, "")) : text;
}
