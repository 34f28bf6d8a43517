// mapwright for Node: the work is done in a worker thread.
// By this name webpack knows that the worker belongs into bundles for Node.
import { Worker } from "worker_threads";
import { ExportError } from "./error.js";
import { BaseExporter } from "./exporter.js";
import { Remote, type Spawn } from "./port.js";
import type { ExporterOptions } from "./types.js";

const spawn: Spawn = (hear, fail) => {
  const worker = new Worker(new URL("./worker.js", import.meta.url));
  worker.on("message", hear);
  worker.on("error", (fault) => fail(ExportError.from(fault).message));
  return {
    post: (ask) => worker.postMessage(ask),
    end: () => void worker.terminate(),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
  };
};

/** Turns OpenStreetMap data into files, in a worker thread that starts with the first call. */
export class Exporter extends BaseExporter {
  constructor(options: ExporterOptions = {}) {
    super(new Remote(spawn), options);
  }
}

export * from "./public.js";
