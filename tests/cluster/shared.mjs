// What several processes share: progress, tickets, allowances, the queue, results.
import assert from "node:assert/strict";
import { LONG, SMALL, call, over, render, taken, until, whole } from "./house.mjs";

/** Events of a task as a server tells them, until it is over. */
async function events(server, id, ticket) {
  const answer = await fetch(`${server.url}/api/status/${id}/events?ticket=${ticket}`, { signal: AbortSignal.timeout(120_000) });
  assert.equal(answer.status, 200);
  const text = await answer.text();
  return [...text.matchAll(/^data: ?(.*)$/gm)].map(([, data]) => JSON.parse(data));
}

/** Whatever one server takes, the other knows. */
export async function progress(home) {
  const [one, two] = await Promise.all([home.serve("one"), home.serve("two")]);
  await home.work("worker");
  const key = await home.key("enterprise");
  const headers = { "x-api-key": key };
  const id = await taken([one], key, LONG, "word");
  assert.equal(await taken([two], key, LONG, "word"), id, "a word means the same task everywhere");
  const { ticket } = (await call(one, "POST", `/api/status/${id}/ticket`, headers)).json();
  const told = await events(two, id, ticket);
  assert.ok(told.length > 2 && told.at(-1).status === "completed", JSON.stringify(told.map(({ progress }) => progress)));
  const again = await call(one, "GET", `/api/status/${id}/events?ticket=${ticket}`);
  assert.equal(again.status, 401, "a ticket is good twice");
  await whole(two, told.at(-1));
  // One ends what the other took, wherever it is made.
  const next = await taken([one], key, LONG, "next");
  await until(async () => (await call(two, "GET", `/api/status/${next}`)).json().status === "processing", "it is made");
  assert.equal((await call(two, "DELETE", `/api/render/${next}`, headers)).json().status, "cancelled");
  const after = await taken([two], key, SMALL, "after");
  assert.equal((await over([one], after, 90_000)).status, "completed", "the worker goes on with what was cancelled");
  // Who waits at a server without workers gets the file itself.
  const waited = await call(two, "POST", "/api/render", { ...headers, "content-type": "application/json", prefer: "wait=30" }, JSON.stringify(SMALL));
  assert.equal(waited.status, 200);
  assert.match(waited.bytes.toString(), /^<\?xml|^<svg/);
}

/** Limits are those of all servers together. */
export async function limits(home) {
  const settings = { MAPWRIGHT_RATES_RENDER: '{"burst": 20, "a_second": 0.01}', MAPWRIGHT_QUEUE: "25" };
  const servers = await Promise.all(["one", "two"].map((name) => home.serve(name, settings)));
  const ask = (key, count) => Promise.all(Array.from({ length: count }, (_, row) => render(servers[row % 2], key, SMALL)));
  const count = (answers) => answers.reduce((sum, { status }) => ({ ...sum, [status]: (sum[status] ?? 0) + 1 }), {});
  const free = await home.key("free");
  assert.deepEqual(count(await ask(free, 16)), { 202: 10, 402: 6 }, "a day has ten");
  const pro = await home.key("pro");
  // Fifteen more may wait.
  assert.deepEqual(count(await ask(pro, 20)), { 202: 15, 429: 5 }, "25 wait");
  const codes = new Set((await ask(pro, 4)).map((answer) => answer.json().code));
  assert.deepEqual([...codes], ["too_many"], "twenty at once are fine, whoever is asked");
}

/** A key with many exports does not hold up one with few; enterprise comes first. */
export async function fair(home) {
  const server = await home.serve("server");
  const keys = await Promise.all(["free", "free", "pro", "enterprise"].map((tier) => home.key(tier)));
  const [heavy, light, pro, enterprise] = keys;
  const hand = async (key, count) => {
    for (let row = 0; row < count; row++) await taken([server], key, SMALL, `${row}`);
  };
  await hand(heavy, 9);
  await hand(light, 2);
  await hand(pro, 4);
  await hand(enterprise, 1);
  await home.work("worker");
  await until(async () => (await home.sql("SELECT COUNT(*) FROM task WHERE status = 'completed'")) === "16", "all are made");
  const order = (await home.sql("SELECT string_agg(key::text, ',' ORDER BY started_at) FROM task")).split(",");
  const rows = await Promise.all(keys.map((key) => home.sql(`SELECT id FROM key WHERE shown = '${key.slice(0, 10)}'`)));
  const [, second, third, fourth] = rows.map((row) => order.map((key, place) => (key === row ? place : -1)).filter((place) => place >= 0));
  assert.deepEqual(fourth, [0], "enterprise comes first");
  assert.ok(second[0] <= 6 && second[1] <= 12 && third.at(-1) <= 7, order.join(","));
}

/** Results expire while somebody downloads; downloads may be sent on to the store. */
export async function results(home) {
  const server = await home.serve("server");
  await home.work("worker");
  const key = await home.key("enterprise");
  const state = await over([server], await taken([server], key, LONG, "first"));
  const [file] = state.files;
  const part = await call(server, "GET", file.url, { range: "bytes=10-19" });
  const head = await call(server, "HEAD", file.url);
  const whole = await call(server, "GET", file.url);
  assert.deepEqual([part.status, part.headers.get("content-range"), part.bytes.length], [206, `bytes 10-19/${file.size}`, 10]);
  assert.deepEqual(part.bytes, whole.bytes.subarray(10, 20));
  assert.deepEqual([head.status, head.headers.get("content-length"), whole.headers.get("content-type")], [200, String(file.size), "image/png"]);
  const beyond = await call(server, "GET", file.url, { range: `bytes=${file.size}-` });
  assert.equal(beyond.status, 416);
  // Sent on: the store gives the same bytes under the same name, for a while.
  const sends = await home.serve("sends", { MAPWRIGHT_REDIRECT_DOWNLOADS: "true" });
  const sent = await fetch(sends.url + file.url, { redirect: "manual" });
  assert.equal(sent.status, 307);
  const there = await fetch(sent.headers.get("location"));
  assert.deepEqual(Buffer.from(await there.arrayBuffer()), whole.bytes);
  assert.match(there.headers.get("content-disposition"), /^attachment; filename="/);
  assert.match(sent.headers.get("location"), /X-Amz-Expires=300/);
  // A download that has begun ends well, though its results expire meanwhile.
  const begun = await fetch(server.url + file.url);
  const reader = begun.body.getReader();
  const first = await reader.read();
  await home.sql("UPDATE task SET finished_at = finished_at - 90000000");
  const sweeps = await home.serve("sweeps");
  await until(async () => (await call(sweeps, "GET", file.url)).status === 410, "it expires");
  let length = first.value.length;
  for (let next = await reader.read(); !next.done; next = await reader.read()) length += next.value.length;
  assert.equal(length, file.size);
}
