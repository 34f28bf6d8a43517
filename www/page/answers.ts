// Answers of Overpass are kept, here and in the browser's private files: no format, style, smaller area or later visit asks twice.
import { type Box, holds } from "./box.js";

/** A whole answer and the ground it covers. */
export interface Answer {
  server: string;
  box: Box;
  /** The relation whose rings were asked for besides. */
  relation?: number | undefined;
  blob: Blob;
  /** When it came, milliseconds since 1970: its name among the files. */
  at: number;
}

/** How many are kept, and how many bytes of them. */
const NEWEST = 3;
const BYTES = 300e6;
const FOLDER = "answers";

let kept: readonly Answer[] = [];

/** The newest answer that covers `box` and holds the rings of `relation`. */
export const covering = (box: Box, relation?: number): Answer | undefined =>
  kept.find((answer) => holds(answer.box, box) && (relation === undefined || answer.relation === relation));

/** The newest answer. */
export const last = (): Answer | undefined => kept[0];

/** Keeps an answer; the oldest make room. */
export function keep(answer: Answer): void {
  let bytes = 0;
  kept = [answer, ...kept].filter(({ blob }, row) => {
    bytes += blob.size;
    return row === 0 || (row < NEWEST && bytes <= BYTES);
  });
}

/** Forgets an answer that turned out to be no whole data. */
export function drop(blob: Blob): void {
  kept = kept.filter((answer) => answer.blob !== blob);
}

let recalled: Promise<void> | undefined;

/** Reads, once, what earlier visits kept. Browsers without private files, or with none to spare, keep nothing. */
export function recall(): Promise<void> {
  recalled ??= quietly(async (folder) => {
    const found: Answer[] = [];
    for await (const [name, handle] of folder.entries()) {
      if (!name.endsWith(".json")) continue;
      const about = JSON.parse(await (await (handle as FileSystemFileHandle).getFile()).text()) as Omit<Answer, "blob">;
      const data = await folder.getFileHandle(`${about.at}.osm`);
      found.push({ ...about, blob: await data.getFile() });
    }
    for (const answer of found.sort((a, b) => a.at - b.at)) keep(answer);
  });
  return recalled;
}

/** Writes an answer that proved whole, and takes away those that are kept no more. */
export async function store(blob: Blob): Promise<void> {
  const answer = kept.find((each) => each.blob === blob);
  if (!answer) return;
  const { at, box, relation, server } = answer;
  await quietly(async (folder) => {
    const names = new Set(kept.flatMap((each) => [`${each.at}.osm`, `${each.at}.json`]));
    for await (const name of folder.keys()) if (!names.has(name)) await folder.removeEntry(name);
    await write(folder, `${at}.osm`, blob);
    // Last: what has no description does not exist.
    await write(folder, `${at}.json`, JSON.stringify({ at, box, relation, server }));
  });
}

async function write(folder: FileSystemDirectoryHandle, name: string, content: Blob | string): Promise<void> {
  const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await file.write(content);
  await file.close();
}

async function quietly(work: (folder: FileSystemDirectoryHandle) => Promise<void>): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory();
    await work(await root.getDirectoryHandle(FOLDER, { create: true }));
  } catch {
    // Keeping is a kindness; without it the next visit asks again.
  }
}
