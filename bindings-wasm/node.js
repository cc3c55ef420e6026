export {
  AdjudicaError,
  Decision,
  InvalidSchemeError,
  RuleSet,
  check,
  compile,
  fromMinorUnits,
  minorUnits,
  ready,
  version,
} from "./dist/cjs/wasm/node.js";
