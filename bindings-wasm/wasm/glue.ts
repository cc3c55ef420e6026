import type { Engine, EnginePool, EngineRules } from "../js/engine.js";
import * as glue from "../glue/adjudica.js";

/** The engine of the WebAssembly module, once the glue has it. */
export function glueEngine(
  pool: (scheme: string, options: string, threads: number) => EnginePool,
): Engine {
  return {
    version: glue.version,
    check: glue.check,
    conventions: glue.conventions,
    compile: (scheme): EngineRules => glue.compile(scheme),
    pool: (_rules, scheme, options, threads) => pool(scheme, options, threads),
  };
}
