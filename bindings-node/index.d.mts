export * from "./dist/node/index.js";
