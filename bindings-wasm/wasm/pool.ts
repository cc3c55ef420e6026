import type { EnginePool } from "../js/engine.js";
import type { Hello, Reply } from "./messages.js";

/** A worker of the host, browser or Node. */
export interface Port {
  post(message: Hello | string[]): void;
  /** Called once for every reply, or with what ended the worker. */
  onReply(heard: (reply: Reply) => void): void;
  end(): void;
}

/** Workers that each hold the compiled scheme; started when first needed. */
export class WorkerPool implements EnginePool {
  readonly #start: () => Port;
  readonly #hello: Hello;
  readonly #idle: Port[] = [];
  readonly #all: Port[] = [];

  constructor(start: () => Port, hello: Hello) {
    this.#start = start;
    this.#hello = hello;
  }

  /** The shared layer never has more slices under way than it asked threads for. */
  run(requests: string[]): Promise<string[]> {
    const port = this.#idle.pop() ?? this.#started();
    return new Promise((resolve, reject) => {
      port.onReply((reply) => {
        if ("failed" in reply) return reject(new Error(reply.failed));
        this.#idle.push(port);
        resolve(reply.answers);
      });
      port.post(requests);
    });
  }

  close(): void {
    for (const port of this.#all) port.end();
  }

  #started(): Port {
    const port = this.#start();
    this.#all.push(port);
    port.post(this.#hello);
    return port;
  }
}
