import { engine } from "../js/engine.js";
import { nodeEngine } from "./engine.js";

engine.set(nodeEngine);

export * from "../js/api.js";
