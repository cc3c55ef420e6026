import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as api from "adjudica";
import { golden } from "./shared/openimis.mjs";
import { suite } from "./shared/suite.mjs";

suite(api);

test("import and require give the same classes", async () => {
  const required = createRequire(import.meta.url)("adjudica");
  assert.equal(required.AdjudicaError, api.AdjudicaError);
  assert.deepEqual(Object.keys(required).sort(), Object.keys(api).sort());
});

test("Node is ready from the start", () => api.ready());

test("tables of openIMIS become what the core makes of them", () => {
  const tables = JSON.parse(golden("tables.json"));
  const imported = api.importTables(tables);
  assert.deepEqual(imported, JSON.parse(golden("import.json")));
  assert.ok(imported.requests.length > 0);
  const rules = api.compile(imported.scheme);
  for (const decision of rules.adjudicateMany(imported.requests)) assert.ok(decision instanceof api.Decision);
  delete tables.tables.products[0].ProductCode;
  tables.tables.products.push({});
  assert.throws(() => api.importTables(tables), (error) => {
    assert.ok(error instanceof api.InvalidSchemeError && error.errors.length > 0);
    assert.match(error.path, /^products\[/);
    return true;
  });
  assert.throws(() => api.importTables("[]"), { name: "InvalidSchemeError", code: "value.type" });
});
