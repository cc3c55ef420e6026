export * from "./index.mjs";
export { ready } from "./dist/node/office.js";
