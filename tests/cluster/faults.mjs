// What goes wrong on purpose, and what is left of it: nothing that was accepted is lost or done twice, and no file is half.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LONG, SMALL, call, over, pause, render, taken, until, whole } from "./house.mjs";

/** Folders of results that are in the store. */
const folders = async (home) => new Set((await home.objects.keys()).map((key) => key.split("/")[2]));

/** What every accepted task has in the end: a row, one export that counts, one folder, whole files. */
async function accounted(home, server, key, ids) {
  assert.equal(new Set(ids).size, ids.length, "two hand-ins are one task");
  const states = await Promise.all(ids.map((id) => over([server], id)));
  const done = states.filter(({ status }) => status === "completed");
  for (const state of done) await whole(server, state);
  const usage = (await call(server, "GET", "/api/usage", { "x-api-key": key })).json();
  assert.equal(usage.exports, done.length, "exports that count are those that were done");
  // What a worker left that was ended before it said so is swept later; of what is told there is one folder each.
  const there = [...(await folders(home))].map((folder) => folder.split("-")[0]);
  for (const { task_id } of done) assert.ok(there.includes(task_id), `${task_id} has no folder`);
  return states;
}

/** Everything is killed again and again while exports are handed in and made. */
export async function kills(home, { tasks, servers: many, workers: hands }) {
  const servers = await Promise.all(Array.from({ length: many }, (_, row) => home.serve(`server-${row}`)));
  const workers = await Promise.all(Array.from({ length: hands }, (_, row) => home.work(`worker-${row}`)));
  const key = await home.key("enterprise");
  let [going, killed] = [true, 0];
  const killer = (async () => {
    const all = [...servers, ...workers];
    while (going) {
      const victim = all[Math.floor(Math.random() * all.length)];
      await victim.down("SIGKILL");
      killed++;
      await pause(150);
      await victim.up();
      await pause(350);
    }
  })();
  const ids = [];
  for (let from = 0; from < tasks; from += 10) {
    const words = Array.from({ length: Math.min(10, tasks - from) }, (_, row) => `word-${from + row}`);
    ids.push(...(await Promise.all(words.map((word) => taken(servers, key, SMALL, word)))));
  }
  const half = Math.floor(tasks / 2);
  await Promise.all(ids.slice(0, half).map((id) => over(servers, id)));
  going = false;
  await killer;
  const states = await accounted(home, servers[0], key, ids);
  // An export whose workers were killed three times has failed, and says so; there are few of them.
  const failed = states.filter(({ status }) => status !== "completed");
  assert.ok(failed.every(({ code }) => code === "died") && failed.length <= tasks / 10, JSON.stringify(failed));
  return `${tasks} tasks, ${killed} kills, ${failed.length} died three times`;
}

/** The database is restarted, breaks down, and is away for a while. */
export async function database(home, { away }) {
  const server = await home.serve("server");
  await home.work("worker");
  const key = await home.key("enterprise");
  const ids = [];
  const hand = async () => ids.push(await taken([server], key, SMALL, `word-${ids.length}`));
  await hand();
  for (const signal of ["SIGINT", "SIGKILL"]) {
    await hand();
    await home.database.stop(signal);
    await home.database.start();
    await hand();
  }
  await hand();
  home.gates.database.shut();
  const begun = Date.now();
  const answer = await render(server, key, SMALL, "away");
  assert.deepEqual([answer.status, answer.json().code, answer.headers.get("retry-after")], [503, "storage", "10"]);
  assert.ok(Date.now() - begun < 15_000, "a call waits for the database for ever");
  assert.equal((await call(server, "GET", "/livez")).status, 200);
  assert.equal((await call(server, "GET", "/readyz")).status, 503);
  await pause(away);
  home.gates.database.open();
  await until(async () => (await call(server, "GET", "/readyz")).status === 200, "the server is ready again");
  await hand();
  // One that hangs is worse than one that is not there.
  home.gates.database.stick();
  const stuck = await render(server, key, SMALL, "stuck");
  assert.ok([503, 0].includes(stuck.status), `${stuck.status}`);
  home.gates.database.open();
  await hand();
  await accounted(home, server, key, ids);
  return `${ids.length} tasks, away for ${away / 1000} s`;
}

/** The store of results is away, then hangs. */
export async function store(home, { away }) {
  const server = await home.serve("server");
  await home.work("worker");
  const key = await home.key("enterprise");
  const before = await over([server], await taken([server], key, SMALL, "before"));
  const ids = [before.task_id];
  for (const act of ["shut", "stick"]) {
    ids.push(await taken([server], key, LONG, act));
    home.gates.store[act]();
    if (act === "shut") {
      const answer = await call(server, "GET", before.files[0].url);
      assert.deepEqual([answer.status, answer.json().code], [503, "storage"]);
      assert.equal((await call(server, "GET", "/readyz")).status, 503);
      // Exports are taken, and wait for their place.
      ids.push(await taken([server], key, SMALL, "meanwhile"));
    }
    await pause(away);
    home.gates.store.open();
    for (const id of ids) assert.equal((await over([server], id)).status, "completed");
  }
  await accounted(home, server, key, ids);
  return `${ids.length} tasks, twice away for ${away / 1000} s`;
}

/** A worker stands still beyond its lease, and wakes up when another has done its work. */
export async function asleep(home) {
  const server = await home.serve("server");
  const first = await home.work("first");
  const key = await home.key("enterprise");
  const id = await taken([server], key, LONG, "asleep");
  await until(async () => (await call(server, "GET", `/api/status/${id}`)).json().progress > 5, "it has begun");
  first.signal("SIGSTOP");
  await home.work("second");
  const state = await over([server], id);
  assert.equal(state.status, "completed");
  first.signal("SIGCONT");
  // It goes on with others, and what it made of the first is nobody's.
  const more = await taken([server], key, SMALL, "more");
  const again = await over([server], more);
  const later = (await call(server, "GET", `/api/status/${id}`)).json();
  assert.deepEqual([later.files, again.status], [state.files, "completed"]);
  await until(async () => [...(await folders(home))].filter((folder) => folder.startsWith(id)).length === 1, "one folder is left", 30_000);
  await accounted(home, server, key, [id, more]);
}

/** Clocks of machines are hours apart, and jump while exports are made. */
export async function clocks(home) {
  const clock = (name, ms) => {
    const file = join(home.folder, `${name}.clock`);
    writeFileSync(file, String(ms));
    return { set: (ms) => writeFileSync(file, String(ms)), env: { MAPWRIGHT_CLOCK_FILE: file } };
  };
  const hour = 3_600_000;
  const [ahead, behind, jumps] = [clock("ahead", hour), clock("behind", -hour), clock("jumps", 0)];
  const server = await home.serve("server", jumps.env);
  const other = await home.serve("other", behind.env);
  await home.work("first", ahead.env);
  await home.work("second", behind.env);
  const key = await home.key("enterprise");
  const ids = [];
  for (let row = 0; row < 6; row++) {
    ids.push(await taken([server, other], key, row % 2 ? LONG : SMALL, `word-${row}`));
    jumps.set(row % 2 ? -2 * hour : 2 * hour);
  }
  jumps.set(0);
  const states = await Promise.all(ids.map((id) => over([server], id)));
  assert.ok(states.every(({ status }) => status === "completed"), JSON.stringify(states));
  const tries = await home.sql("SELECT MAX(attempts) FROM task");
  assert.equal(tries, "1", "leases ran out because clocks differ");

  // Midnight: what was counted yesterday is given back to yesterday.
  const midnight = 86_400_000 - (Date.now() % 86_400_000);
  await Promise.all([home.work("third", jumps.env)]);
  const free = await home.key("free");
  const used = async () => (await call(server, "GET", "/api/usage", { "x-api-key": free })).json();
  jumps.set(midnight - 60_000);
  for (let row = 0; row < 10; row++) assert.equal((await render(server, free, LONG)).status, 202);
  const refused = await render(server, free, SMALL);
  assert.deepEqual([refused.status, refused.json().code], [402, "tier"]);
  const yesterday = await used();
  assert.deepEqual([yesterday.exports, yesterday.resets_in <= 60], [10, true]);
  jumps.set(midnight + 1000);
  assert.equal((await used()).exports, 0);
  const today = await taken([server], free, SMALL, "today");
  const waiting = await home.sql("SELECT id FROM task WHERE status = 'queued' AND request LIKE '%png%' LIMIT 1");
  assert.equal((await call(server, "DELETE", `/api/render/${waiting}`, { "x-api-key": free })).status, 200);
  assert.equal((await used()).exports, 1, "an export of yesterday is given back to today");
  jumps.set(midnight - 60_000);
  assert.equal((await used()).exports, 9);
  jumps.set(0);
  assert.equal((await over([server], today)).status, "completed");
}

/** A backup that is made while exports are made restores, with a server on it. */
export async function backup(home) {
  const server = await home.serve("server");
  await home.work("worker");
  const key = await home.key("enterprise");
  const done = await over([server], await taken([server], key, SMALL, "done"));
  const open = await taken([server], key, LONG, "open");
  const tool = (program, ...args) => {
    const run = spawnSync(program, [...args, "-h", "127.0.0.1", "-p", String(home.database.port), "-U", "mapwright"], { encoding: "utf8" });
    assert.equal(run.status, 0, run.stderr);
  };
  const dump = join(home.folder, "backup");
  tool("pg_dump", "-Fc", "-f", dump, "postgres");
  tool("createdb", "restored");
  tool("pg_restore", "-d", "restored", dump);
  assert.equal((await over([server], open)).status, "completed");
  const restored = { MAPWRIGHT_DATABASE: home.env.MAPWRIGHT_DATABASE.replace(/postgres$/, "restored") };
  const again = await home.serve("again", restored);
  await home.work("worker-again", restored);
  await whole(again, await over([again], done.task_id));
  await whole(again, await over([again], open));
  assert.equal((await call(again, "GET", "/api/usage", { "x-api-key": key })).json().exports, 2);
}
