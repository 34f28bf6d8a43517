// Files that belong to the package: fetched, or read from the disk where the address is one of the disk (Node).
import { ExportError } from "./error.js";

type ReadFile = { readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> };
type Builtins = { process?: { getBuiltinModule?(name: "node:fs/promises"): ReadFile | undefined } };

/** The answer to a fetch of `url`, a good one. */
export async function asset(url: URL): Promise<Response> {
  const disk = url.protocol === "file:" ? (globalThis as Builtins).process?.getBuiltinModule?.("node:fs/promises") : undefined;
  if (disk) return new Response(await disk.readFile(url));
  const response = await fetch(url);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response;
}

/** A folder that a caller names as an address that workers understand, too; `field` is what he calls it. */
export function folder(address: string | URL, field: string): string {
  const { document, location } = globalThis as { document?: { baseURI: string }; location?: { href: string } };
  try {
    return new URL(String(address).replace(/\/?$/, "/"), document?.baseURI ?? location?.href).href;
  } catch {
    throw new ExportError("bad_request", `${field}: "${address}" is no address; expected that of a folder, "https://example.org/fonts/"`, field);
  }
}
