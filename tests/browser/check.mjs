// A small runner: checks are functions with a name; every one runs, and the driver counts.
import assert from "node:assert/strict";

const checks = [];

/** Adds a check. */
export const check = (name, work) => checks.push({ name, work });

/** Waits until `read` gives something that `test` likes; says what it was otherwise. */
export async function until(read, test, what, ms = 20_000) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await read();
    if (typeof test === "function" ? test(value) : test instanceof RegExp ? test.test(value) : value === test) return value;
    if (Date.now() > end) assert.fail(`${what}: still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

/** Runs all checks whose name contains one of `words`; returns how many passed and failed. */
export async function runAll(tools, words = []) {
  let failed = 0;
  const wanted = checks.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  for (const { name, work } of wanted) {
    try {
      await work(tools);
      console.log(`ok ${name}`);
    } catch (fault) {
      failed += 1;
      console.log(`not ok ${name}\n  ${String(fault.stack ?? fault).split("\n").slice(0, 8).join("\n  ")}`);
    }
  }
  return { passed: wanted.length - failed, failed };
}
