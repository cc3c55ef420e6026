/**
 * adjudica: rules and adjudication for health financing.
 *
 * Compile a scheme once, adjudicate any number of claims with it. Money and quantities are decimal
 * text in and out. The same API in Node.js and in the browser, where the questions of a scheme's
 * office need the package's `office`. What concerns only openIMIS is in the package's `openimis`.
 */

import type { Convention, Report, Scheme } from "./documents.js";
import { type WasmSource, engine } from "./engine.js";
import { InvalidSchemeError, errorsOf, guarded } from "./errors.js";
import { documentText } from "./input.js";
import { RuleSet } from "./ruleset.js";

export { Decision, type ExplainOptions } from "./decision.js";
export { AdjudicaError, InvalidSchemeError } from "./errors.js";
export { fromMinorUnits, minorUnits } from "./money.js";
export type { AdjudicateOptions, ManyAsyncOptions, ManyOptions } from "./options.js";
export { RuleSet, type RequestInput } from "./ruleset.js";
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
  return engine.start(source);
}

/** Version of the engine. */
export function version(): string {
  return engine.get().version();
}

/**
 * Compiles a scheme.
 *
 * @throws InvalidSchemeError with everything wrong with the scheme
 */
export function compile(scheme: SchemeInput): RuleSet {
  const running = engine.get();
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
  return JSON.parse(guarded(() => engine.get().check(text))) as Report;
}

/** Every point where engines differ, with its meaning, its source and the choice of each preset. */
export function conventions(): Convention[] {
  return JSON.parse(guarded(() => engine.get().conventions())) as Convention[];
}
