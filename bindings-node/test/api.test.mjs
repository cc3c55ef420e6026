import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as api from "adjudica";
import * as office from "adjudica/office";
import * as openimis from "adjudica/openimis";
import { suite } from "./shared/suite.mjs";

suite(api, openimis);

test("import and require give the same classes", async () => {
  const require = createRequire(import.meta.url);
  assert.equal(require("adjudica").AdjudicaError, api.AdjudicaError);
  assert.deepEqual(Object.keys(require("adjudica")).sort(), Object.keys(api).sort());
  assert.deepEqual(Object.keys(require("adjudica/openimis")).sort(), Object.keys(openimis).sort());
});

test("the office is the same", () => {
  const require = createRequire(import.meta.url);
  assert.deepEqual(Object.keys(office).sort(), Object.keys(api).sort());
  assert.deepEqual(Object.keys(require("adjudica/office")).sort(), Object.keys(api).sort());
  for (const name of Object.keys(api)) assert.equal(office[name] === api[name], name !== "ready", name);
});

test("Node is ready from the start", () => Promise.all([api.ready(), office.ready(), openimis.ready()]));
