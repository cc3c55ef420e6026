import type { OpenImisEngine, WasmSource } from "../js/engine.js";
import * as glue from "../glue/openimis.js";
import { moduleOf } from "./module.js";

/** Loads the module for openIMIS. */
export async function startOpenimisInBrowser(
  source: WasmSource = new URL("../glue/openimis_bg.wasm", import.meta.url),
): Promise<OpenImisEngine> {
  await glue.default({ module_or_path: await moduleOf(source) });
  return glue;
}
