// The one error of the API.
import type { ErrorCode } from "./codes.js";

/** A failure with a sentence for a person and a stable word for programs. */
export class ExportError extends Error {
  override readonly name = "ExportError";

  constructor(
    /** A stable word: what it means and what to do stands in docs/codes.md. */
    readonly code: ErrorCode,
    message: string,
    /** The field of the request at fault, `options.geojson.digits`. */
    readonly field?: string,
    /** Megabytes of memory an Overpass query would need, where the server named them. */
    readonly megabytes?: number,
  ) {
    super(message);
  }

  /** Makes one of whatever was thrown: the engine throws plain objects, a stopped call an AbortError. */
  static from(thrown: unknown): ExportError {
    if (thrown instanceof ExportError) return thrown;
    if (thrown instanceof Error) {
      return thrown.name === "AbortError" ? ExportError.cancelled() : new ExportError("internal", thrown.message);
    }
    const { code = "internal", message = String(thrown), field, megabytes } = Object(thrown) as Partial<ExportError>;
    return new ExportError(code, message, field, megabytes);
  }

  static cancelled(): ExportError {
    return new ExportError("cancelled", "stopped");
  }

  /** What crosses from a worker: errors lose their fields there. */
  plain(): { code: ErrorCode; message: string; field?: string; megabytes?: number } {
    const { code, message, field, megabytes } = this;
    return { code, message, ...(field !== undefined && { field }), ...(megabytes !== undefined && { megabytes }) };
  }
}
