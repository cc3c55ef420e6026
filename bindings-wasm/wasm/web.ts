import { setEngine } from "../js/engine.js";
import { startInBrowser } from "./browser.js";

setEngine(startInBrowser);

export * from "../js/api.js";
