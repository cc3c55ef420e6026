export * from "./dist/js/api.js";
