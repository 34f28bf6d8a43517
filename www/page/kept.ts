// Files that a person laid over the map, areas and styles too large for an address: kept in this browser, named by what they hold.

const STORE = "files";
/** How many are kept. */
const MOST = 40;

/** A kept file. */
export interface Kept {
  id: string;
  name: string;
  text: string;
  at: number;
}

/** Keeps a text; its id is the same whenever the text is. */
export async function keep(name: string, text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const id = [...hash.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  await quietly(async (store) => {
    store("readwrite").put({ id, name, text, at: Date.now() } satisfies Kept);
    const all = await done<Kept[]>(store("readonly").getAll());
    const old = all.sort((a, b) => b.at - a.at).slice(MOST);
    for (const each of old) store("readwrite").delete(each.id);
  });
  return id;
}

/** The kept file; undefined where this browser has none of that id. */
export async function kept(id: string): Promise<Kept | undefined> {
  return quietly((store) => done<Kept | undefined>(store("readonly").get(id)));
}

type Open = (mode: IDBTransactionMode) => IDBObjectStore;

/** Browsers without a data base keep nothing. */
async function quietly<T>(work: (store: Open) => Promise<T>): Promise<T | undefined> {
  try {
    const request = indexedDB.open("mapwright", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    const base = await done<IDBDatabase>(request);
    const result = await work((mode) => base.transaction(STORE, mode).objectStore(STORE));
    base.close();
    return result;
  } catch {
    return undefined;
  }
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
