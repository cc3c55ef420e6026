import { parentPort } from "node:worker_threads";
import { worker } from "./messages.js";

parentPort?.on("message", worker((reply) => parentPort?.postMessage(reply)));
