// Workers take either module with this one's glue.
import { compile, initSync } from "../glue/adjudica.js";

/** Adjudicates with one rule set and one set of options. */
export type Claims = ReturnType<ReturnType<typeof compile>["session"]>;

/** First message to a worker: what to decide with. */
export interface Hello {
  module: WebAssembly.Module;
  scheme: string;
  options: string;
}

/** What a worker answers to a slice of requests. */
export type Reply = { answers: string[] } | { failed: string };

/** What a worker does with its messages: first a {@link Hello}, then slices. */
export function worker(reply: (message: Reply) => void): (message: Hello | string[]) => void {
  let claims: Claims | undefined;
  return (message) => {
    try {
      if (Array.isArray(message)) {
        reply({ answers: message.map((request) => claims!.adjudicate(request)) });
      } else {
        initSync({ module: message.module });
        claims = compile(message.scheme).session(message.options);
      }
    } catch (thrown) {
      reply({ failed: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  };
}
