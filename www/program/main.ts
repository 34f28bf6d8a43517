#!/usr/bin/env node
// `npx mapwright`: the command line of the native program, as far as it needs nothing but the engine.
import { readFileSync } from "node:fs";
import { ExportError } from "../api/direct.js";
import { type Arguments, Misuse, misuse, read } from "./arguments.js";
import { run } from "./export.js";
import { formats, layers, styles } from "./lists.js";
import { print } from "./system.js";
import { NATIVE, USAGE } from "./usage.js";

/** By kind of failure, as the native program ends (docs/codes.md). */
const EXITS: Record<string, number> = { bad_request: 64, crs: 64, internal: 70, load: 70, io: 74, offline: 74, overpass_unreachable: 74, cancelled: 130 };
const DATA = 65;
const OVERPASS = 69;

const COMMANDS: Record<string, (args: Arguments) => string | Promise<void>> = { export: run, formats, styles, layers };

const exit = (code: string): number => EXITS[code] ?? (code.startsWith("overpass_") ? OVERPASS : DATA);

const help = (command: string): string => (USAGE[command] ?? "") + (command ? "" : `\nThe native program has more commands: ${NATIVE.join(", ")}.\n`);

async function main([command, ...rest]: string[]): Promise<void> {
  if (command === undefined) throw new Misuse(help("").trimEnd());
  if (command === "-h" || command === "--help") return print(help(""));
  if (command === "-V" || command === "--version") return print(`mapwright ${version()}\n`);
  if (command === "help") return main(rest[0] === undefined ? ["--help"] : [rest[0], "--help"]);
  if (NATIVE.includes(command)) throw new ExportError("bad_request", `${command}: the native program alone has this command; the npm package has ${Object.keys(COMMANDS).join(", ")}`);
  const work = COMMANDS[command];
  if (!work) throw misuse(command.startsWith("-") ? `unexpected argument '${command}' found` : `unrecognized subcommand '${command}'`);
  const args = read(command, rest);
  const said = args.help ? help(command) : await work(args);
  if (said) await print(said);
}

const version = (): string => (JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }).version;

// Whoever reads may stop doing so; `print` judges what comes of it.
process.stdout.on("error", () => undefined);
main(process.argv.slice(2)).catch((fault) => {
  if (fault instanceof Misuse) {
    console.error(fault.message);
    process.exitCode = fault.exit;
    return;
  }
  const { code, message } = ExportError.from(fault);
  console.error(`mapwright: ${message}`);
  process.exitCode = exit(code);
});
