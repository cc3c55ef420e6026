/**
 * adjudica: rules and adjudication for health financing.
 *
 * Compile a scheme once, adjudicate any number of claims with it. Money and quantities are decimal
 * text in and out. The same API in Node.js and in the browser.
 */

import type { Report, Scheme } from "./documents.js";
import { type Engine, type WasmSource, engineIfReady, startEngine } from "./engine.js";
import { InvalidSchemeError, errorsOf, guarded, inputError } from "./errors.js";
import { documentText } from "./input.js";
import { RuleSet } from "./ruleset.js";
import { Snapshot, type SnapshotOptions } from "./snapshot.js";

export { Decision, type ExplainOptions } from "./decision.js";
export { AdjudicaError, InvalidSchemeError } from "./errors.js";
export { fromMinorUnits, minorUnits } from "./money.js";
export type { AdjudicateOptions, ManyAsyncOptions, ManyOptions } from "./options.js";
export { RuleSet, type RequestInput } from "./ruleset.js";
export { Snapshot, type SnapshotOptions } from "./snapshot.js";
export type { WasmSource } from "./engine.js";
export type * as documents from "./documents.js";

/** A scheme: JSON or YAML text (or its bytes), or an object with money as text. */
export type SchemeInput = string | Scheme | Uint8Array;

/**
 * Makes the engine ready. Needed only with `adjudica-wasm/web`, which loads its module when asked;
 * everywhere else it is ready when the package is.
 *
 * @param source the WebAssembly module, if it is not beside the package's files
 */
export function ready(source?: WasmSource): Promise<void> {
  return startEngine(source);
}

/** Version of the engine. */
export function version(): string {
  return engine().version();
}

/**
 * Compiles a scheme.
 *
 * @throws InvalidSchemeError with everything wrong with the scheme
 */
export function compile(scheme: SchemeInput): RuleSet {
  const running = engine();
  const text = documentText(scheme, "scheme");
  try {
    return RuleSet.of(running, text);
  } catch (thrown) {
    throw new InvalidSchemeError(errorsOf(thrown));
  }
}

/** Everything that is wrong with a scheme, and what is legal but probably not meant. */
export function check(scheme: SchemeInput): Report {
  const text = documentText(scheme, "scheme");
  return JSON.parse(guarded(() => engine().check(text))) as Report;
}

/** One claim of openIMIS: JSON text (or its bytes) or an object, with the columns of its models. */
export type SnapshotInput = string | object | Uint8Array;

/**
 * Reads one claim of openIMIS with every row that its decision depends on.
 *
 * @throws AdjudicaError if it is no snapshot of exactly one claim
 */
export function readSnapshot(snapshot: SnapshotInput, options: SnapshotOptions = {}): Snapshot {
  return Snapshot.read(engine(), documentText(snapshot, "snapshot"), options);
}

function engine(): Engine {
  const running = engineIfReady();
  if (running !== undefined) return running;
  throw inputError("engine.not_ready", "the engine is not ready", "call `await ready()` first");
}
