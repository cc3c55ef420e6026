import { openimisEngine } from "../js/engine.js";
import "./bundler.js";
import { startOpenimisInBrowser } from "./openimis-browser.js";

openimisEngine.set(startOpenimisInBrowser);
await openimisEngine.start();

export * from "../js/openimis.js";
