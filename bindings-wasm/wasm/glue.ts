import type { Engine, EnginePool, EngineRules } from "../js/engine.js";

/** The glue of an engine's module: the same text for both, each with a module of its own. */
export type Glue = typeof import("../glue/adjudica.js");

/** The engine of a WebAssembly module, once the glue has it. */
export function glueEngine(
  glue: Glue,
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
