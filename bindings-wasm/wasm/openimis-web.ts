import { type OpenImisEngine, type WasmSource, openimisEngine } from "../js/engine.js";
import * as glue from "../glue/openimis.js";
import { moduleOf } from "./module.js";

openimisEngine.set(start);

async function start(
  source: WasmSource = new URL("../glue/openimis_bg.wasm", import.meta.url),
): Promise<OpenImisEngine> {
  await glue.default({ module_or_path: await moduleOf(source) });
  return glue;
}

export * from "../js/openimis.js";
