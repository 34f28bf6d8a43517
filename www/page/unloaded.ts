// A sample that could not be had: what the page ships fails otherwise than what the engine needs.
import { ExportError } from "../api/error.js";

/** A failure that has a sentence of its own. */
export class UnloadedSample extends ExportError {
  constructor(why: string) {
    super("load", why);
  }
}
