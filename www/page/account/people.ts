// People, found by a part of their address, page by page; each unfolds.
import { $, el, icon } from "../dom.js";
import { day, onLanguage, t } from "../i18n/index.js";
import { get } from "./api.js";
import { refill, trying } from "./fill.js";
import { ready } from "./forms.js";
import { whole } from "./person.js";
import type { Person, Whole } from "./types.js";

/** Rows of a page of the server. */
const ROWS = 50;

let people: readonly Person[] = [];
let search = "";
let more = false;
/** The one that is unfolded. */
let open: Whole | undefined;
let changed: () => void = () => undefined;
/** Counts what was asked: an answer to an earlier question comes too late. */
let asks = 0;

/** Shows them from now on; calls `listener` when one was changed. */
export async function showPeople(listener: () => void): Promise<void> {
  changed = listener;
  ready($("people-form"), async (values) => {
    search = values["search"]?.trim() ?? "";
    open = undefined;
    people = [];
    await load();
  });
  $("people-more").addEventListener("click", () => void load());
  onLanguage(list);
  await load();
}

/** The next page. */
async function load(): Promise<void> {
  await trying("people-said", async () => {
    const mine = (asks += 1);
    const before = people.at(-1)?.id;
    const asked = new URLSearchParams({ ...(search && { search }), ...(before !== undefined && { before: String(before) }) });
    const { accounts } = await get<{ accounts: readonly Person[] }>(`api/admin/accounts?${asked}`);
    if (mine !== asks) return;
    people = [...people, ...accounts];
    more = accounts.length === ROWS;
    list();
  });
}

function list(): void {
  $("people-more").hidden = !more;
  const rows = people.map(row);
  refill($("people"), rows.length > 0 ? rows : [el("li", { className: "hint" }, t("op.people.none"))], "people-title");
}

function row(person: Person): HTMLElement {
  const unfolded = open?.id === person.id;
  const turn = icon("chevron-right");
  turn.classList.add("turn");
  const id = `person-${person.id}`;
  const button = el("button", { type: "button", className: "fold", id, "aria-expanded": unfolded, "aria-controls": `${id}-whole`, onclick: () => void toggle(person) }, turn, el("span", {}, person.email));
  const flag = (is: boolean, key: "op.admin" | "op.stopped" | "op.unconfirmed") => is && el("span", { className: "flag-word" }, t(key));
  return el(
    "li",
    { className: "person" },
    button,
    el("span", { className: "flags" }, flag(person.admin, "op.admin"), flag(person.disabled_at !== null, "op.stopped"), flag(!person.verified, "op.unconfirmed")),
    el("span", { className: "muted" }, [person.tier, t("op.today", { n: person.exports }), t("op.since", { day: day(person.created_at) })].join(" · ")),
    el("div", { id: `${id}-whole`, hidden: !unfolded }, unfolded && open !== undefined && whole(open, () => void again(person.id))),
  );
}

async function toggle(person: Person): Promise<void> {
  const folded = open?.id === person.id;
  open = undefined;
  if (!folded) await again(person.id, false);
  else list();
}

/** Asks for one again, after it was changed. */
async function again(id: number, told = true): Promise<void> {
  await trying("people-said", async () => {
    open = await get<Whole>(`api/admin/accounts/${id}`);
    const fresh = open;
    people = people.map((person) => (person.id === id ? fresh : person));
    list();
  });
  if (told) changed();
}
