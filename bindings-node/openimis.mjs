export {
  Snapshot,
  attribute,
  importTables,
  readSnapshot,
  ready,
  replay,
  switches,
} from "./dist/node/openimis.js";
