export {
  Snapshot,
  attribute,
  audit,
  importTables,
  readSnapshot,
  ready,
  replay,
  switches,
} from "./dist/node/openimis.js";
