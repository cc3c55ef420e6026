import { ready } from "./web.js";

await ready();

export * from "../js/api.js";
