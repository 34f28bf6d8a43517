// A PostgreSQL server of one's own on loopback, as tests and measurements need it: in a folder in memory or on disk that goes with it.
import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where Debian puts the programs of the newest version. */
function programs() {
  const place = "/usr/lib/postgresql";
  const versions = existsSync(place) ? readdirSync(place).map(Number).filter(Boolean).sort((a, b) => b - a) : [];
  const found = versions.map((version) => join(place, String(version), "bin")).find((folder) => existsSync(join(folder, "initdb")));
  if (!found) throw new Error("PostgreSQL is missing: apt-get install postgresql");
  return found;
}

/** The account it runs as: it refuses to run as root. */
function account() {
  if (process.getuid() !== 0) return {};
  const number = (flag) => Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout);
  return { uid: number("-u"), gid: number("-g") };
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Starts one: `{ address, port, start, stop, end }`. `stop` and `start` are for tests in which it is away. */
export async function postgres() {
  const bin = programs();
  const who = account();
  const folder = mkdtempSync(join(tmpdir(), "mapwright-postgres-"));
  if (who.uid) chownSync(folder, who.uid, who.gid);
  const port = await freePort();
  const call = (program, args) => {
    const { status, stdout, stderr } = spawnSync(join(bin, program), args, { ...who, cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`${program} ended with ${status}: ${stdout}${stderr}`);
  };
  const data = join(folder, "data");
  call("initdb", ["-D", data, "-U", "mapwright", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"]);
  const settings = [`-p${port}`, `-k${folder}`, "-clisten_addresses=127.0.0.1", "-cmax_connections=300"];
  let server;
  const start = async () => {
    server = spawn(join(bin, "postgres"), ["-D", data, ...settings], { ...who, cwd: folder, stdio: "ignore" });
    for (let tries = 0; tries < 300; tries++) {
      if (spawnSync(join(bin, "pg_isready"), ["-q", "-h", "127.0.0.1", "-p", String(port)]).status === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("PostgreSQL does not start");
  };
  /** `SIGINT` ends it as operators do, `SIGKILL` as a power cut does. */
  const stop = (signal = "SIGINT") =>
    new Promise((resolve) => {
      server.once("exit", resolve);
      server.kill(signal);
    });
  await start();
  const end = async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { address: `postgres://mapwright@127.0.0.1:${port}`, port, start, stop, end };
}
