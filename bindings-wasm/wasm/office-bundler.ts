import { ready } from "./office-web.js";

await ready();

export * from "../js/office.js";
