// Answers of Overpass are kept: no format, style or smaller area asks twice.
import { type Box, holds } from "./box.js";

/** A whole answer and the ground it covers. */
export interface Answer {
  server: string;
  box: Box;
  blob: Blob;
  /** When it came, milliseconds since 1970. */
  at: number;
}

/** How many are kept, and how many bytes of them. */
const NEWEST = 3;
const BYTES = 300e6;

let kept: readonly Answer[] = [];

/** The newest answer that covers `box`. */
export const covering = (box: Box): Answer | undefined => kept.find((answer) => holds(answer.box, box));

/** The newest answer. */
export const last = (): Answer | undefined => kept[0];

/** Keeps an answer; the oldest make room. */
export function keep(answer: Answer): void {
  let bytes = 0;
  kept = [answer, ...kept].filter((each, row) => row === 0 || (row < NEWEST && (bytes += each.blob.size) + answer.blob.size <= BYTES));
}

/** Forgets an answer that turned out to be no whole data. */
export function drop(blob: Blob): void {
  kept = kept.filter((answer) => answer.blob !== blob);
}
