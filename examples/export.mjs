// One export by the REST API from Node 20 or newer, without any package.
import { writeFile } from "node:fs/promises";

const HOST = process.env.MAPWRIGHT_HOST ?? "http://127.0.0.1:8080";
const KEY = process.env.MAPWRIGHT_KEY;

const headers = { "X-API-Key": KEY, "Content-Type": "application/json" };
const body = JSON.stringify({
  bbox: { min_lon: 24.94, min_lat: 60.168, max_lon: 24.946, max_lat: 60.171 },
  formats: ["svg"],
});
const answer = await fetch(`${HOST}/api/render`, { method: "POST", headers, body });
const task = await answer.json();
if (!answer.ok) throw new Error(task.error);
for (;;) {
  const answer = await fetch(HOST + task.status_url, { headers });
  const state = await answer.json();
  console.log(`${state.status}: ${state.progress} % ${state.step}`);
  if (state.status === "completed") break;
  if (!["queued", "processing"].includes(state.status)) throw new Error(state.error ?? state.status);
  await new Promise((done) => setTimeout(done, 1000 * Number(answer.headers.get("Retry-After") ?? 2)));
}
const file = await fetch(HOST + task.downloads.svg);
await writeFile("map.svg", Buffer.from(await file.arrayBuffer()));
console.log("map.svg");
