import type { Engine, EnginePool, WasmSource } from "../js/engine.js";
import { glueEngine } from "./glue.js";
import init, { compile } from "../glue/adjudica.js";
import { moduleOf } from "./module.js";
import { type Port, WorkerPool } from "./pool.js";
import type { Reply } from "./messages.js";

/** Loads the module and starts the engine. */
export async function startInBrowser(
  source: WasmSource = new URL("../glue/adjudica_bg.wasm", import.meta.url),
): Promise<Engine> {
  const module = await moduleOf(source);
  await init({ module_or_path: module });
  return glueEngine((scheme, options): EnginePool => {
    if (typeof Worker === "undefined") return new TurnsPool(scheme, options);
    return new WorkerPool(startWorker, { module, scheme, options });
  });
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
  readonly #claims: ReturnType<ReturnType<typeof compile>["session"]>;

  constructor(scheme: string, options: string) {
    this.#claims = compile(scheme).session(options);
  }

  async run(requests: string[]): Promise<string[]> {
    await new Promise((resolve) => setTimeout(resolve));
    return requests.map((request) => this.#claims.adjudicate(request));
  }

  close(): void {
    this.#claims.free();
  }
}
