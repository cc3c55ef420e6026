import type { Engine, EnginePool, EngineRules, OpenImisEngine } from "../js/engine.js";
import type * as native from "../native/binding.js";

// The path as seen from dist/node.
const addon = require("../../native/binding.js") as typeof native;

/** The addon as the shared layer's engine. */
export const nodeEngine: Engine = {
  version: addon.version,
  check: addon.check,
  compile: addon.compile,
  conventions: addon.conventions,
  pool: (rules, _scheme, options) => new LibuvPool(rules as native.Rules & EngineRules, options),
};

/** Its part for openIMIS. */
export const nodeOpenimis: OpenImisEngine = addon;

/** Slices become tasks of the libuv pool, which has its own number of threads. */
class LibuvPool implements EnginePool {
  readonly #claims: native.Claims;

  constructor(rules: native.Rules, options: string) {
    this.#claims = rules.session(options);
  }

  run(requests: string[]): Promise<string[]> {
    return this.#claims.batch(requests);
  }

  close(): void {
    // The pool is the process's own.
  }
}
