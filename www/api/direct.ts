// mapwright on the calling thread, in browsers and in Node. A call can be cancelled only from inside its onProgress.
import { host } from "./host.js";
import { ExportError } from "./error.js";
import { BaseExporter } from "./exporter.js";
import type { Backend, Hooks, Jobs, Kind, Report } from "./jobs.js";
import type { ExporterOptions } from "./types.js";

class Direct implements Backend {
  readonly near = true;
  #host = host();

  async do<K extends Kind>(kind: K, takes: Jobs[K]["takes"], { signal, tell }: Hooks): Promise<Jobs[K]["gives"]> {
    const report: Report = (progress) => {
      tell?.(progress);
      return !signal?.aborted;
    };
    if (signal?.aborted) throw ExportError.cancelled();
    const gives = await this.#host[kind](takes, report);
    if (signal?.aborted) throw ExportError.cancelled();
    return gives;
  }

  end(): void {
    this.#host = host();
  }
}

/** Turns OpenStreetMap data into files on the calling thread. */
export class Exporter extends BaseExporter {
  constructor(options: ExporterOptions = {}) {
    super(new Direct(), options);
  }
}

export * from "./public.js";
