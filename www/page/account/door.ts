// The way in: sign in, sign up, another password. Only what the server offers is shown.
import { $, el } from "../dom.js";
import { type Words, say, t } from "../i18n/index.js";
import { Refusal, at, send } from "./api.js";
import { tell } from "./fill.js";
import { clear, ready } from "./forms.js";
import type { Offer } from "./types.js";

export type Form = "in" | "up" | "letter" | "set" | "sent";

const FORMS: readonly Form[] = ["in", "up", "letter", "set", "sent"];

/** What goes on elsewhere. */
export interface Ways {
  /** Somebody has signed in. */
  entered: () => Promise<void>;
  /** The account of an address has another password, and no session. */
  renewed: (email: string) => void;
}

/** The secret of a letter that sets another password. */
let secret = "";

/** Wires the forms once. */
export function readyDoor(offer: Offer, { entered, renewed }: Ways): void {
  $("in-form").hidden = !offer.email;
  $("in-nobody").hidden = offer.email || offer.providers.length > 0;
  $("in-other").hidden = !offer.email || !offer.sign_up;
  providers(offer.providers, offer.email);
  for (const button of document.querySelectorAll<HTMLElement>("[data-go]")) button.addEventListener("click", () => go(button.dataset["go"] as Form));
  ready($("in-form"), async ({ email = "", password = "" }) => {
    try {
      await send("POST", "api/auth/login", { email, password });
    } catch (fault) {
      if (!(fault instanceof Refusal) || fault.code !== "unverified") throw fault;
      return posted({ key: "auth.sent.unverified", values: { email } });
    }
    await entered();
    empty();
  });
  ready($("up-form"), async ({ email = "", password = "" }) => {
    await send("POST", "api/auth/register", { email, password });
    posted({ key: "auth.sent.up", values: { email: email.trim() } });
  });
  ready($("letter-form"), async ({ email = "" }) => {
    await send("POST", "api/auth/reset", { email });
    posted({ key: "auth.sent.reset", values: { email: email.trim() } });
  });
  ready($("set-form"), async ({ password = "" }) => {
    try {
      const { email } = await send<{ email: string }>("POST", "api/auth/reset", { token: secret, password });
      secret = "";
      empty();
      renewed(email);
    } catch (fault) {
      $("set-again").hidden = !(fault instanceof Refusal) || fault.code !== "letter";
      throw fault;
    }
  });
}

/** Has another password set with the secret of a letter. */
export function setAnew(token: string): void {
  secret = token;
  $("set-again").hidden = true;
  go("set");
}

/** Shows one form; undefined shows none. The address that was typed goes along, and the focus unless nobody has done anything yet. */
export function go(form: Form | undefined, email = typed(), moved = true): void {
  for (const each of FORMS) $(`door-${each}`).hidden = each !== form;
  if (!form) return;
  const own = document.getElementById(`${form}-form`);
  if (own instanceof HTMLFormElement) clear(own);
  const input = document.getElementById(`${form}-email`);
  if (input instanceof HTMLInputElement && email) input.value = email;
  if (!moved) return;
  const first = [...$(`door-${form}`).querySelectorAll("input")].find(({ value }) => value === "");
  (first?.checkVisibility() ? first : $(`${form}-title`)).focus();
}

/** The address in the form that is shown. */
function typed(): string {
  const form = FORMS.find((each) => !$(`door-${each}`).hidden);
  const input = document.getElementById(`${form ?? ""}-email`);
  return input instanceof HTMLInputElement ? input.value : "";
}

/** A letter is on its way. */
function posted(words: Words): void {
  tell("sent-words", () => say(words));
  tell("notice");
  const email = typed();
  empty();
  go("sent");
  $<HTMLInputElement>("in-email").value = email;
}

/** Passwords stay in no form. */
function empty(): void {
  for (const form of ["in", "up", "letter", "set"]) {
    $<HTMLFormElement>(`${form}-form`).reset();
    clear($(`${form}-form`));
  }
}

function providers(names: readonly string[], email: boolean): void {
  const link = (name: "github" | "google") => el("a", { className: "button", href: at(`api/auth/oauth/${name}`), "data-t": `auth.${name}` }, t(`auth.${name}`));
  for (const box of document.querySelectorAll(".providers")) {
    const links = names.filter((name) => name === "github" || name === "google").map(link);
    if (email && links.length > 0) box.append(el("p", { className: "or", "data-t": "auth.or" }, t("auth.or")));
    box.append(...links);
  }
}
