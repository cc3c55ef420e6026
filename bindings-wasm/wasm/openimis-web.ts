import { openimisEngine } from "../js/engine.js";
import { startOpenimisInBrowser } from "./openimis-browser.js";

openimisEngine.set(startOpenimisInBrowser);

export * from "../js/openimis.js";
