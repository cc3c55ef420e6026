// Claims of openIMIS as the core reads and replays them: `openimisSuite(api, openimis)` with a
// package's exports.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { REPLAYS, runReplays } from "./replays.mjs";

const folder = new URL("../../../.build/golden-openimis/", import.meta.url);

/** A file that the core wrote. */
export const golden = (name) => readFileSync(new URL(name, folder), "utf8");
const lines = (name) => golden(name).trimEnd().split("\n");

/** Snapshots to replay, and the core's answers. */
export const replays = () => ({
  snapshots: lines("replayed.ndjson"),
  answers: Object.fromEntries(Object.keys(REPLAYS).map((name) => [name, lines(`${name}.ndjson`)])),
});

export function openimisSuite({ AdjudicaError, Decision, InvalidSchemeError, compile, conventions }, openimis) {
  const { Snapshot, attribute, audit, importTables, readSnapshot, replay, switches } = openimis;
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

    test("tables become what the core makes of them", () => {
      const tables = JSON.parse(golden("tables.json"));
      const imported = importTables(tables);
      assert.equal(JSON.stringify(imported), golden("import.json"));
      assert.deepEqual(importTables(golden("tables.json")), imported);
      assert.ok(imported.requests.length > 0);
      const rules = compile(imported.scheme);
      for (const decision of rules.adjudicateMany(imported.requests)) assert.ok(decision instanceof Decision);
      delete tables.tables.products[0].ProductCode;
      tables.tables.products.push({});
      assert.throws(() => importTables(tables), (error) => {
        assert.ok(error instanceof InvalidSchemeError && error.errors.length > 0);
        assert.match(error.path, /^products\[/);
        return true;
      });
      assert.throws(() => importTables("[]"), { name: "InvalidSchemeError", code: "value.type" });
    });

    test("replays and attributions are the core's, byte for byte", () => {
      const all = replays();
      assert.ok(all.snapshots.length >= 36);
      assert.equal(runReplays(openimis, all), all.snapshots.length * Object.keys(REPLAYS).length);
    });

    test("every deviation has a name, and all of them are openIMIS", () => {
      const rows = switches();
      assert.equal(JSON.stringify(rows), golden("switches.json"));
      assert.ok(rows.length > 50 && rows.every(({ meaning, source }) => meaning && source));
      const all = rows.map(({ name }) => name);
      for (const text of replays().snapshots) assert.deepEqual(replay(text, { switches: all }), replay(text));
    });

    test("what an attribution names makes the difference", () => {
      let different = 0;
      for (const text of replays().snapshots.filter((each) => JSON.parse(each).input.claim)) {
        const [{ equal, switches: shares, openimis: theirs }] = attribute(text);
        if (equal) continue;
        different += 1;
        const [{ claim, ...answer }] = replay(text, { switches: shares.map((share) => share.switch) });
        assert.equal(answer.outcome, theirs.outcome, claim);
        assert.deepEqual(answer.last?.claim.approved, theirs.last?.claim.approved, claim);
      }
      assert.ok(different > 5, `${different} claims differ`);
    });

    test("an audit is the core's, byte for byte", () => {
      assert.equal(JSON.stringify(audit(golden("replayed.ndjson"))), golden("audit.json"));
      assert.throws(() => audit("", { ran: "flow" }), { name: "AdjudicaError", code: "field.unknown" });
      assert.throws(() => audit([]), { name: "AdjudicaError", code: "value.type" });
      const all = JSON.stringify(audit(`${texts[0]}\n\nnothing\n`));
      assert.notEqual(all, JSON.stringify(audit(texts[0])));
    });

    test("wrong options and wrong snapshots are told", () => {
      const [text] = texts;
      assert.throws(() => replay(text, { switches: ["ghost"] }), { name: "AdjudicaError", message: /ghost/ });
      assert.throws(() => replay(text, { run: "walk" }), { name: "AdjudicaError", message: /walk/ });
      assert.throws(() => replay(text, { ran: "flow" }), { code: "field.unknown" });
      assert.throws(() => attribute(text, { switches: [] }), { code: "switches.unexpected" });
      let refused = 0;
      for (let cut = 0; cut < text.length; cut += 97) {
        for (const wrong of [text.slice(0, cut), text.slice(0, cut) + text.slice(cut + 5)]) {
          for (const call of [replay, attribute, readSnapshot]) {
            try {
              call(wrong);
            } catch (error) {
              assert.ok(error instanceof AdjudicaError && error.code !== "engine.panic", error.message);
              refused += 1;
            }
          }
        }
      }
      assert.ok(refused > 300, `${refused} refused`);
      assert.deepEqual(replay(text), replay(JSON.parse(text)));
    });

    test("conventions are listed", () => {
      assert.equal(JSON.stringify(conventions()), golden("conventions.json"));
    });
  });
}
