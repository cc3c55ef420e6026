import { engine } from "../js/engine.js";
import * as glue from "../glue/adjudica.js";
import { engineInNode } from "./node-engine.js";

engine.set(engineInNode(glue, "adjudica"));

export * from "../js/api.js";
