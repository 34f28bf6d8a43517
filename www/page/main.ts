// The page starts here: the form at once, catalogue and map when there is time.
import "./css/palette.css";
import "./css/elements.css";
import "./css/header.css";
import "./css/frame.css";
import "./css/fields.css";
import "./css/panels.css";
import "./css/bar.css";
import "./css/stage.css";
import "./css/chooser.css";
import "./css/layouts.css";
import { offerAccount } from "./accounts.js";
import { act, offer } from "./actions.js";
import { recall } from "./answers.js";
import { showCopies } from "./copy.js";
import { showArea, undone } from "./area.js";
import { readyChooser } from "./chooser.js";
import { $ } from "./dom.js";
import { showDone } from "./done.js";
import { catalogue, prepare } from "./engine.js";
import { showExtras } from "./extras.js";
import { showFiles } from "./files.js";
import { loadProofs } from "./facts.js";
import { showFormats } from "./formats.js";
import { en } from "./i18n/en.js";
import { onLanguage, preferred, speak, t, teach } from "./i18n/index.js";
import { readyLanguages } from "./languages.js";
import { fetchKept, fromAddress, keepAddress } from "./link.js";
import { showLook } from "./look.js";
import { keepOffline } from "./offline.js";
import { showOptions } from "./options.js";
import { showPaper } from "./paper.js";
import { showParts } from "./part.js";
import { readyPanes } from "./panes.js";
import { showPlaced } from "./placed.js";
import { showPreview } from "./preview.js";
import { cancel, exportNow, needed, offerRuns } from "./run.js";
import { reopen, showSource } from "./source.js";
import { type Status, set, start, state } from "./state.js";
import { showStatus } from "./status.js";
import { readyTheme } from "./theme.js";
import page from "./page.json";

teach({ en, ru: () => import("./i18n/ru.js").then(({ ru, names }) => ({ words: ru, names })) });

const { box, shape, settings, source } = fromAddress();
start({
  box,
  shape,
  overlays: [],
  target: undefined,
  place: undefined,
  seen: { lon: page.view.center[0] ?? 0, lat: page.view.center[1] ?? 0 },
  settings: { format: page.favourites[0] ?? "svg", options: {}, ...settings },
  source,
  info: undefined,
  counted: undefined,
  frame: undefined,
  preview: undefined,
  part: undefined,
  server: page.overpass[0] ?? "",
  status: { kind: "idle" },
  files: [],
  view: "both",
  pane: "area",
  steps: 0,
});

void begin();

/** The form first, in turns: no task is long enough to be felt. */
async function begin(): Promise<void> {
  const keptCame = fetchKept();
  readyTheme($("theme"));
  readyPanes();
  showStatus();
  offerRuns(page.overpass);
  offer("cancel", cancel);
  keys();
  await turn();
  showArea(page.overpass);
  await turn();
  showExtras();
  showSource();
  await turn();
  const formatsCame = showFormats(page.favourites);
  await turn();
  const lookCame = showLook();
  const papersCame = showPaper();
  const optionsCame = showOptions();
  await turn();
  languages();
  await speak(preferred(page.language));
  performance.mark("usable");
  document.documentElement.dataset["usable"] = "true";
  await turn();
  readyChooser();
  showFiles();
  showDone();
  await turn();
  showCopies();
  showPreview();
  showPlaced();
  await turn();
  showParts();
  views();
  keepAddress();
  const missing = await keptCame;
  const died = crashed();
  void recall();
  await idle();
  const map = import("./map.js").then(({ showMap }) => showMap());
  const exporter = await catalogue();
  lookCame(exporter);
  await turn();
  papersCame(exporter.papers);
  void loadProofs().then((answer) => {
    formatsCame();
    return offerAccount(answer);
  });
  formatsCame();
  await turn();
  optionsCame();
  set({ settings: { ...state().settings } }, false);
  await map;
  if (!died) await back(missing);
  prepare();
  void keepOffline();
  document.documentElement.dataset["ready"] = "true";
}

/** Lets others have a turn. */
function turn(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Waits until nothing else is to do, at most half a second. */
function idle(): Promise<unknown> {
  return new Promise((resolve) => ("requestIdleCallback" in window ? requestIdleCallback(resolve, { timeout: 500 }) : setTimeout(resolve, 50)));
}

/** Opens what the address names, and says what only the person can bring back. */
async function back(missing: Status | undefined): Promise<void> {
  if (state().source.kind === "lost") needed();
  else await reopen();
  if (missing) set({ status: missing });
}

/** A run that never ended took the tab with it: says so. */
function crashed(): boolean {
  const format = localStorage.getItem("running");
  if (!format) return false;
  localStorage.removeItem("running");
  const words = { key: "say.crashed", values: { format: format.toUpperCase() } } as const;
  set({ status: { kind: "fault", words, actions: ["less", "smaller", "cli"] } });
  return true;
}

function keys(): void {
  $("export").addEventListener("click", () => void exportNow());
  $("cancel").addEventListener("click", () => act("cancel"));
  window.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    const typing = (event.target as Element).matches("input[type=text], textarea");
    if (command && event.key === "Enter") void exportNow();
    else if (command && event.key.toLowerCase() === "z" && !event.shiftKey && !typing) undone();
    else return;
    event.preventDefault();
  });
  window.addEventListener("keydown", (event) => event.key === "Escape" && !document.querySelector("dialog[open]") && act("cancel"));
}

function views(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("input[name=view]")) {
    input.addEventListener("change", () => set({ view: input.value as "map" }));
  }
}

/** The language, and what is said of the hosts in it. */
function languages(): void {
  readyLanguages($("language"));
  const hosts = { overpass: new URL(page.overpass[0] ?? "").host, tiles: new URL(page.tiles.url.replace(/[{}]/g, "")).host };
  onLanguage(() => {
    $("promise").textContent = t("page.promise", hosts);
  });
}
