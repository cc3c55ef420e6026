import { engine } from "../js/engine.js";
import * as glue from "../glue/adjudica.js";
import { startInBrowser } from "./browser.js";

engine.set(startInBrowser(glue, new URL("../glue/adjudica_bg.wasm", import.meta.url)));

export * from "../js/api.js";
