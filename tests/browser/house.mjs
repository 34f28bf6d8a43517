// A server with accounts and its letter box, and a tab of the page of accounts.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { PATIENCE, until } from "./check.mjs";
import { binary, run, scratch, server } from "./outside.mjs";
import { root } from "./site.mjs";

/** Starts a server with the built page; `more` settings by their names in the environment. */
export async function house(more = {}) {
  const folder = scratch();
  const [data, mails] = [join(folder, "data"), join(folder, "mails")];
  const settings = (url) => ({ ACCOUNTS_URL: url, ACCOUNTS_MAIL: `folder:${mails}`, ACCOUNTS_LETTERS_AN_HOUR: "100", ...more });
  const env = (url) => Object.fromEntries(Object.entries(settings(url)).map(([name, value]) => [`MAPWRIGHT_${name}`, value]));
  const { url, end } = await server(["--data-dir", data, "--page", join(root, "dist/page")], env);
  const letters = () => {
    const names = readdirSync(mails, { withFileTypes: true }).map(({ name }) => join(mails, name));
    return names.sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs).map((name) => plain(readFileSync(name, "utf8")));
  };
  return {
    url,
    /** The link of the last letter to somebody, which comes a moment after the answer; nothing of one that is still being written. */
    letter: async (email, purpose) => {
      const link = () => letters().filter((text) => text.includes(`To: ${email}`)).map((text) => new RegExp(`${url}/account\\.html#${purpose}\\S*(?=\\s)`).exec(text)?.[0]).filter(Boolean).at(-1);
      return until(() => safely(link), Boolean, `a letter to ${email}`);
    },
    /** What an operator does in a shell. */
    users: (...args) => run(binary(), ["users", ...args, "--data-dir", data]),
    end,
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
  place.setDefaultTimeout(PATIENCE);
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
