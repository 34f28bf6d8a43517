// Files that belong to the package: fetched, or read from the disk where the address is one of the disk (Node).

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
