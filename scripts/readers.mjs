// npm run test:readers [format…]: ring 2, the large programs that people open files with; writes docs/verified.json.
// MAPWRIGHT_FOLDER names a folder of extracts whose areas are judged too.
import { join } from "node:path";
import { DEBIAN, debian, folder, nodeModules, python, root, run, rust, targetDir } from "./lib.mjs";
import { EXTRACTS } from "./extracts.mjs";

const formats = process.argv.slice(2);
await rust();
await nodeModules();
const interpreter = await python("tests/readers/requirements.txt", "tests/readers/heavy.txt");
const env = {
  MAPWRIGHT_OUT: folder(targetDir(), "mapwright-out"),
  MAPWRIGHT_EXTRACTS: JSON.stringify(EXTRACTS),
  MAPWRIGHT_PROGRAM: join(targetDir(), "debug/mapwright"),
};
const heavy = join(root, "tests/readers/heavy.py");
await debian(Object.keys({ ...DEBIAN.readers, ...DEBIAN.heavy }));
const exported = await run("node", ["scripts/export.mjs"], { env });
if (process.env.MAPWRIGHT_FOLDER) {
  const exact = await run(interpreter, ["-m", "pytest", "-q", join(root, "tests/readers/test_exact.py")], { env });
  if (exact.code) process.exit(exact.code);
}
process.exit(exported.code || (await run(interpreter, [heavy, ...formats], { env })).code);
