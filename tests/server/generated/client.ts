// What openapi-typescript and openapi-fetch make of the contract: renders and downloads, every name and type checked.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

const { MAPWRIGHT_HOST: baseUrl, MAPWRIGHT_KEY: key } = process.env;
if (!baseUrl || !key) throw new Error("host and key are needed");
const client = createClient<paths>({ baseUrl, headers: { "X-API-Key": key } });
const bbox: components["schemas"]["Corners"] = { min_lon: 24.94, min_lat: 60.169, max_lon: 24.943, max_lat: 60.171 };

function must<T>(value: T | undefined, fault: components["schemas"]["Problem"] | undefined): T {
  if (value === undefined) throw new Error(fault?.detail ?? "no answer");
  return value;
}

const body: components["schemas"]["Request"] = {
  bbox,
  formats: ["svg", "geojson"],
  map_style: "minimal",
  config: { clip: true, layers: ["roads"], page: { size: "A5", furniture: { scale_bar: "metric" } } },
};
const made = await client.POST("/api/render", { body });
const accepted = must(made.data, made.error);
if (typeof accepted !== "object" || accepted === null || !("task_id" in accepted)) throw new Error("no task");
const path = { id: accepted.task_id };
let state: components["schemas"]["Status"];
for (;;) {
  const answer = await client.GET("/api/status/{id}", { params: { path } });
  state = must(answer.data, answer.error);
  if (state.status !== "queued" && state.status !== "processing") break;
  await new Promise((done) => setTimeout(done, 100));
}
if (state.status !== "completed") throw new Error(`${state.code}: ${state.error}`);
for (const file of state.files) {
  const params = { path: { ...path, format: file.format } };
  const answer = await client.GET("/api/download/{id}/{format}", { params, parseAs: "arrayBuffer" });
  const bytes: ArrayBuffer = must(answer.data, answer.error);
  const text = new TextDecoder().decode(bytes);
  if (bytes.byteLength !== file.size || !text.includes("OpenStreetMap")) throw new Error(file.format);
}
const nowhere = await client.POST("/api/render", { body: { bbox: [0, 0, 0.01, 0.01], formats: ["png"] } });
if (nowhere.error?.field !== "bbox" || nowhere.response.status !== 400) throw new Error(JSON.stringify(nowhere.error));
const layers = await client.GET("/api/layers");
if (!must(layers.data, undefined).some((row) => row.id === "roads" && row.fields[0]?.name)) throw new Error("no roads");
console.log("rendered and downloaded");
