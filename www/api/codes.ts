// The words that errors have for programs: those of docs/codes.md, which says what each means and what to do.

/** Of the engine. */
export type EngineCode =
  | "bad_request" | "crs" | "too_large" | "foreign" | "corrupt" | "cut_off" | "empty" | "overpass_refused"
  | "overpass_rate_limited" | "overpass_busy" | "overpass_off" | "overpass_message" | "overpass_timeout"
  | "overpass_memory" | "overpass_remark" | "cancelled" | "io" | "internal";

/** Of a server, which `mapwright/remote` passes on; `http_` and a status, where it answers with no more than that. */
export type ServerCode =
  | "key" | "ticket" | "tier" | "origin" | "not_found" | "method" | "timeout" | "not_ready" | "no_result" | "over"
  | "expired" | "not_json" | "range" | "idempotency" | "deadline" | "died" | "failed" | "too_many" | "queue_full"
  | "storage" | "busy"
  | `http_${number}`;

/** Of this package. */
export type PackageCode =
  | "load" | "offline" | "overpass_unreachable" | "closed" | "unreachable" | "redirect" | "local_only";

/** All of them. New ones come with new versions. */
export type ErrorCode = EngineCode | ServerCode | PackageCode;
