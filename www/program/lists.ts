// The lists: formats, styles, layers.
import { ExportError, Exporter } from "../api/direct.js";
import type { Arguments } from "./arguments.js";

const json = (rows: unknown): string => `${JSON.stringify(rows, null, 2)}\n`;

/** All formats, a line each. */
export function formats(args: Arguments): string {
  const { formats } = new Exporter();
  if (args.has("json")) return json(formats);
  return formats.map(({ id, extension, family, about }) => `${id.padEnd(16)} .${extension.padEnd(10)} ${family.padEnd(9)} ${about}\n`).join("");
}

/** All built-in styles. */
export function styles(args: Arguments): string {
  if (args.input !== undefined) throw new ExportError("bad_request", "styles: the native program alone prints a style as a document");
  const { styles } = new Exporter();
  if (args.has("json")) return json(styles);
  return styles.map(({ id, about }) => `${id.padEnd(14)} ${about}\n`).join("");
}

/** All layers and their classes. */
export function layers(args: Arguments): string {
  const { layers } = new Exporter();
  if (args.has("json")) return json(layers);
  return layers.map(({ id, classes }) => `${id.padEnd(12)} ${classes.map((one) => one.id).join(" ")}\n`).join("");
}
