// A fresh server for programs that are its clients, and the counting of what they do.
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { program, root } from "../../scripts/lib.mjs";

/** A server with both samples; gives its address, its key and its process. */
export async function serve(folder) {
  const command = await program();
  const port = await free();
  const child = spawn(command, ["serve", "--listen", `127.0.0.1:${port}`, "--data-dir", join(folder, "data")], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8");
  await new Promise((ready, ended) => {
    child.on("exit", () => ended(new Error(said)));
    child.stderr.on("data", (part) => {
      said += part;
      if (said.includes("mapwright serves")) ready();
    });
  });
  return { host: `http://127.0.0.1:${port}`, key: said.match(/ocd_[a-z0-9]{30}/)[0], child };
}

/** A port that nobody has. */
export function free() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** Runs checks one after the other; `end` asks the server to stop, counts, and ends the process. */
export function checks() {
  let [passed, failed] = [0, 0];
  const check = async (title, work) => {
    try {
      await work();
      passed += 1;
      console.log(`ok ${title}`);
    } catch (fault) {
      failed += 1;
      console.log(`FAILED ${title}: ${fault.stack ?? fault}`);
    }
  };
  const end = async (server) => {
    server.child.kill("SIGTERM");
    const code = await new Promise((done) => server.child.on("exit", done));
    await check("the server ends well", async () => {
      if (code !== 0) throw new Error(`exit code ${code}`);
    });
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed ? 1 : 0;
  };
  return { check, end };
}
