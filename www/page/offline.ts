// Offline after one visit: the service worker keeps the build; all of it on demand; a new version waits until the person reloads.
import { offer } from "./actions.js";
import { $ } from "./dom.js";
import { onLanguage, size, t } from "./i18n/index.js";
import { on, set, state } from "./state.js";

/** What offline.mjs writes about a build. */
interface Build {
  /** Bytes of what is kept only on demand. */
  later: number;
}

let build: Build | undefined;
let kept = false;

/** Starts the service worker where there can be one; the page does all its work without. */
export async function keepOffline(): Promise<void> {
  const workers = "serviceWorker" in navigator ? navigator.serviceWorker : undefined;
  try {
    const registration = await workers?.register(new URL("sw.js", document.baseURI));
    if (!workers || !registration) return;
    build = (await (await fetch(new URL("build.json", document.baseURI))).json()) as Build;
    kept = localStorage.getItem("offline") === "all";
    button();
    onLanguage(button);
    await workers.ready;
    $("offline-words").hidden = false;
    const told = () => registration.waiting && workers.controller && newVersion(registration.waiting);
    told();
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", told));
    $("offline-all").addEventListener("click", () => void all(registration));
  } catch {
    // Private windows and plain http have no service worker.
  }
}

function button(): void {
  $("offline-all").hidden = kept;
  $("offline-all").textContent = t("offline.all", { size: size(build?.later ?? 0) });
  $("offline-words").textContent = t(kept ? "offline.kept" : "offline.ready");
}

async function all(registration: ServiceWorkerRegistration): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  $("offline-words").textContent = t("offline.loading");
  const good = await new Promise<boolean>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data === true);
    registration.active?.postMessage("all", [port2]);
  });
  kept = good;
  if (good) localStorage.setItem("offline", "all");
  button();
  $("polite").textContent = good ? t("offline.kept") : t("offline.failed");
  if (!good) $("offline-words").textContent = t("offline.failed");
}

/** Said once nothing runs. */
function newVersion(waiting: ServiceWorker): void {
  offer("reload", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("now");
  });
  let said = false;
  on(["status"], () => {
    const { kind } = state().status;
    if (said || kind === "busy" || kind === "ask" || kind === "fault") return;
    said = true;
    set({ status: { kind: "done", words: { key: "say.version" }, actions: ["reload"] } });
  });
}
