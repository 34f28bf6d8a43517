// node scripts/usage.mjs: writes www/program/usage.ts from the help of the native command line, which says once what there is.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { must, program, root } from "./lib.mjs";

/** Commands that need nothing but the engine. */
const COMMANDS = ["export", "formats", "styles", "layers"];

const command = await program();
const help = (...words) => must(command, [...words, "--help"], { quiet: true });
const whole = await help();
const listed = [...whole.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name);
const native = listed.filter((name) => name !== "help" && !COMMANDS.includes(name));
const own = whole.replace(new RegExp(`^ {2}(?:${native.join("|")}) .*\n`, "gm"), "");
const texts = { "": own, ...Object.fromEntries(await Promise.all(COMMANDS.map(async (name) => [name, await help(name)]))) };
const rows = Object.entries(texts).map(([name, text]) => `  ${JSON.stringify(name)}: \`${text.replace(/[\\`$]/g, "\\$&")}\`,\n`);
writeFileSync(
  join(root, "www/program/usage.ts"),
  `// Made by \`node scripts/usage.mjs\` from the help of the native command line. Do not edit.

/** By command; that of the program itself has no name. */
export const USAGE: { readonly [command: string]: string } = {
${rows.join("")}};

/** Commands that the native program alone has. */
export const NATIVE: readonly string[] = ${JSON.stringify(native)};
`,
);
