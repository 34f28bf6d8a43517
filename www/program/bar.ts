// Progress on a terminal: one line that is written over.
import type { Progress, Stage } from "../api/direct.js";

/** Least time between two looks of the line, milliseconds. */
const PAUSE = 100;
/** Characters of the bar. */
const WIDTH = 40;

const WORDS: Record<Stage, string> = { receive: "Receiving", load: "Loading", read: "Reading", assemble: "Assembling", draw: "Drawing", label: "Labels", write: "Writing" };

/** A line that tells progress until it is cleared. */
export function bar(out: { write(text: string): unknown }): { tell(progress: Progress): void; clear(): void } {
  const start = performance.now();
  let next = 0;
  return {
    tell({ fraction, stage }) {
      const now = performance.now();
      if (now < next) return;
      next = now + PAUSE;
      const full = Math.floor(fraction * WIDTH);
      const line = ("=".repeat(full) + (full < WIDTH ? ">" : "")).padEnd(WIDTH);
      const percent = String(Math.floor(fraction * 100)).padStart(3);
      out.write(`\r${WORDS[stage].padStart(10)} [${line}] ${percent} %  ${Math.floor((now - start) / 1000)}s\u001b[K`);
    },
    clear: () => void out.write("\r\u001b[K"),
  };
}
