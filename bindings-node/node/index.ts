import { setEngine } from "../js/engine.js";
import { engine } from "./engine.js";

setEngine(engine);

export * from "../js/api.js";
export { type OpenImisTables, importTables } from "./tables.js";
