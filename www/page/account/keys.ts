// The keys of the account: made, named, renewed, revoked.
import { $, el } from "../dom.js";
import { day, onLanguage, t } from "../i18n/index.js";
import { get, send } from "./api.js";
import { ask } from "./ask.js";
import { refill, tell, trying } from "./fill.js";
import { ready } from "./forms.js";
import { reveal } from "./secret.js";
import type { Key, NewKey } from "./types.js";

let keys: readonly Key[] = [];
/** The one whose name is being changed. */
let renamed: Key | undefined;

/** Shows the keys from now on. */
export async function showKeys(): Promise<void> {
  ready($("key-form"), async ({ name = "" }) => {
    tell("api-said");
    const made = await send<NewKey>("POST", "api/keys", { name });
    $<HTMLFormElement>("key-form").reset();
    await load();
    reveal(made);
  });
  onLanguage(list);
  await trying("api-said", load);
}

async function load(): Promise<void> {
  ({ keys } = await get<{ keys: readonly Key[] }>("api/keys"));
  list();
}

function list(): void {
  $("keys-none").hidden = keys.length > 0;
  refill($("keys"), keys.map((key) => (key === renamed ? naming(key) : row(key))), "api-title");
}

const called = (key: Key): string => key.name || t("keys.nameless");

function row(key: Key): HTMLElement {
  const act = (id: string, words: string, run: () => void, danger = false) =>
    el("button", { type: "button", id: `key-${key.id}-${id}`, className: danger ? "small danger" : "small", "aria-label": t("keys.of", { act: words, name: called(key) }), onclick: run }, words);
  return el(
    "li",
    { className: "key" },
    el("strong", {}, called(key)),
    el("span", { className: "muted" }, el("code", {}, `${key.shown}…`), " · ", t("keys.made", { day: day(key.created_at) })),
    el(
      "span",
      { className: "tools" },
      act("rename", t("keys.rename"), () => {
        renamed = key;
        list();
        $<HTMLInputElement>("rename").select();
      }),
      act("rotate", t("keys.rotate"), () => void rotate(key)),
      act("revoke", t("keys.revoke"), () => void revoke(key), true),
    ),
  );
}

/** The row of a key whose name is being changed. */
function naming(key: Key): HTMLElement {
  const input = el("input", { type: "text", id: "rename", name: "name", maxLength: 100, value: key.name, autocomplete: "off", "aria-describedby": "rename-error" });
  const done = () => {
    renamed = undefined;
    list();
    $(`key-${key.id}-rename`).focus();
  };
  const form = el(
    "form",
    { className: "line", noValidate: true },
    el("div", { className: "field" }, el("label", { for: "rename" }, t("keys.rename.label")), input, el("p", { className: "error", id: "rename-error", hidden: true })),
    el("button", { type: "submit", className: "small" }, t("keys.rename.save")),
    el("button", { type: "button", className: "small", onclick: done }, t("run.cancel")),
    el("p", { className: "error", role: "alert" }),
  );
  form.addEventListener("keydown", ({ key: pressed }) => pressed === "Escape" && done());
  ready(form, async ({ name = "" }) => {
    await send("POST", `api/keys/${key.id}`, { name });
    await load();
    done();
    tell("api-said", () => t("keys.renamed"));
  });
  return el("li", {}, form);
}

async function rotate(key: Key): Promise<void> {
  let made: NewKey | undefined;
  const run = async () => {
    made = await send<NewKey>("POST", `api/keys/${key.id}/rotate`);
  };
  const words = t("keys.rotate.words", { shown: key.shown });
  if (!(await ask({ title: t("keys.rotate.title", { name: called(key) }), words, yes: t("keys.rotate"), run }))) return;
  reveal(made);
  await trying("api-said", load);
}

async function revoke(key: Key): Promise<void> {
  const run = () => send<void>("DELETE", `api/keys/${key.id}`);
  const words = t("keys.revoke.words", { shown: key.shown });
  if (!(await ask({ title: t("keys.revoke.title", { name: called(key) }), words, yes: t("keys.revoke"), run }))) return;
  reveal(undefined);
  await trying("api-said", load);
  $("api-title").focus();
  tell("api-said", () => t("keys.revoked"));
}
