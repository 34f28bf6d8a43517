// The worker of browsers, and the worker thread of Node.
import { host } from "./host.js";
import { serve } from "./port.js";

type NodePort = { on(event: "message", hear: (message: unknown) => void): void; postMessage(message: unknown): void };
type Builtins = { process?: { getBuiltinModule?(name: "node:worker_threads"): { parentPort: NodePort | null } | undefined } };

const node = (globalThis as Builtins).process?.getBuiltinModule?.("node:worker_threads")?.parentPort;
if (node) {
  node.on("message", serve(host(), (answer) => node.postMessage(answer)));
} else {
  const hear = serve(host(), (answer) => (self as unknown as DedicatedWorkerGlobalScope).postMessage(answer));
  self.addEventListener("message", ({ data }) => hear(data));
}
