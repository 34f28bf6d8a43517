// Arguments as the native command line takes them: which options there are is read from its help, which is written once.
import { parseArgs } from "node:util";
import { USAGE } from "./usage.js";

/** Exit code of arguments that are no command. */
const MISUSED = 2;
/** Options that may be given several times; the help says so of some. */
const LISTS = ["format", "layers", "filter", "overlay", "set", "limit"];
/** Pairs that exclude each other: the one found, the one it meets. */
const EITHER: readonly (readonly [string, string])[] = [["INPUT", "overpass"], ["like", "request"]];

/** What is wrong with arguments, in the words of the native command line. */
export class Misuse extends Error {
  readonly exit = MISUSED;
}

interface Option {
  /** As messages show it: `--bbox <W,S,E,N>`. */
  shown: string;
  short: string | undefined;
  /** What stands for its value in the help; flags have none. */
  value: string | undefined;
  /** Its value may be left out, and stands behind `=`. */
  optional: boolean;
}

/** The arguments of a command. */
export interface Arguments {
  /** They ask for the help alone. */
  readonly help: boolean;
  /** What is no option. */
  readonly input: string | undefined;
  has(option: string): boolean;
  /** The value of an option; empty where it was given without the one it may have. */
  one(option: string): string | undefined;
  all(option: string): readonly string[];
  number(option: string): number | undefined;
}

/** Reads the arguments of a command. */
export function read(command: string, argv: readonly string[]): Arguments {
  const usage = USAGE[command] ?? "";
  const known = options(usage);
  const operand = /^ {2}\[([A-Z]+)\]/m.exec(usage)?.[1];
  const wrong = (what: string) => misuse(what, usage);
  const found = new Map<string, string[]>();
  let input: string | undefined;

  const config = Object.fromEntries([...known].map(([name, { value, optional, short }]) => [name, { type: value && !optional ? ("string" as const) : ("boolean" as const), ...(short && { short }) }]));
  const { tokens } = parseArgs({ args: [...argv], options: config, strict: false, tokens: true, allowPositionals: true });
  for (const token of tokens) {
    if (token.kind === "positional") {
      if (operand === undefined || input !== undefined) throw wrong(`unexpected argument '${token.value}' found`);
      input = token.value;
    }
    if (token.kind !== "option") continue;
    const option = known.get(token.name);
    if (!option) throw wrong(`unexpected argument '${token.rawName}' found`);
    const { shown, value, optional } = option;
    if (value === undefined && token.value !== undefined) throw wrong(`unexpected value '${token.value}' for '${shown}' found; no more were expected`);
    if (value !== undefined && !optional) {
      if (token.value === undefined) throw wrong(`a value is required for '${shown}' but none was supplied`);
      // A place may begin with a minus; elsewhere that is the next option.
      const next = !token.inlineValue && /^-./.test(token.value) && token.name !== "bbox";
      if (next && [...known.keys()].includes(token.value.replace(/^--/, ""))) throw wrong(`a value is required for '${shown}' but none was supplied`);
      if (next) throw wrong(`unexpected argument '${token.value.startsWith("--") ? token.value : token.value.slice(0, 2)}' found`);
      check(token.name, shown, token.value, wrong);
    }
    if (token.name === "help") return { ...NOTHING, help: true };
    const values = found.get(token.name);
    if (values && !LISTS.includes(token.name)) throw wrong(`the argument '${shown}' cannot be used multiple times`);
    found.set(token.name, [...(values ?? []), token.value ?? ""]);
  }

  const given = (name: string) => (name === operand ? input !== undefined : found.has(name));
  const name = (name: string) => known.get(name)?.shown ?? `[${name}]`;
  for (const [one, other] of EITHER) {
    if (given(one) && given(other)) throw wrong(`the argument '${name(one)}' cannot be used with '${name(other)}'`);
  }
  if (command === "export" && !given("INPUT") && !given("overpass")) throw wrong("the following required arguments were not provided:\n  <INPUT>");
  const one = (name: string) => found.get(name)?.[0];
  const number = (name: string) => (given(name) ? Number(one(name)) : undefined);
  return { help: false, input, has: given, one, all: (name) => found.get(name) ?? [], number };
}

const NOTHING: Omit<Arguments, "help"> = { input: undefined, has: () => false, one: () => undefined, all: () => [], number: () => undefined };

/** A failure with what the command takes. */
export function misuse(what: string, usage = USAGE[""] ?? ""): Misuse {
  return new Misuse(`error: ${what}\n\n${/^Usage: .*$/m.exec(usage)?.[0]}\n\nFor more information, try '--help'.`);
}

/** The options of a help: `  -o, --output <OUTPUT>`, `      --scale-bar[=<UNITS>]`, `      --legend`. */
function options(usage: string): Map<string, Option> {
  const rows = usage.matchAll(/^ {2}(?:-(\w), | {4})--([a-z-]+)((\[=)?(?: ?<.*?>)\]?)? {2,}/gm);
  return new Map([...rows].map(([, short, name = "", value, optional]) => [name, { shown: `--${name}${value ?? ""}`, short, value, optional: optional !== undefined }]));
}

/** Options whose values are numbers. */
function check(name: string, shown: string, value: string, wrong: (what: string) => Misuse): void {
  const invalid = (why: string) => wrong(`invalid value '${value}' for '${shown}': ${why}`);
  if (name === "detail-level") {
    if (!/^\+?\d+$/.test(value)) throw invalid("invalid digit found in string");
    if (Number(value) > 255) throw invalid(`${Number(value)} is not in 0..=255`);
  }
  if (["scale", "margin", "bleed", "dpi"].includes(name) && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) throw invalid("invalid float literal");
}
