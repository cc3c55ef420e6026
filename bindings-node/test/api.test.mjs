import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as api from "adjudica";
import { suite } from "./shared/suite.mjs";

suite(api);

test("import and require give the same classes", async () => {
  const required = createRequire(import.meta.url)("adjudica");
  assert.equal(required.AdjudicaError, api.AdjudicaError);
  assert.deepEqual(Object.keys(required).sort(), Object.keys(api).sort());
});

test("Node is ready from the start", () => api.ready());
