// Claims of openIMIS as the core reads them: `snapshots(api)` with a package's exports.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

const folder = new URL("../../../.build/golden-openimis/", import.meta.url);

/** A file that the core wrote. */
export const golden = (name) => readFileSync(new URL(name, folder), "utf8");
const lines = (name) => golden(name).trimEnd().split("\n");

export function snapshots({ AdjudicaError, Snapshot, readSnapshot }) {
  const texts = lines("snapshots.ndjson");
  const readings = lines("readings.ndjson").map((text) => JSON.parse(text));
  const columns = lines("columns.ndjson").map((text) => JSON.parse(text));

  describe("openIMIS", () => {
    test("snapshots become the core's documents and columns", () => {
      assert.ok(texts.length > 50 && readings.length === texts.length && columns.length === texts.length);
      for (const [i, text] of texts.entries()) {
        const snapshot = readSnapshot(text);
        assert.ok(snapshot instanceof Snapshot);
        const { name, scheme, request, warnings } = snapshot;
        assert.deepEqual({ name, scheme, request, warnings }, readings[i]);
        assert.deepEqual(snapshot.columns(snapshot.adjudicate()), columns[i], name);
        assert.equal(snapshot.rules, snapshot.rules);
      }
    });

    test("text, bytes and objects say the same; a preset is taken", () => {
      const [text] = texts;
      for (const same of [new TextEncoder().encode(text), JSON.parse(text)]) {
        assert.deepEqual(readSnapshot(same).request, readings[0].request);
      }
      assert.equal(readSnapshot(text, { preset: "legacy-sql" }).scheme.conventions.preset, "legacy-sql");
      assert.equal(readSnapshot(text, { preset: "legacy-sql" }).adjudicate({ trace: "full" }).trace.subject, "claim");
      assert.throws(() => readSnapshot(text, { preset: "none" }).rules, { name: "InvalidSchemeError", code: "value.unknown" });
    });

    test("columns that are not read are warned of; what is no snapshot is refused", () => {
      const odd = JSON.parse(texts[0]);
      odd.input.medical_items[0].colour = "red";
      const [warning] = readSnapshot(odd).warnings.filter(({ code }) => code === "column.passed_over");
      assert.equal(warning.path, "input.medical_items[0].colour");
      for (const wrong of ["", "{}", "[1]", texts[0].slice(0, -2), null, 1]) {
        assert.throws(() => readSnapshot(wrong), AdjudicaError);
      }
      odd.input.health_facility.code = 7;
      assert.throws(() => readSnapshot(odd), { path: "input.health_facility.code", code: "value.type" });
      const snapshot = readSnapshot(texts[0]);
      assert.throws(() => snapshot.columns({ text: "{}" }), { name: "AdjudicaError", code: "field.missing" });
    });
  });
}
