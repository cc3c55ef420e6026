import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openimisEngine } from "../js/engine.js";
import * as glue from "../glue/openimis.js";
import "./node.js";

glue.initSync({
  module: new WebAssembly.Module(readFileSync(join(__dirname, "../../esm/glue/openimis_bg.wasm"))),
});
openimisEngine.set(glue);

export * from "../js/openimis.js";
