import { officeEngine } from "../js/engine.js";
import * as glue from "../glue/office.js";
import { startInBrowser } from "./browser.js";

officeEngine.set(startInBrowser(glue, new URL("../glue/office_bg.wasm", import.meta.url)));

export * from "../js/office.js";
