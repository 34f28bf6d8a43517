// Gives a file to the person: as a download, to the clipboard, to another program.
import type { ExportFile } from "../api/types.js";
import type { ActionId } from "./actions.js";
import { el } from "./dom.js";

/** Saves it. */
export function save(file: ExportFile): void {
  const url = URL.createObjectURL(file.blob);
  el("a", { href: url, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** True where the clipboard takes this file: PNG as a picture, SVG as one or as text. */
export const canCopy = (file: ExportFile): boolean => "clipboard" in navigator && ["image/png", "image/svg+xml"].includes(file.mime);

/** Copies it. */
export async function copy(file: ExportFile): Promise<void> {
  const takes = typeof ClipboardItem !== "undefined" && (file.mime === "image/png" || ClipboardItem.supports?.(file.mime));
  if (takes) await navigator.clipboard.write([new ClipboardItem({ [file.mime]: file.blob })]);
  else await navigator.clipboard.writeText(await file.blob.text());
}

const shareable = (file: ExportFile) => ({ files: [new File([file.blob], file.name, { type: file.mime })] });

/** True where the system can pass this file on. */
export const canShare = (file: ExportFile): boolean => "canShare" in navigator && navigator.canShare(shareable(file));

/** Passes it on; a person who closes the dialog has not failed. */
export const share = (file: ExportFile): Promise<void> => navigator.share(shareable(file)).catch(() => undefined);

/** What can be done with a file at once. */
export const deeds = (file: ExportFile): ActionId[] => ["save", ...(canCopy(file) ? (["copy"] as const) : []), ...(canShare(file) ? (["share"] as const) : []), "another", "as"];
