// Several servers and workers on real PostgreSQL and an S3 store, and what goes wrong there: `node tests/cluster/run.mjs [--short] [word …]`.
import { counted, sqlOf } from "./count.mjs";
import * as faults from "./faults.mjs";
import { house } from "./house.mjs";
import * as shared from "./shared.mjs";

const short = process.argv.includes("--short");
const words = process.argv.slice(2).filter((word) => word !== "--short");

/** What is checked: the long form, and the short one of every run. */
const CHECKS = [
  ["kill -9 of any server and worker", faults.kills, { tasks: 300, servers: 2, workers: 3 }, { tasks: 40, servers: 1, workers: 2 }],
  ["PostgreSQL is restarted, breaks down, is away, hangs", faults.database, { away: 30_000 }, { away: 2000 }],
  ["the store of results is away, hangs", faults.store, { away: 15_000 }, { away: 2000 }],
  ["a worker sleeps beyond its lease", faults.asleep, {}, {}],
  ["clocks differ and jump; midnight", faults.clocks, {}, {}],
  ["a backup of the running database restores", faults.backup, {}, {}],
  ["progress, tickets, cancelling across servers", shared.progress, {}, {}],
  ["limits are those of all servers together", shared.limits, {}, {}],
  ["fair shares, enterprise first", shared.fair, {}, {}],
  ["results: ranges, signed addresses, expiry during a download", shared.results, {}, {}],
];

await counted(
  CHECKS.filter(([name]) => words.length === 0 || words.some((word) => name.includes(word))).map(([name, work, long, brief]) => ({
    name,
    work: async () => {
      const home = await house();
      home.sql = sqlOf(home);
      try {
        return await work(home, short ? brief : long);
      } finally {
        await home.end();
      }
    },
  })),
);
