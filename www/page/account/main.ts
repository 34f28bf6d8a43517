// The page of accounts starts here: who is there decides what is shown.
import "../css/palette.css";
import "../css/elements.css";
import "../css/header.css";
import "../css/fields.css";
import "../css/account.css";
import "../css/lists.css";
import { $ } from "../dom.js";
import { enAccount } from "../i18n/en.account.js";
import { type Key, type Words, preferred, say, speak, t, teach } from "../i18n/index.js";
import { readyLanguages } from "../languages.js";
import page from "../page.json";
import { readyTheme } from "../theme.js";
import { Refusal, get, onEnd, send } from "./api.js";
import { readyAsk } from "./ask.js";
import { type Form, go, readyDoor, setAnew } from "./door.js";
import { type Errand, errand, leave } from "./errand.js";
import { readyWords, tell } from "./fill.js";
import { showHome } from "./home.js";
import { account, refresh } from "./session.js";
import type { Offer } from "./types.js";

teach({ en: enAccount, ru: () => import(/* webpackChunkName: "account-ru" */ "../i18n/ru.account.js").then(({ ruAccount }) => ({ words: ruAccount })) });
void begin();

async function begin(): Promise<void> {
  // Before anything else: what the address holds may be a secret.
  const wanted = errand();
  readyTheme($("theme"));
  readyLanguages($("language"));
  readyWords();
  readyAsk();
  await speak(preferred(page.language));
  const offer = await get<Offer>("api/auth").catch((fault: unknown) => Refusal.from(fault));
  $("wait").hidden = true;
  if (offer instanceof Refusal || !offer.accounts) closed(offer instanceof Refusal && offer.code === "offline" ? "closed.away" : "closed.words");
  else await open(offer, wanted);
  document.documentElement.dataset["ready"] = "true";
}

/** No accounts here, or nobody answers. */
function closed(key: Key): void {
  $("closed").hidden = false;
  tell("closed-words", () => t(key));
}

async function open(offer: Offer, wanted: Errand): Promise<void> {
  readyDoor(offer, { entered, renewed });
  onEnd(() => account() && leave("over"));
  await refresh().catch(() => undefined);
  window.addEventListener("hashchange", () => {
    const next = errand();
    if (next.kind !== "place") void run(next, offer);
  });
  await run(wanted, offer);

  async function entered(): Promise<void> {
    tell("notice");
    await refresh();
    await home("own", offer);
    $("home-title").focus();
  }
}

/** Another password ends all sessions, also the one that is here. */
function renewed(email: string): void {
  if (account()) return leave("password");
  door("in", email);
  tell("notice", () => t("notice.password"));
}

/** Does what the address asks for. */
async function run(wanted: Errand, offer: Offer): Promise<void> {
  switch (wanted.kind) {
    case "verify":
      return verify(wanted.token, offer);
    case "reset":
      door("set");
      return setAnew(wanted.token);
    case "failed":
      return arrive({ key: FAILED[wanted.why] ?? "notice.provider" }, offer, "", true);
    case "ended":
      return arrive({ key: ENDED[wanted.how] ?? "notice.out" }, offer);
    default:
      return account() ? home(wanted.kind === "operator" ? "operator" : "own", offer) : door("in", undefined, false);
  }
}

const FAILED: Readonly<Record<string, Key>> = { stale: "notice.stale", provider: "notice.provider", no_sign_up: "notice.no_sign_up", disabled: "notice.disabled" };
const ENDED: Readonly<Record<string, Key>> = { out: "notice.out", over: "notice.over", deleted: "notice.deleted", password: "notice.password" };

async function verify(token: string, offer: Offer): Promise<void> {
  try {
    const { email } = await send<{ email: string }>("POST", "api/auth/verify", { token });
    await arrive({ key: "notice.verified", values: { email } }, offer, email);
  } catch (fault) {
    await arrive({ key: Refusal.from(fault).code === "letter" ? "fault.letter" : "closed.away" }, offer, "", true);
  }
}

/** Home for who is signed in, else the door; with a sentence. */
async function arrive(words: Words, offer: Offer, email = "", wrong = false): Promise<void> {
  if (account()) await home("own", offer);
  else door("in", email);
  $("notice").classList.toggle("wrong", wrong);
  tell("notice", () => say(words));
}

function door(form: Form, email?: string, moved = true): void {
  for (const id of ["home", "operator", "views"]) $(id).hidden = true;
  go(form, email, moved);
}

async function home(view: "own" | "operator", offer: Offer): Promise<void> {
  go(undefined);
  await showHome(view, offer);
}
