// Steps of a run: each begins once those it needs are done, as many side by side as there are lanes; what it prints is shown when it ends.
import { voice } from "./lib.mjs";

/** Sums "N passed" and "N failed" of cargo, pytest and our own runners. */
function counts(text) {
  const sum = (word) => [...text.matchAll(new RegExp(`\\b(\\d+) ${word}\\b`, "g"))].reduce((all, hit) => all + Number(hit[1]), 0);
  return [sum("passed"), sum("failed")];
}

/** Runs one step; `work` returns {code, text}. Counts come from what test programs print, else the step is one. */
async function one({ title, work }) {
  console.log(`.. ${title}`);
  const start = process.hrtime.bigint();
  const said = [];
  let result;
  try {
    result = await voice.run({ write: (part) => said.push(part) }, work);
  } catch (fault) {
    said.push(`${fault.message}\n`);
    result = { code: 1, text: "" };
  }
  let [passed, failed] = counts(result.text);
  if (result.code !== 0 && failed === 0) failed = 1;
  if (result.code === 0 && passed + failed === 0) passed = 1;
  console.log(`\n== ${title}\n${said.join("")}`.trimEnd());
  return { title, passed, failed, seconds: Number(process.hrtime.bigint() - start) / 1e9 };
}

/**
 * Runs steps `{title, needs, work}`; `needs` are titles. One that needs a step which failed runs all the same, if that
 * step is not `vital`. Returns a row for each, in their order, and the seconds of all.
 */
export async function runSteps(steps, lanes) {
  const start = process.hrtime.bigint();
  const rows = new Map();
  const waiting = [...steps];
  const ready = ({ needs = [] }) => needs.every((title) => rows.has(title) || !steps.some((step) => step.title === title));
  let stopped = false;
  const running = new Set();
  while (waiting.length || running.size) {
    for (let at = waiting.findIndex(ready); !stopped && at >= 0 && running.size < lanes; at = waiting.findIndex(ready)) {
      const [step] = waiting.splice(at, 1);
      const work = one(step).then((row) => {
        rows.set(step.title, row);
        running.delete(work);
        if (step.vital && row.failed) stopped = true;
      });
      running.add(work);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  for (const { title } of waiting) rows.set(title, { title, passed: 0, failed: 1, seconds: 0 });
  return { rows: steps.map(({ title }) => rows.get(title)), seconds: Number(process.hrtime.bigint() - start) / 1e9 };
}

/** The table of a run; its last line is the sum. */
export function summary({ rows, seconds }) {
  const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
  console.log("\n== summary");
  for (const { title, passed, failed, seconds } of rows) {
    console.log(`${failed ? "FAILED" : "ok    "} ${title.padEnd(28)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(1).padStart(8)} s`);
  }
  console.log(`all steps ${total("seconds").toFixed(0)} s, side by side ${seconds.toFixed(0)} s`);
  console.log(`${total("passed")} passed, ${total("failed")} failed`);
  return total("failed");
}
