import { officeEngine } from "../js/engine.js";
import { nodeEngine } from "./engine.js";
import "./index.js";

officeEngine.set(nodeEngine);

export * from "../js/office.js";
