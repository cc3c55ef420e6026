export {
  AdjudicaError,
  Decision,
  InvalidSchemeError,
  RuleSet,
  check,
  compile,
  conventions,
  fromMinorUnits,
  minorUnits,
  ready,
  version,
} from "./dist/cjs/wasm/office-node.js";
