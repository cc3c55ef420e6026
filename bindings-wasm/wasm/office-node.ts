import { officeEngine } from "../js/engine.js";
import * as glue from "../glue/office.js";
import { engineInNode } from "./node-engine.js";

officeEngine.set(engineInNode(glue, "office"));

export * from "../js/office.js";
