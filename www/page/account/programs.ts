// Programs that make a first map on a server. No page here.
import { curl } from "../program.js";

/** Which program. */
export type Language = "curl" | "python" | "node";

/** A few streets of the sample of Helsinki, which every server has that was given nothing else. */
const BOX = { min_lon: 24.94, min_lat: 60.168, max_lon: 24.946, max_lat: 60.171 };
/** What stands in place of a key that is not shown. */
const PLACE = "ocd_…";

/** The program, for a server and a key. */
export function program(language: Language, host: string, key = PLACE): string {
  if (language === "curl") return curl({ bbox: BOX, formats: ["svg"] }, host, key);
  return language === "python" ? python(host, key) : node(host, key);
}

/** The call that makes an export again. */
export const again = (request: Readonly<Record<string, unknown>>, host: string): string => {
  const { bbox, formats, ...rest } = request;
  return curl({ ...(bbox !== undefined && { bbox }), formats: formats as readonly string[], ...rest }, host, PLACE);
};

const python = (host: string, key: string): string => `# pip install clients/python, in a checkout of mapwright
from mapwright_client import Client

with Client(${JSON.stringify(host)}, api_key=${JSON.stringify(key)}) as client:
    export = client.export(
        bbox=(${Object.values(BOX).join(", ")}),  # west, south, east, north
        formats=["svg"],
    )
    print(export.save("maps/"))
`;

const node = (host: string, key: string): string => `// first.mjs: node first.mjs, Node 20 or newer
import { writeFile } from "node:fs/promises";

const answer = await fetch(${JSON.stringify(`${host}/api/render`)}, {
  method: "POST",
  headers: { "X-API-Key": ${JSON.stringify(key)}, "Content-Type": "application/json", Prefer: "wait=60" },
  body: JSON.stringify({
    bbox: { min_lon: ${BOX.min_lon}, min_lat: ${BOX.min_lat}, max_lon: ${BOX.max_lon}, max_lat: ${BOX.max_lat} },
    formats: ["svg"],
  }),
});
if (answer.status !== 200) throw new Error(await answer.text());
await writeFile("map.svg", Buffer.from(await answer.arrayBuffer()));
`;
