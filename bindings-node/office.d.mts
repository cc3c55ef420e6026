export * from "./dist/node/office.js";
