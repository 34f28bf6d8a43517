// A server with accounts and its letter box, and a tab of the page of accounts.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { free } from "../server/serve.mjs";
import { until } from "./check.mjs";
import { binary, run, scratch } from "./outside.mjs";
import { root } from "./site.mjs";

/** Starts a server with the built page; `more` settings by their names in the environment. */
export async function house(more = {}) {
  const folder = scratch();
  const [data, mails] = [join(folder, "data"), join(folder, "mails")];
  const url = `http://127.0.0.1:${await free()}`;
  const settings = { ACCOUNTS_URL: url, ACCOUNTS_MAIL: `folder:${mails}`, ACCOUNTS_LETTERS_AN_HOUR: "100", ...more };
  const env = { ...process.env, ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [`MAPWRIGHT_${name}`, value])) };
  const child = spawn(binary(), ["serve", "--listen", new URL(url).host, "--data-dir", data, "--page", join(root, "dist/page")], { cwd: root, env, stdio: ["ignore", "ignore", "pipe"] });
  // Also where a check failed before its end.
  const kill = () => child.kill("SIGTERM");
  process.on("exit", kill);
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (part) => (said += part));
  await until(() => said, /mapwright serves/, "server");
  const letters = () => {
    const names = readdirSync(mails, { withFileTypes: true }).map(({ name }) => join(mails, name));
    return names.sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs).map((name) => plain(readFileSync(name, "utf8")));
  };
  return {
    url,
    /** The link of the last letter to somebody, which comes a moment after the answer. */
    letter: async (email, purpose) => {
      const link = () => letters().filter((text) => text.includes(`To: ${email}`)).map((text) => new RegExp(`${url}/account\\.html#${purpose}\\S*`).exec(text)?.[0]).filter(Boolean).at(-1);
      return until(() => (safely(letters) ? link() : undefined), Boolean, `a letter to ${email}`);
    },
    /** What an operator does in a shell. */
    users: (...args) => run(binary(), ["users", ...args, "--data-dir", data]),
    end: async () => {
      process.off("exit", kill);
      kill();
      await new Promise((resolve) => child.on("exit", resolve));
    },
  };
}

/** A letter with its body as text: base64, or quoted-printable, whose lines are broken and whose = is =3D. */
function plain(letter) {
  const [head, body] = letter.split(/\r?\n\r?\n(.*)/s);
  if (/transfer-encoding: base64/i.test(head)) return `${head}\n\n${Buffer.from(body, "base64")}`;
  return letter.replace(/=\r?\n/g, "").replaceAll("=3D", "=");
}

function safely(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** A tab of the page of accounts in a context of its own; complaints of the console are written down. */
export async function tabOf(browser, address, { width = 1280, ...context } = {}) {
  const place = await browser.newContext({ serviceWorkers: "block", viewport: { width, height: width < 640 ? 740 : 800 }, locale: "en-GB", reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"], ...context });
  const tab = await place.newPage();
  const complaints = [];
  // What a refusal of the server leaves in the console is no complaint of the page.
  tab.on("console", (message) => ["error", "warning"].includes(message.type()) && !/the server responded with a status of 4\d\d/.test(message.text()) && complaints.push(message.text()));
  tab.on("pageerror", (fault) => complaints.push(String(fault)));
  await tab.goto(address);
  await tab.waitForSelector("html[data-ready]", { state: "attached" });
  const end = async () => {
    assert.deepEqual(complaints, []);
    await place.close();
  };
  return { tab, end };
}

/** Fills a form of the page by the names of its fields and sends it. */
export async function send(tab, form, values) {
  for (const [name, value] of Object.entries(values)) await tab.fill(`#${form}-form input[name=${name}]`, value);
  await tab.click(`#${form}-form button[type=submit]`);
}
