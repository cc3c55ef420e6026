import { engine } from "../js/engine.js";
import { startInBrowser } from "./browser.js";

engine.set(startInBrowser);
await engine.start();

export * from "../js/api.js";
