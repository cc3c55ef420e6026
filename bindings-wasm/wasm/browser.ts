import type { Engine, EnginePool, WasmSource } from "../js/engine.js";
import { type Glue, glueEngine } from "./glue.js";
import type { Claims, Reply } from "./messages.js";
import { moduleOf } from "./module.js";
import { type Port, WorkerPool } from "./pool.js";

/** Loads a module, from `beside` the package's files or from elsewhere, and starts its engine. */
export function startInBrowser(glue: Glue, beside: URL): (source?: WasmSource) => Promise<Engine> {
  return async (source = beside) => {
    const module = await moduleOf(source);
    await glue.default({ module_or_path: module });
    return glueEngine(glue, (scheme, options): EnginePool => {
      if (typeof Worker === "undefined") return new TurnsPool(glue.compile(scheme).session(options));
      return new WorkerPool(startWorker, { module, scheme, options });
    });
  };
}

function startWorker(): Port {
  // Written out in one expression: that is how bundlers find the worker's file.
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  return {
    post: (message) => worker.postMessage(message),
    onReply: (heard) => {
      worker.onmessage = ({ data }: MessageEvent<Reply>) => heard(data);
      worker.onerror = (event) => heard({ failed: event.message || "the worker could not start" });
      worker.onmessageerror = () => heard({ failed: "the worker's message could not be read" });
    },
    end: () => worker.terminate(),
  };
}

/** Where there are no workers, as in service workers: slice by slice, with turns in between. */
class TurnsPool implements EnginePool {
  readonly #claims: Claims;

  constructor(claims: Claims) {
    this.#claims = claims;
  }

  async run(requests: string[]): Promise<string[]> {
    await new Promise((resolve) => setTimeout(resolve));
    return requests.map((request) => this.#claims.adjudicate(request));
  }

  close(): void {
    this.#claims.free();
  }
}
