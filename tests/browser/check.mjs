// A small runner: checks are functions with a name; every one runs, and the driver counts.
import assert from "node:assert/strict";

const checks = [];

/** How long something may take on a machine that has much else to do, ms: only a failure waits so long. */
export const PATIENCE = 90_000;
/** How long what is promised at once may take, ms; strict where nothing else runs. */
export const PROMPT = process.env.MAPWRIGHT_MEASURE ? 1000 : 15_000;

/** Adds a check. `alone`: what it measures would be another's work, too, so it waits until no other runs. */
export const check = (name, work, { alone = false } = {}) => checks.push({ name, work, alone });

/** Waits until `read` gives something that `test` likes; says what it was otherwise. */
export async function until(read, test, what, ms = PATIENCE) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await read();
    if (typeof test === "function" ? test(value) : test instanceof RegExp ? test.test(value) : value === test) return value;
    if (Date.now() > end) assert.fail(`${what}: still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Runs all checks whose name contains one of `words`, side by side in `lanes`, each with tools of its own; returns how many passed, and the names of those that failed. */
export async function runAll(lanes, words = []) {
  const failed = [];
  const wanted = checks.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  const drain = async (queue, tools) => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const start = Date.now();
      const fault = await (async () => next.work(tools))().then(() => undefined, (fault) => String(fault.stack ?? fault));
      const seconds = `(${((Date.now() - start) / 1000).toFixed(1)} s)`;
      if (fault === undefined) {
        console.log(`ok ${next.name} ${seconds}`);
        continue;
      }
      failed.push(next.name);
      console.log(`not ok ${next.name} ${seconds}\n  ${fault.split("\n").slice(0, 8).join("\n  ")}`);
    }
  };
  const together = wanted.filter(({ alone }) => !alone);
  await Promise.all(lanes.map((tools) => drain(together, tools)));
  await drain(wanted.filter(({ alone }) => alone), lanes[0]);
  return { passed: wanted.length - failed.length, failed };
}
