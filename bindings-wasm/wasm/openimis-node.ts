import { openimisEngine } from "../js/engine.js";
import * as glue from "../glue/openimis.js";
import { moduleOfFile } from "./node-engine.js";
import "./node.js";

glue.initSync({ module: moduleOfFile("openimis") });
openimisEngine.set(glue);

export * from "../js/openimis.js";
