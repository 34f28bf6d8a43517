// What a person should know of a format before choosing it.
import type { FormatRow } from "../api/types.js";
import { el } from "./dom.js";
import { named, ofFormat, t } from "./i18n/index.js";

/** Programs that opened files of this format in the project's tests, by format. */
let proofs: Readonly<Record<string, readonly string[]>> = {};

/** Brings them; without, nothing is claimed. Gives the answer of the page's host, which says what it is. */
export async function loadProofs(): Promise<Response | undefined> {
  const answer = await fetch(new URL("verified.json", document.baseURI)).catch(() => undefined);
  if (answer?.ok) proofs = (await answer.json()) as typeof proofs;
  return answer;
}

const verified = (id: string): string => proofs[id]?.join(", ") ?? "";

/** Programs that open it; some have no name of their own. */
export const programs = (row: FormatRow): string[] => row.programs.map((name) => named(`program.${name}`, name));

/** What a person should know of a format, as rows of a description list. */
export function facts(row: FormatRow): HTMLElement[] {
  const pairs = [
    [t("format.for"), ofFormat(row, "for_whom")],
    [t("format.kept"), ofFormat(row, "kept")],
    [t("format.lost"), ofFormat(row, "lost")],
    [t("format.opens"), programs(row).join(", ")],
    [t("format.verified"), verified(row.id)],
  ] as const;
  return pairs.filter(([, text]) => text).flatMap(([term, text]) => [el("dt", {}, term), el("dd", {}, text)]);
}
