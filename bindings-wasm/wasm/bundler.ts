import { setEngine, startEngine } from "../js/engine.js";
import { startInBrowser } from "./browser.js";

setEngine(startInBrowser);
await startEngine();

export * from "../js/api.js";
