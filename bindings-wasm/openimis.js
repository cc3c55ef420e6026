export {
  Snapshot,
  attribute,
  audit,
  importTables,
  readSnapshot,
  ready,
  replay,
  switches,
} from "./dist/cjs/wasm/openimis-node.js";
