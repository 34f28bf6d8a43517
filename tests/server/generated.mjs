// Clients that generators make of the server's own OpenAPI document: they are made, type-checked and used.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { must, root, run } from "../../scripts/lib.mjs";
import { checks, serve } from "./serve.mjs";

const folder = mkdtempSync(join(tmpdir(), "mapwright-clients-"));
// Below the project, so that its packages are found.
const typed = join(root, "dist/clients");
const source = (name) => join(root, "tests/server/generated", name);
const bin = join(root, ".venv/bin");
const { check, end } = checks();

const server = await serve(folder);
const env = { MAPWRIGHT_HOST: server.host, MAPWRIGHT_KEY: server.key };
const document = `${server.host}/api/openapi.json`;
const said = (text, words) => {
  if (!text.includes(words)) throw new Error(text);
};

await check("openapi-python-client makes all of it", async () => {
  const path = `${bin}${delimiter}${process.env.PATH}`;
  const output = join(folder, "mapwright_client");
  const text = await must(join(bin, "openapi-python-client"), ["generate", "--url", document, "--meta", "none", "--output-path", output], { env: { PATH: path }, quiet: true });
  if (/warning|unable|error/i.test(text)) throw new Error(text);
});
await check("the Python client renders and downloads", async () => {
  said(await must(join(bin, "python"), [source("client.py")], { env: { ...env, PYTHONPATH: folder }, quiet: true }), "rendered and downloaded");
});

rmSync(typed, { recursive: true, force: true });
mkdirSync(typed, { recursive: true });
copyFileSync(source("client.ts"), join(typed, "client.ts"));
writeFileSync(join(typed, "wrong.ts"), `import type { components } from "./schema.js";\nexport const request: components["schemas"]["Request"] = { bbox: [0, 0, 1, 1], formats: ["svgg"] };\n`);
const tsc = (name, ...more) =>
  run("node", [
    join(root, "node_modules/typescript/bin/tsc"), "--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes", "--skipLibCheck",
    "--target", "ES2022", "--module", "NodeNext", "--moduleResolution", "NodeNext", "--lib", "ES2023,DOM,DOM.Iterable", "--types", "node", ...more, join(typed, name),
  ], { quiet: true });
await check("openapi-typescript makes types of it", () => must("node", [join(root, "node_modules/openapi-typescript/bin/cli.js"), document, "-o", join(typed, "schema.d.ts")], { quiet: true }));
await check("the TypeScript client is of these types", async () => {
  const { code, text } = await tsc("client.ts", "--outDir", typed);
  if (code !== 0) throw new Error(text);
});
await check("a format that is none is of no type", async () => {
  const { code, text } = await tsc("wrong.ts", "--noEmit");
  if (code === 0 || !text.includes("svgg")) throw new Error(`tsc ended with ${code}: ${text}`);
});
await check("the TypeScript client renders and downloads", async () => {
  said(await must("node", [join(typed, "client.js")], { env, quiet: true }), "rendered and downloaded");
});
await end(server);
for (const place of [folder, typed]) rmSync(place, { recursive: true, force: true });
