// The service worker: keeps this build's files, so that the page works without a network after one visit. Only files of the build,
// only from the own origin, only GET; never /api, tiles or Overpass. offline.mjs puts BUILD before it and makes it one plain script.
declare const BUILD: { readonly id: string; readonly first: readonly string[]; readonly later: readonly string[] };

const worker = self as unknown as ServiceWorkerGlobalScope;
const CACHE = `mapwright ${BUILD.id}`;
const known = new Set([...BUILD.first, ...BUILD.later]);

const address = (name: string) => new URL(name, worker.registration.scope).href;
/** What a page of one's own server may answer differently each time. */
const fresh = new Set(["sources.json"]);

worker.addEventListener("install", (event) => {
  event.waitUntil(keep(BUILD.first));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith("mapwright ") && name !== CACHE) await caches.delete(name);
      await worker.clients.claim();
    })(),
  );
});

worker.addEventListener("message", (event: ExtendableMessageEvent) => {
  const { data, ports } = event;
  if (data === "now") void worker.skipWaiting();
  if (data === "all") event.waitUntil(keep(BUILD.later).then(() => ports[0]?.postMessage(true), () => ports[0]?.postMessage(false)));
});

worker.addEventListener("fetch", (event) => {
  const name = fileOf(event.request);
  if (name === undefined) return;
  event.respondWith(fresh.has(name) ? newest(event.request, name) : kept(event.request, name));
});

/** The file of the build that a request asks for. */
function fileOf({ method, url }: Request): string | undefined {
  const { scope } = worker.registration;
  const plain = url.replace(/[?#].*$/, "");
  if (method !== "GET" || !plain.startsWith(scope)) return undefined;
  const name = plain.slice(scope.length) || "index.html";
  return known.has(name) ? name : undefined;
}

async function kept(request: Request, name: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  const found = await cache.match(address(name));
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok && answer.status === 200) await cache.put(address(name), answer.clone()).catch(() => undefined);
  return answer;
}

async function newest(request: Request, name: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    return await fetch(request);
  } catch (fault) {
    const found = await cache.match(address(name));
    if (found) return found;
    throw fault;
  }
}

async function keep(names: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  const there = new Set((await cache.keys()).map(({ url }) => url));
  const missing = names.map(address).filter((url) => !there.has(url));
  await Promise.all(missing.map(async (url) => {
    const answer = await fetch(new Request(url, { cache: "no-cache" }));
    if (!answer.ok) throw new Error(`${url}: status ${answer.status}`);
    await cache.put(url, answer);
  }));
}
