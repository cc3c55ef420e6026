import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Engine } from "../js/engine.js";
import { type Glue, glueEngine } from "./glue.js";
import type { Reply } from "./messages.js";
import { type Port, WorkerPool } from "./pool.js";

/** The module of that name, from beside the package's files. */
export function moduleOfFile(name: string): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(join(__dirname, `../../esm/glue/${name}_bg.wasm`)));
}

/** The engine of the module of that name. */
export function engineInNode(glue: Glue, name: string): Engine {
  const module = moduleOfFile(name);
  glue.initSync({ module });
  return glueEngine(glue, (scheme, options) => new WorkerPool(startWorker, { module, scheme, options }));
}

function startWorker(): Port {
  const worker = new Worker(join(__dirname, "node-worker.js"));
  let hear: (reply: Reply) => void = () => {};
  worker.on("message", (reply: Reply) => hear(reply));
  worker.on("error", (error) => hear({ failed: error.message }));
  return {
    post: (message) => worker.postMessage(message),
    onReply: (heard) => {
      hear = heard;
    },
    end: () => void worker.terminate(),
  };
}
