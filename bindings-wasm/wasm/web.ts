import { engine } from "../js/engine.js";
import { startInBrowser } from "./browser.js";

engine.set(startInBrowser);

export * from "../js/api.js";
