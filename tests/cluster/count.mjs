// Runs checks one after the other and counts them; asks a database.
import { spawnSync } from "node:child_process";

/** Runs checks `{name, work}`; what one returns is said beside its name. */
export async function counted(checks) {
  const failed = [];
  for (const { name, work } of checks) {
    const start = Date.now();
    let told;
    try {
      told = await work();
      console.log(`ok ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)${told ? `: ${told}` : ""}`);
    } catch (fault) {
      failed.push(name);
      console.log(`not ok ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)\n  ${String(fault.stack ?? fault).split("\n").slice(0, 12).join("\n  ")}`);
    }
  }
  for (const name of failed) console.log(`not ok: ${name}`);
  console.log(`${checks.length - failed.length} passed, ${failed.length} failed`);
  process.exit(failed.length ? 1 : 0);
}

/** Asks the database of a house, past its gate; gives the one value as text. */
export const sqlOf = (home) => async (statement) => {
  const args = ["-h", "127.0.0.1", "-p", String(home.database.port), "-U", "mapwright", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-Atqc", statement];
  const run = spawnSync("psql", args, { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout.trim();
};
