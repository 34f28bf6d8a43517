// The worker of browsers, and the worker thread of Node.
import { desk } from "./desk.js";
import { serve } from "./port.js";

type NodePort = { on(event: "message", hear: (message: unknown) => void): void; postMessage(message: unknown, transfer: ArrayBuffer[]): void };
type Builtins = { process?: { getBuiltinModule?(name: "node:worker_threads"): { parentPort: NodePort | null } | undefined } };

const node = (globalThis as Builtins).process?.getBuiltinModule?.("node:worker_threads")?.parentPort;
if (node) {
  node.on("message", serve(desk(), (answer, transfer) => node.postMessage(answer, transfer)));
} else {
  const hear = serve(desk(), (answer, transfer) => (self as unknown as DedicatedWorkerGlobalScope).postMessage(answer, transfer));
  self.addEventListener("message", ({ data }) => hear(data));
}
