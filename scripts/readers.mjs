// npm run test:readers [format…]: ring 2, the large programs that people open files with; writes docs/verified.json.
import { join } from "node:path";
import { debian, folder, nodeModules, python, root, run, rust, targetDir } from "./lib.mjs";
import { EXTRACTS, PROGRAMS } from "./ring1.mjs";

const formats = process.argv.slice(2);
await rust();
await nodeModules();
const interpreter = await python("tests/readers/requirements.txt");
const env = { MAPWRIGHT_OUT: folder(targetDir(), "mapwright-out"), MAPWRIGHT_EXTRACTS: JSON.stringify(EXTRACTS) };
const heavy = join(root, "tests/readers/heavy.py");
const { text } = await run(interpreter, [heavy, "--packages"], { quiet: true, env });
await debian({ ...PROGRAMS, ...JSON.parse(text) });
const exported = await run("node", ["scripts/export.mjs"], { env });
process.exit(exported.code || (await run(interpreter, [heavy, ...formats], { env })).code);
