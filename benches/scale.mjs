// What a server bears: `node benches/scale.mjs [accepts|sockets|workers|steady …]`, on SQLite and PostgreSQL. MAPWRIGHT_BUILT names the program
// (cargo build --release); what it prints goes into docs/server.md.
import { execSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMALL, house, pause, until } from "../tests/cluster/house.mjs";
import { sqlOf } from "../tests/cluster/count.mjs";
import { program, root } from "../scripts/lib.mjs";
import { free } from "../tests/server/serve.mjs";

/** WebSockets at once: as many as the system gives files for, two for each. */
const SOCKETS = Math.min(10_000, Math.floor((Number(execSync("ulimit -Hn", { shell: "/bin/sh" })) - 200) / 2));
const agent = new Agent({ keepAlive: true, maxSockets: 200 });

/** Calls over connections that stay open. */
const call = (url, method, headers, body) =>
  new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part) => (text += part)).on("end", () => resolve({ status: answer.statusCode, text }));
    });
    sent.on("error", reject).end(body);
  });
const hand = (url, key) => call(`${url}/api/render`, "POST", { "x-api-key": key, "content-type": "application/json" }, JSON.stringify(SMALL));

/** Kilobytes of memory, open files and threads of a process. */
function taken(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const number = (name) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+)`, "m"))[1]);
  return { memory: number("VmRSS"), threads: number("Threads"), files: readdirSync(`/proc/${pid}/fd`).length };
}

const LOOSE = {
  MAPWRIGHT_QUEUE: "1000000",
  MAPWRIGHT_RATES_RENDER: '{"burst": 1e9, "a_second": 1e9}',
  MAPWRIGHT_RATES_READ: '{"burst": 1e9, "a_second": 1e9}',
  MAPWRIGHT_CONNECTIONS_MOST: String(SOCKETS + 40),
};

/** A server on an SQLite file that works for nobody: its sources hang. */
async function alone(more = []) {
  const folder = mkdtempSync(join(tmpdir(), "mapwright-scale-"));
  const port = await free();
  const args = ["serve", "--listen", `127.0.0.1:${port}`, "--data-dir", folder, "--source", `file:${join(root, "assets/sample/helsinki.osm.pbf")}`, "--workers", "1", ...more];
  const shell = ["-c", 'ulimit -n $(ulimit -Hn); exec "$0" "$@"', await program(), ...args];
  const child = spawn("sh", shell, { cwd: root, env: { ...process.env, ...LOOSE }, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (part) => (said += part));
  await until(() => said.includes("mapwright serves"), "the server starts");
  const end = () => (child.kill("SIGKILL"), rmSync(folder, { recursive: true, force: true }));
  return { url: `http://127.0.0.1:${port}`, port, key: said.match(/ocd_[a-z0-9]{30}/)[0], pid: child.pid, end };
}

/** Hands in from many at once for some seconds. */
async function accept(url, key, together, seconds) {
  const times = [];
  const end = Date.now() + seconds * 1000;
  const one = async () => {
    while (Date.now() < end) {
      const start = performance.now();
      const { status, text } = await hand(url, key);
      if (status !== 202) throw new Error(`${status}: ${text}`);
      times.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: together }, one));
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)].toFixed(0);
  return `${(times.length / seconds).toFixed(0)} a second, half within ${at(0.5)} ms, 99 % within ${at(0.99)} ms`;
}

async function accepts() {
  const one = await alone();
  console.log(`| exports taken on, 100 at once, SQLite | ${await accept(one.url, one.key, 100, 10)} |`);
  one.end();
  const home = await house(LOOSE);
  const server = await home.serve("server");
  console.log(`| the same, PostgreSQL | ${await accept(server.url, await home.key("enterprise"), 100, 10)} |`);
  await home.end();
}

/** Opens WebSockets that hear of tasks which wait. */
async function sockets() {
  const one = await alone();
  const ids = [];
  for (let row = 0; row < 200; row++) ids.push(JSON.parse((await hand(one.url, one.key)).text).task_id);
  const before = taken(one.pid);
  let [open, heard] = [0, 0];
  const ends = [];
  for (let row = 0; row < SOCKETS; row++) {
    await new Promise((ready) => {
      const socket = connect(one.port, "127.0.0.1", () => {
        const id = ids[100 + (row % 100)];
        socket.write(`GET /ws/task/${id} HTTP/1.1\r\nHost: 127.0.0.1:${one.port}\r\nX-API-Key: ${one.key}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`);
      });
      socket.once("data", (part) => {
        if (part.toString().includes(" 101 ")) open++;
        ready();
        socket.on("data", () => heard++);
      });
      socket.on("error", ready);
      ends.push(socket);
    });
  }
  const cpu = () => readFileSync(`/proc/${one.pid}/stat`, "utf8").split(" ").slice(13, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
  const start = cpu();
  await pause(10_000);
  const after = taken(one.pid);
  console.log(`| ${open} WebSockets that hear of waiting exports | ${(after.memory / 1024).toFixed(0)} MB (${(before.memory / 1024).toFixed(0)} before), ${((cpu() - start) * 10).toFixed(0)} % of a processor |`);
  ends.forEach((socket) => socket.destroy());
  one.end();
}

/** How many small exports a second workers make, and what takes the time. */
async function workers() {
  for (const count of [1, 2, 4]) {
    const home = await house(LOOSE);
    const server = await home.serve("server");
    const key = await home.key("enterprise");
    for (let row = 0; row < 200; row++) await hand(server.url, key);
    const start = Date.now();
    await Promise.all(Array.from({ length: count }, (_, row) => home.work(`worker-${row}`)));
    const sql = sqlOf(home);
    await until(async () => (await sql("SELECT COUNT(*) FROM task WHERE status = 'completed'")) === "200", "all are made");
    console.log(`| 200 exports, ${count} worker${count > 1 ? "s" : ""}, PostgreSQL and a store | ${(200_000 / (Date.now() - start)).toFixed(1)} a second |`);
    await home.end();
  }
}

/** Half an hour (or MINUTES) of everything at once: memory, files and threads at its fifths. */
async function steady() {
  const minutes = Number(process.env.MINUTES ?? 30);
  const one = await alone();
  const end = Date.now() + minutes * 60_000;
  let [made, asked] = [0, 0];
  const render = async () => {
    while (Date.now() < end) {
      const { task_id: id } = JSON.parse((await hand(one.url, one.key)).text);
      for (;;) {
        const state = JSON.parse((await call(`${one.url}/api/status/${id}`, "GET", {})).text);
        asked++;
        if (state.status === "completed") break;
        await pause(50);
      }
      await call(`${one.url}/api/download/${id}/svg`, "GET", {});
      made++;
    }
  };
  const watch = async () => {
    for (let fifth = 1; fifth <= 5; fifth++) {
      await pause((minutes * 60_000) / 5);
      const { memory, files, threads } = taken(one.pid);
      console.log(`| after ${((minutes / 5) * fifth).toFixed(1)} minutes: ${made} exports, ${asked} questions | ${(memory / 1024).toFixed(0)} MB, ${files} files, ${threads} threads |`);
    }
  };
  await Promise.all([...Array.from({ length: 8 }, render), watch()]);
  one.end();
}

const all = { accepts, sockets, workers, steady };
const words = process.argv.slice(2);
if (words.some((word) => !(word in all))) throw new Error(`expected ${Object.keys(all).join(", ")}`);
spawnSync("sync");
for (const [name, work] of Object.entries(all)) if (words.length === 0 || words.includes(name)) await work();
process.exit(0);
