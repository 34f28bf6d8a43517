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
import "./account.mjs";
import "./operator.mjs";

/** Checks that run side by side: they wait more than they work. */
const LANES = Number(process.env.MAPWRIGHT_LANES ?? 2);

const folder = process.env.MAPWRIGHT_PICTURES ?? mkdtempSync(join(tmpdir(), "mapwright-pictures-"));
mkdirSync(folder, { recursive: true });
const site = await serve();
const picture = (tab, name) => tab.screenshot({ path: join(folder, `${name}.png`) });
// A browser for each lane: they share no clipboard and no cache.
const browsers = await Promise.all(Array.from({ length: LANES }, launch));
const { passed, failed } = await runAll(browsers.map((browser) => ({ browser, url: site.url, picture })), process.argv.slice(2));
await Promise.all(browsers.map((browser) => browser.close()));
site.end();
console.log(`# screenshots: ${folder}`);
// Once more where one looks first: the end of a long record.
for (const name of failed) console.log(`not ok: ${name}`);
console.log(`${passed} passed, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
