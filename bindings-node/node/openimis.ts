import { openimisEngine } from "../js/engine.js";
import { nodeOpenimis } from "./engine.js";
import "./index.js";

openimisEngine.set(nodeOpenimis);

export * from "../js/openimis.js";
