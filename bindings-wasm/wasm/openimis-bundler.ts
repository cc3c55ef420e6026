import "./bundler.js";
import { ready } from "./openimis-web.js";

await ready();

export * from "../js/openimis.js";
