// mapwright for browsers: the work is done in a worker.
import { BaseExporter } from "./exporter.js";
import { Remote, type Spawn } from "./port.js";
import type { ExporterOptions } from "./types.js";

const spawn: Spawn = (hear, fail) => {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = (event) => fail(event.message || "its script could not be loaded");
  return { post: (ask) => worker.postMessage(ask), end: () => worker.terminate(), hold: () => undefined };
};

/** Turns OpenStreetMap data into files, in a worker that starts with the first call. */
export class Exporter extends BaseExporter {
  constructor(options: ExporterOptions = {}) {
    super(new Remote(spawn), options);
  }
}

export * from "./public.js";
