// Servers and workers on one PostgreSQL and one S3 store (moto), each a process with a data folder of its own.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { program, root } from "../../scripts/lib.mjs";
import { postgres } from "../../scripts/postgres.mjs";
import { free } from "../server/serve.mjs";
import { gate } from "./gate.mjs";

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until `read` gives something true; says what it was otherwise. */
export async function until(read, what, ms = 120_000) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await read();
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what}: not within ${ms} ms`);
    await pause(100);
  }
}

const BUCKET = "maps";

/** The store: moto's server, whose objects are in its memory. */
async function store() {
  const command = join(root, ".venv/bin/moto_server");
  if (!existsSync(command)) throw new Error("moto is missing: .venv/bin/pip install -r tests/cluster/requirements.txt");
  const port = await free();
  const child = spawn(command, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  await until(() => fetch(url).then(() => true, () => false), "moto listens");
  await fetch(`${url}/${BUCKET}`, { method: "PUT" });
  /** Keys of all objects, which come a thousand at a time. */
  const keys = async () => {
    const found = [];
    for (let from = ""; ; ) {
      const text = await (await fetch(`${url}/${BUCKET}?list-type=2&start-after=${encodeURIComponent(from)}`)).text();
      found.push(...[...text.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => key));
      if (!text.includes("<IsTruncated>true")) return found;
      from = found.at(-1);
    }
  };
  return { port, keys, end: () => child.kill("SIGKILL") };
}

/** A house without processes: `serve` and `work` start them. */
export async function house(settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), "mapwright-cluster-"));
  const [database, objects] = await Promise.all([postgres(), store()]);
  const gates = { database: await gate(database.port), store: await gate(objects.port) };
  const command = await program();
  const env = {
    ...process.env,
    MAPWRIGHT_DATABASE: `postgres://mapwright@127.0.0.1:${gates.database.port}/postgres`,
    MAPWRIGHT_STORAGE: `s3://${BUCKET}/here`,
    MAPWRIGHT_SOURCE: `file:${join(root, "assets/sample/helsinki.osm.pbf")}`,
    MAPWRIGHT_LEASE: "3",
    MAPWRIGHT_QUEUE: "10000",
    MAPWRIGHT_RATES_RENDER: '{"burst": 10000, "a_second": 10000}',
    MAPWRIGHT_RATES_READ: '{"burst": 100000, "a_second": 100000}',
    AWS_ENDPOINT: `http://127.0.0.1:${gates.store.port}`,
    AWS_ALLOW_HTTP: "true",
    AWS_ACCESS_KEY_ID: "who",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_REGION: "us-east-1",
    ...settings,
  };
  const processes = new Set();

  /** Starts a process; it can be killed and started again in the same folder. */
  async function start(name, args, says, more = {}) {
    const place = join(folder, name);
    mkdirSync(place, { recursive: true });
    const one = { name, said: "" };
    one.up = async () => {
      const child = spawn(command, [...args, "--data-dir", place], { cwd: root, env: { ...env, ...more }, stdio: ["ignore", "ignore", "pipe"] });
      one.child = child;
      child.stderr.setEncoding("utf8").on("data", (part) => (one.said += part));
      const from = one.said.length;
      await until(() => child.exitCode !== null || one.said.slice(from).includes(says), `${name} starts`);
      if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}: ${one.said}`);
    };
    one.signal = (signal) => one.child.kill(signal);
    one.down = async (signal = "SIGKILL") => {
      if (one.child.exitCode !== null || one.child.signalCode !== null) return one.child.exitCode;
      const ended = new Promise((resolve) => one.child.once("exit", resolve));
      one.child.kill(signal);
      return ended;
    };
    await one.up();
    processes.add(one);
    return one;
  }

  async function serve(name, more) {
    const port = await free();
    const args = ["serve", "--listen", `127.0.0.1:${port}`, "--workers", "0", "--page", join(folder, "no-page")];
    mkdirSync(join(folder, "no-page"), { recursive: true });
    writeFileSync(join(folder, "no-page/index.html"), "");
    const one = await start(name, args, "mapwright serves", more);
    one.url = `http://127.0.0.1:${port}`;
    return one;
  }

  const work = (name, more) => start(name, ["work", "--workers", "1"], "mapwright works", more);

  /** Runs the program on the same database; gives what it prints. */
  async function run(...args) {
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let [out, said] = ["", ""];
    child.stdout.on("data", (part) => (out += part));
    child.stderr.on("data", (part) => (said += part));
    const code = await new Promise((resolve) => child.on("close", resolve));
    return { code, out, said };
  }

  const key = async (tier) => (await run("keys", "create", "--tier", tier)).out.trim();

  async function end() {
    await Promise.all([...processes].map((one) => one.down()));
    Object.values(gates).forEach((each) => each.end());
    objects.end();
    await database.end();
    rmSync(folder, { recursive: true, force: true });
  }
  return { folder, database, objects, gates, env, serve, work, run, key, end };
}

/** A small export of the middle of Helsinki. */
export const SMALL = { bbox: { min_lon: 24.94, min_lat: 60.169, max_lon: 24.943, max_lat: 60.171 }, formats: ["svg"] };
/** One that takes some seconds. */
export const LONG = { bbox: { min_lon: 24.93, min_lat: 60.163, max_lon: 24.955, max_lat: 60.178 }, formats: ["png"], config: { page: { dpi: 300 } } };

/** Calls a server; a broken connection is status 0. */
export async function call(server, method, path, headers = {}, body) {
  try {
    const answer = await fetch(server.url + path, { method, headers, body, signal: AbortSignal.timeout(20_000) });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const json = () => JSON.parse(bytes.toString("utf8"));
    return { status: answer.status, headers: answer.headers, bytes, json };
  } catch {
    return { status: 0, headers: new Headers(), bytes: Buffer.alloc(0), json: () => ({}) };
  }
}

export const render = (server, key, request, word) =>
  call(server, "POST", "/api/render", { "x-api-key": key, "content-type": "application/json", ...(word && { "idempotency-key": word }) }, JSON.stringify(request));

/** Hands an export in until one of the servers has taken it; gives its id. */
export async function taken(servers, key, request, word) {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await render(servers[tries % servers.length], key, request, word);
    if (answer.status === 202) return answer.json().task_id;
    if (![0, 503].includes(answer.status)) throw new Error(`${answer.status}: ${answer.bytes}`);
    await pause(100);
  }
  throw new Error("nobody takes it");
}

/** Polls whichever server answers until a task is over. */
export async function over(servers, id, ms = 240_000) {
  let turn = 0;
  return until(
    async () => {
      const answer = await call(servers[turn++ % servers.length], "GET", `/api/status/${id}`);
      const state = answer.status === 200 ? answer.json() : undefined;
      return state && !["queued", "processing"].includes(state.status) ? state : undefined;
    },
    `the end of ${id}`,
    ms,
  );
}

/** Downloads every file of a finished task, and holds it against what is told of it. */
export async function whole(server, state) {
  for (const file of state.files) {
    const answer = await call(server, "GET", file.url);
    const sha256 = createHash("sha256").update(answer.bytes).digest("hex");
    if (answer.status !== 200 || answer.bytes.length !== file.size || sha256 !== file.sha256)
      throw new Error(`${file.url}: ${answer.status}, ${answer.bytes.length} of ${file.size} bytes`);
  }
}
