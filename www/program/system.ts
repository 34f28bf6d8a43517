// Files of this machine, and what its system says when something fails.
import { createReadStream, openAsBlob } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { constants } from "node:os";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { getSystemErrorMap } from "node:util";
import { ExportError, type ExportFile, type Source } from "../api/direct.js";

/** As much of each end of a file as may say how it was made, bytes. */
const END = 1 << 20;

/** Where Node has other words than the system. */
const WORDS: Partial<Record<string, string>> = { EEXIST: "File exists", EISDIR: "Is a directory" };

/** A failure of the system in the words of the native command line. */
export function io(name: string, fault: unknown): ExportError {
  const { errno, message } = fault as NodeJS.ErrnoException;
  const [code = "", words = message] = (errno !== undefined && getSystemErrorMap().get(errno)) || [];
  const said = WORDS[code] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return new ExportError("io", `${name}: ${said}${code && ` (os error ${-Number(errno)})`}`);
}

/** Data to be read: a file, which is not held whole, or standard input. */
export async function source(path: string): Promise<Source> {
  if (path === "-") return Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>;
  try {
    const about = await stat(path);
    if (about.isDirectory()) throw Object.assign(new Error(), { errno: -constants.errno.EISDIR });
    // Pipes have no length.
    if (!about.isFile()) return Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
    return await openAsBlob(path);
  } catch (fault) {
    throw io(path, fault);
  }
}

/** The first and the last bytes of a file, or all of a small one. */
export async function ends(path: string): Promise<Blob> {
  try {
    await (await open(path)).close();
    const whole = await openAsBlob(path);
    const parts = whole.size > 2 * END ? [whole.slice(0, END), whole.slice(-END)] : [whole];
    return new Blob(await Promise.all(parts.map((part) => part.arrayBuffer())));
  } catch (fault) {
    throw io(path, fault);
  }
}

/** Prints to standard output and waits until it is taken; a closed pipe is no failure. */
export function print(bytes: Uint8Array | string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (fault) => {
      if (fault && (fault as NodeJS.ErrnoException).code !== "EPIPE") reject(io("standard output", fault));
      else resolve();
    });
  });
}

/** Where `-o` points. */
export type Target = { kind: "stdout" } | { kind: "file"; path: string } | { kind: "folder"; path: string };

/** Decides by path and number of files. */
export async function target(path: string, files: number): Promise<Target> {
  const about = await stat(path).catch(() => undefined);
  const single = (what: string) => new ExportError("bad_request", `output: ${files} formats do not fit into ${what}; name a folder`, "output");
  if (path === "-") {
    if (files > 1) throw single("standard output");
    return { kind: "stdout" };
  }
  if (isFolder(path, about)) return { kind: "folder", path };
  if (files > 1 && extension(path) !== undefined) throw single("one file");
  return { kind: files > 1 ? "folder" : "file", path };
}

export const isFolder = (path: string, about: { isDirectory(): boolean } | undefined): boolean => about?.isDirectory() === true || path.endsWith("/");

/** What a name ends in; names that begin with their only point have none. */
export const extension = (path: string): string | undefined => /[^/]\.([^./]*)$/.exec(path)?.[1]?.toLowerCase();

/** Gives a file its place and says where that is: written aside, so that nobody ever sees half of it. */
export async function keep(target: Target, file: ExportFile): Promise<string> {
  if (target.kind === "stdout") {
    for await (const bytes of file.blob.stream() as unknown as AsyncIterable<Uint8Array>) await print(bytes);
    return "standard output";
  }
  const path = target.kind === "file" ? target.path : `${target.path.replace(/\/$/, "")}/${file.name}`;
  const about = await stat(path).catch(() => undefined);
  // A device or a pipe is written to: a file of its name would take its place.
  const passesOn = about !== undefined && !about.isFile() && !about.isDirectory();
  const aside = passesOn ? path : `${path}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const out = await open(aside, passesOn ? "r+" : "w");
    try {
      for await (const bytes of file.blob.stream() as unknown as AsyncIterable<Uint8Array>) await out.writeFile(bytes);
    } finally {
      await out.close();
    }
    if (!passesOn) await rename(aside, path);
    return path;
  } catch (fault) {
    if (!passesOn) await rm(aside, { force: true }).catch(() => undefined);
    throw io(path, fault);
  }
}
