import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { engine } from "../js/engine.js";
import { initSync } from "../glue/adjudica.js";
import { glueEngine } from "./glue.js";
import type { Reply } from "./messages.js";
import { type Port, WorkerPool } from "./pool.js";

const wasm = new WebAssembly.Module(readFileSync(join(__dirname, "../../esm/glue/adjudica_bg.wasm")));
initSync({ module: wasm });

engine.set(glueEngine((scheme, options) => new WorkerPool(startWorker, { module: wasm, scheme, options })));

export * from "../js/api.js";

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
