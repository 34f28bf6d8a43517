// What every entry of the package exports besides its Exporter.
export type { ErrorCode } from "./codes.js";
export { ExportError } from "./error.js";
export { ENDPOINT, fetchOverpass } from "./overpass.js";
export type { FormatId, FormatOptions, LayerId, PaperId, StyleId, TopicId } from "./ids.js";
export type * from "./types.js";
