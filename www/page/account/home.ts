// What somebody sees who is signed in: the sections of the account, and for operators a view of all.
import { $ } from "../dom.js";
import { send } from "./api.js";
import { showCode } from "./code.js";
import { leave } from "./errand.js";
import { trying } from "./fill.js";
import { showKeys } from "./keys.js";
import { showPlan } from "./plan.js";
import { showSecret } from "./secret.js";
import { showSelf } from "./self.js";
import { account, onAccount } from "./session.js";
import { showTasks } from "./tasks.js";
import type { Offer } from "./types.js";
import { showUse } from "./use.js";

let wired: Promise<unknown> | undefined;
let operated: Promise<void> | undefined;
/** The view that was asked for last. */
let wanted: "own" | "operator" = "own";

/** Shows a view; the sections are wired once. */
export async function showHome(view: "own" | "operator", offer: Offer): Promise<void> {
  const admin = account()?.admin ?? false;
  const all = admin && view === "operator";
  wanted = view;
  // Before it can be seen: a form that nobody listens to would leave the page.
  if (all) await (operated ??= import(/* webpackChunkName: "account-operator" */ "./operator.js").then(({ showOperator }) => void showOperator()));
  if (view !== wanted) return;
  $("views").hidden = !admin;
  for (const link of $("views").querySelectorAll("a")) link.setAttribute("aria-current", link.hash === (all ? "#operator" : "#own") ? "page" : "false");
  $("home").hidden = all;
  $("operator").hidden = !all;
  wired ??= wire(offer);
  await wired;
}

function wire(offer: Offer): Promise<unknown> {
  onAccount(({ email }) => {
    $("home-email").textContent = email;
  });
  $("sign-out").addEventListener("click", () =>
    trying("api-said", async () => {
      await send("POST", "api/auth/logout");
      leave("out");
    }),
  );
  showSecret();
  showCode();
  showUse();
  showPlan();
  showSelf(offer);
  return Promise.all([showKeys(), showTasks()]);
}
