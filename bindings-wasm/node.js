export {
  AdjudicaError,
  Decision,
  InvalidSchemeError,
  RuleSet,
  Snapshot,
  check,
  compile,
  fromMinorUnits,
  minorUnits,
  readSnapshot,
  ready,
  version,
} from "./dist/cjs/wasm/node.js";
