// The account itself: its address, how one signs in, all data, the log, the end.
import { $ } from "../dom.js";
import { day, onLanguage, t } from "../i18n/index.js";
import { get, send } from "./api.js";
import { ask } from "./ask.js";
import { leave } from "./errand.js";
import { refill, tell, trying } from "./fill.js";
import { deeds } from "./log.js";
import { pairs } from "./plan.js";
import { account, onAccount } from "./session.js";
import type { Deed, Offer } from "./types.js";

const WAYS: Readonly<Record<string, string>> = { github: "GitHub", google: "Google" };

let log: readonly Deed[] = [];

/** Shows it from now on. */
export function showSelf(offer: Offer): void {
  onAccount(show);
  onLanguage(() => {
    show();
    refill($("self-deeds"), deeds(log, "own"));
  });
  $("self-password").hidden = !offer.email;
  $("self-password").addEventListener("click", () => void another());
  $("self-delete").addEventListener("click", () => void end());
  $<HTMLDetailsElement>("self-log").addEventListener("toggle", () => void told());
}

function show(): void {
  const known = account();
  if (!known) return;
  const ways = [...(known.password ? [t("self.way.password")] : []), ...known.providers.map((name) => WAYS[name] ?? name)];
  $("self-facts").replaceChildren(...pairs([[t("auth.email"), known.email], [t("self.ways"), ways.join(", ")], [t("self.since"), day(known.created_at)]]));
}

/** A letter with a link to another password. */
async function another(): Promise<void> {
  const email = account()?.email ?? "";
  await trying("self-said", async () => {
    await send("POST", "api/auth/reset", { email });
    tell("self-said", () => t("self.password.sent", { email }));
  });
}

async function told(): Promise<void> {
  if (!$<HTMLDetailsElement>("self-log").open) return;
  await trying("self-said", async () => {
    ({ log } = await get<{ log: readonly Deed[] }>("api/account/log"));
    refill($("self-deeds"), deeds(log, "own"));
  });
}

async function end(): Promise<void> {
  const { password = true, email = "" } = account() ?? {};
  const field = password ? { name: "password" as const, label: t("self.delete.password") } : { name: "email" as const, label: t("self.delete.email", { email }) };
  const run = async (value: string) => {
    await send("DELETE", "api/account", { [field.name]: value });
    leave("deleted");
  };
  await ask({ title: t("self.delete.title"), words: t("self.delete.words"), yes: t("self.delete.yes"), field, run });
}
