// The bar above the button: what goes on, how far it is, what can be done. One polite status; failures are alerts.
import { type ActionId, act } from "./actions.js";
import { $, el, icon } from "./dom.js";
import { type Key, type Words, onLanguage, say, t } from "./i18n/index.js";
import { type Status, on, set, state } from "./state.js";

/** Least time between two sentences of the polite status, ms. */
const PAUSE = 5000;

let said = 0;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Shows progress. */
export function busy(words: Words, fraction?: number, actions?: readonly ActionId[]): void {
  set({ status: { kind: "busy", words, ...(fraction !== undefined && { fraction }), ...(actions && { actions }) } });
}

/** Shows the state's status from now on. */
export function showStatus(): void {
  let stage = "";
  on(["status"], ({ status }) => {
    show(status);
    const now = status.kind === "busy" ? `busy ${status.words.key}` : JSON.stringify(status);
    if (now !== stage) announce(status);
    stage = now;
  });
  onLanguage(() => show(state().status));
  $("status-close").addEventListener("click", () => {
    act("cancel");
    set({ status: { kind: "idle" } });
    $("export").focus();
  });
}

function show(status: Status): void {
  const bar = $("bar");
  const held = bar.contains(document.activeElement) ? document.activeElement : undefined;
  bar.dataset["kind"] = status.kind;
  const running = status.kind === "busy";
  const words = status.kind === "idle" ? "" : sentence(status);
  $("now-icon").replaceChildren(...(SIGN[status.kind] ? [icon(SIGN[status.kind] ?? "")] : []));
  $("now-words").textContent = words;
  $("now").hidden = status.kind === "idle";
  $("status-close").hidden = running || status.kind === "idle";
  $("progress").hidden = !running;
  const progress = $<HTMLProgressElement>("progress");
  if (running && status.fraction !== undefined) progress.value = status.fraction;
  else progress.removeAttribute("value");
  $("cancel").hidden = !running;
  $("export").hidden = running;
  buttons("actions" in status ? (status.actions ?? []) : []);
  // A button that goes away hands the focus on to the one that is there now.
  if (held && !held.checkVisibility()) (running ? $("cancel") : $("export")).focus();
}

const SIGN: Partial<Record<Status["kind"], string>> = { ask: "info", fault: "circle-alert", done: "check" };

/** Deeds that are known by their signs where room is little. */
const ICONS: Partial<Record<ActionId, string>> = { save: "download", copy: "copy", share: "share-2" };

function sentence(status: Exclude<Status, { kind: "idle" }>): string {
  const words = say(status.words);
  if (status.kind !== "busy" || status.fraction === undefined) return words;
  return t("say.percent", { words, percent: Math.round(status.fraction * 100) });
}

/** Buttons stay the same elements while their actions do: focus is not lost. */
function buttons(actions: readonly ActionId[]): void {
  const box = $("actions");
  const wanted = `${actions.join()} ${document.documentElement.lang}`;
  if (box.dataset["shown"] === wanted) return;
  box.dataset["shown"] = wanted;
  box.hidden = actions.length === 0;
  box.replaceChildren(
    ...actions.map((id) => {
      const [words, sign] = [t(`do.${id}` as Key), ICONS[id]];
      const button = el("button", { type: "button", className: "small", id: `do-${id}`, onclick: () => act(id) }, ...(sign ? [icon(sign), el("span", {}, words)] : [words]));
      if (sign) button.title = words;
      return button;
    }),
  );
}

function announce(status: Status): void {
  $("alert").textContent = status.kind === "fault" || status.kind === "ask" ? say(status.words) : "";
  clearTimeout(waiting);
  if (status.kind !== "busy" && status.kind !== "done") return;
  const pause = status.kind === "done" ? 0 : Math.max(0, said + PAUSE - performance.now());
  waiting = setTimeout(() => {
    said = performance.now();
    $("polite").textContent = say(status.words);
  }, pause);
}
