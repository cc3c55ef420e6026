import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as api from "adjudica-wasm";
import * as openimis from "adjudica-wasm/openimis";
import { COUNTER } from "../../bindings-node/test/shared/example.mjs";
import { suite } from "../../bindings-node/test/shared/suite.mjs";

suite(api, openimis, COUNTER);

test("import and require give the same classes", () => {
  const require = createRequire(import.meta.url);
  assert.equal(require("adjudica-wasm").AdjudicaError, api.AdjudicaError);
  assert.deepEqual(Object.keys(require("adjudica-wasm")).sort(), Object.keys(api).sort());
  assert.deepEqual(Object.keys(require("adjudica-wasm/openimis")).sort(), Object.keys(openimis).sort());
});

test("the types are those of the Node package", () => {
  const node = new URL("../../bindings-node/dist/js/", import.meta.url);
  const types = readdirSync(node).filter((name) => name.endsWith(".d.ts"));
  assert.ok(types.length > 5);
  for (const name of types) {
    for (const variant of ["esm", "cjs"]) {
      const here = new URL(`../dist/${variant}/js/${name}`, import.meta.url);
      assert.equal(readFileSync(here, "utf8"), readFileSync(new URL(name, node), "utf8"), name);
    }
  }
});
