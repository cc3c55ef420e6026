/**
 * adjudica in a scheme's office: the same API, where `rules.ask` answers every question.
 *
 * Everywhere but in browsers the package's main part does so too, and this is the same. In browsers
 * it is a larger module, which a page loads instead of the other, or later: rule sets that are
 * compiled once it is ready, through either part, answer every question.
 */

import { type WasmSource, officeEngine } from "./engine.js";

export * from "./api.js";

/**
 * Makes the whole engine ready. Needed only with `adjudica-wasm/office/web`, which loads its module
 * when asked; everywhere else it is ready when it is imported.
 *
 * @param source the WebAssembly module, if it is not beside the package's files
 */
export function ready(source?: WasmSource): Promise<void> {
  return officeEngine.start(source);
}
