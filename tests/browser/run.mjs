// Checks the built page in a real Chromium: `node tests/browser/run.mjs [word …]` runs those whose name has one of the words.
// CHROMIUM names another executable, MAPWRIGHT_PICTURES a folder to keep the screenshots in.
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runAll } from "./check.mjs";
import { launch, serve } from "./site.mjs";
import "./words.mjs";
import "./boxes.mjs";
import "./areas.mjs";
import "./journeys.mjs";
import "./stories.mjs";
import "./like.mjs";
import "./copies.mjs";
import "./details.mjs";
import "./failures.mjs";
import "./mishaps.mjs";
import "./dropped.mjs";
import "./reading.mjs";
import "./resilience.mjs";
import "./promises.mjs";
import "./access.mjs";

const folder = process.env.MAPWRIGHT_PICTURES ?? mkdtempSync(join(tmpdir(), "mapwright-pictures-"));
mkdirSync(folder, { recursive: true });
const site = await serve();
const browser = await launch();
const picture = (tab, name) => tab.screenshot({ path: join(folder, `${name}.png`) });
const { passed, failed } = await runAll({ browser, url: site.url, picture }, process.argv.slice(2));
await browser.close();
site.end();
console.log(`# screenshots: ${folder}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
