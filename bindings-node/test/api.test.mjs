import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as api from "adjudica";
import * as openimis from "adjudica/openimis";
import { suite } from "./shared/suite.mjs";

suite(api, openimis);

test("import and require give the same classes", async () => {
  const require = createRequire(import.meta.url);
  assert.equal(require("adjudica").AdjudicaError, api.AdjudicaError);
  assert.deepEqual(Object.keys(require("adjudica")).sort(), Object.keys(api).sort());
  assert.deepEqual(Object.keys(require("adjudica/openimis")).sort(), Object.keys(openimis).sort());
});

test("Node is ready from the start", () => Promise.all([api.ready(), openimis.ready()]));
