export {
  Snapshot,
  attribute,
  importTables,
  readSnapshot,
  ready,
  replay,
  switches,
} from "./dist/cjs/wasm/openimis-node.js";
