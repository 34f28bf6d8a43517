// One fraction over several steps.
import type { Progress } from "./types.js";

type Tell<T> = (progress: Progress) => T;

/** Maps what a step tells, 0 to 1, into its part of the whole. */
export const within = <T>(tell: Tell<T>, from: number, to: number): Tell<T> =>
  (progress) => tell({ ...progress, fraction: from + (to - from) * progress.fraction });

/** Tells nothing that goes back, and the end only once. */
export function monotone(tell: (progress: Progress) => void): (progress: Progress) => void {
  let told = -1;
  return (progress) => {
    if (told >= 1) return;
    told = Math.min(1, Math.max(told, progress.fraction));
    tell({ ...progress, fraction: told });
  };
}

/** Tells a change of stage and the end at once, all else at most every `pause` milliseconds. */
export function seldom(tell: (progress: Progress) => void, pause: number): (progress: Progress) => void {
  let stage: string | undefined;
  let next = 0;
  return (progress) => {
    const now = performance.now();
    if (progress.stage === stage && progress.fraction < 1 && now < next) return;
    stage = progress.stage;
    next = now + pause;
    tell(progress);
  };
}
