// npm run test:cluster: several servers and workers on real PostgreSQL and a store, and what goes wrong there, at length.
import { debian, must, python, rust } from "./lib.mjs";

await rust();
await debian(["pg_virtualenv"]);
await python("tests/readers/requirements.txt", "tests/cluster/requirements.txt");
await must("node", ["tests/cluster/run.mjs", ...process.argv.slice(2)]);
