export * from "./dist/node/openimis.js";
