// Tests that every package runs: `suite(api, openimis, answered)` with the package's exports and
// the questions that it answers, all if left out.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Decimal } from "decimal.js";
import { runExample } from "./example.mjs";
import { fuzz } from "./fuzz.mjs";
import { examples } from "./golden.mjs";
import { openimisSuite } from "./openimis.mjs";

const FUZZED = Number(process.env.ADJUDICA_FUZZ ?? 100_000);

export function suite(api, openimis, answered) {
  const { AdjudicaError, Decision, InvalidSchemeError, check, compile } = api;
  const all = examples();
  const [example] = all;
  const rules = compile(example.scheme);
  const requests = example.requests.filter((_, i) => !example.single[i].startsWith('{"error"'));
  const [request] = requests;
  const scheme = {
    schema: "adjudica/scheme@1",
    code: "tiny",
    version: "1",
    currency: { code: "USD", exponent: 2 },
    products: [{ code: "P", benefits: [] }],
  };

  describe("examples", () => {
    assert.ok(all.length > 0, "there are examples");
    for (const each of all) {
      test(`${each.name} as the core decides it, byte for byte`, async () => {
        assert.ok((await runExample(api, each, answered)) > each.requests.length * 5);
      });
    }
  });

  openimisSuite(api, openimis);

  describe("schemes", () => {
    test("text, bytes and objects give one rule set", () => {
      const text = JSON.stringify(scheme);
      const digests = [text, new TextEncoder().encode(text), scheme].map((each) => compile(each).digest);
      assert.match(digests[0], /^[0-9a-f]{64}$/);
      assert.deepEqual(new Set(digests).size, 1);
    });

    test("a scheme that cannot be used says everything that is wrong", () => {
      const broken = { ...scheme, products: [scheme.products[0], scheme.products[0]] };
      const report = check(broken);
      assert.ok(report.errors.length > 0);
      assert.throws(() => compile(broken), (error) => {
        assert.ok(error instanceof InvalidSchemeError && error instanceof AdjudicaError && error instanceof Error);
        assert.equal(error.name, "InvalidSchemeError");
        assert.deepEqual(error.errors, report.errors);
        assert.deepEqual(error.toJSON(), report.errors[0]);
        return true;
      });
    });

    test("what is no scheme document is an error with its place", () => {
      assert.throws(() => compile('{\n"cod": "x"}'), { code: "field.unknown", help: /code/, line: 2 });
      assert.equal(check('{"cod": 1}').errors[0].code, "field.unknown");
      assert.throws(() => compile(new Uint8Array([0xff])), { name: "AdjudicaError", code: "text.utf8" });
      for (const wrong of [undefined, null, 1, true, 1n, Symbol("x"), () => {}]) {
        assert.throws(() => compile(wrong), { name: "AdjudicaError", code: "value.type" });
      }
    });
  });

  describe("requests", () => {
    test("a malformed request is an error with code, path and help", () => {
      const wrong = JSON.parse(request);
      wrong.claim.lines[0].quantitty = "1";
      assert.throws(() => rules.adjudicate(wrong), (error) => {
        assert.ok(error instanceof AdjudicaError && !(error instanceof InvalidSchemeError));
        assert.equal(error.code, "field.unknown");
        assert.match(error.path, /^claim\.lines\[0\]/);
        assert.match(error.help, /quantity/);
        assert.ok(Number.isInteger(error.line) && Number.isInteger(error.column));
        return true;
      });
    });

    test("money as a number is refused, as a decimal of a library exact", () => {
      const asked = JSON.parse(request);
      const line = asked.claim.lines[0];
      line.price = new Decimal("60.10");
      assert.equal(rules.adjudicate(asked).lines[0].unit_price.asked, "60.10");
      line.price = 60.1;
      assert.throws(() => rules.adjudicate(asked), { code: "value.type", path: "claim.lines[0].price" });
      line.price = 60n;
      assert.throws(() => rules.adjudicate(asked), { code: "value.type", help: /text/ });
    });

    test("what cannot be written as JSON is an error at its place", () => {
      const cycle = {};
      cycle.cycle = cycle;
      const decided = rules.adjudicateMany([cycle, request, { toJSON: () => undefined }, null]);
      assert.deepEqual(decided.map((each) => each.code ?? each.constructor), ["value.type", Decision, "value.type", "value.type"]);
    });

    test("options are the engine's to refuse", () => {
      for (const wrong of [{ trace: "ful" }, { tracee: "full" }, { digest: "yes" }]) {
        assert.throws(() => rules.adjudicate(request, wrong), AdjudicaError);
        assert.throws(() => rules.adjudicateMany([], wrong), AdjudicaError);
      }
      const options = { trace: "full", digest: false };
      const decision = rules.adjudicate(request, options);
      assert.equal(decision.trace.subject, "claim");
      assert.equal(decision.provenance.request_digest, undefined);
      assert.match(rules.adjudicate(request).provenance.request_digest, /^[0-9a-f]{64}$/);
    });
  });

  describe("decisions", () => {
    test("every field of the document is at hand", () => {
      const decision = rules.adjudicate(request, { trace: "full" });
      for (const [field, value] of Object.entries(JSON.parse(decision.text))) {
        assert.deepEqual(decision.document[field], value);
        if (field in decision) assert.deepEqual(decision[field], value);
        else assert.ok(["schema", "mode", "category", "stay"].includes(field), field);
      }
      const [line] = decision.lines;
      assert.equal(decision.line(line.id), line);
      assert.equal(decision.line("none such"), undefined);
      assert.equal(`${decision}`, decision.text);
      assert.deepEqual(rules.decision(decision.text).toJSON(), decision.document);
    });

    test("a decision explains itself in the scheme's currency, by language and form", () => {
      const decision = rules.adjudicate(request, { trace: "full" });
      const english = decision.explain("en");
      const french = decision.explain("fr");
      assert.ok(english.includes(decision.totals.scheme_share) && english.includes("USD"), english);
      assert.notEqual(english, french);
      assert.equal(decision.explain({ language: "fr" }), french);
      assert.match(decision.explain("fr", "html"), /^<!DOCTYPE html>\n?<html[^>]* lang="fr"/i);
      assert.equal(rules.decision(decision.text).explain("en"), english);
      const [line] = decision.lines;
      assert.ok(decision.why(line.id, "en").includes(line.code));
      assert.ok(decision.why(line.id).length < english.length);
      assert.throws(() => decision.why("none such"), { name: "AdjudicaError", code: "line.unknown" });
      assert.throws(() => decision.explain("tlh"), { name: "AdjudicaError", code: "language.unknown" });
      assert.throws(() => decision.explain("en", "pdf"), { code: "value.unknown", path: "form" });
      assert.throws(() => rules.decision("{"), { code: "syntax" });
      assert.throws(() => rules.decision("1"), { code: "value.type" });
      assert.throws(() => rules.decision("{}").explain(), { code: "field.missing" });
    });

    test("minor units are exact and whole", () => {
      const { fromMinorUnits, minorUnits } = api;
      assert.equal(minorUnits("12.50", 2), 1250n);
      assert.equal(minorUnits("-0.05", 2), -5n);
      assert.equal(minorUnits("7", 3), 7000n);
      assert.equal(minorUnits("100.00", 0), 100n);
      assert.equal(minorUnits("99999999999999999999.99", 2), 9999999999999999999999n);
      for (const wrong of ["", "1e3", ".5", "1.", "+1", "1_000", "0x10", " 1"]) {
        assert.throws(() => minorUnits(wrong, 2), RangeError);
      }
      assert.throws(() => minorUnits("0.005", 2), RangeError);
      assert.throws(() => minorUnits("1", 1.5), RangeError);
      for (const text of ["0.00", "-0.05", "12.50", "-99999999999999999999.99"]) {
        assert.equal(fromMinorUnits(minorUnits(text, 2), 2), text);
      }
      assert.equal(fromMinorUnits(-12n, 0), "-12");
    });

    test("the shares add up to what was claimed", () => {
      for (const decision of rules.adjudicateMany(requests)) {
        const { scheme_share, patient_share, facility_share, amounts } = decision.totals;
        const [scheme, patient, facility, claimed] = [scheme_share, patient_share, facility_share, amounts.claimed]
          .map((text) => api.minorUnits(text, 2));
        assert.equal(scheme + patient + facility, claimed);
      }
    });
  });

  describe("batches", () => {
    const many = Array.from({ length: 1000 }, (_, i) => requests[i % requests.length]);

    test("progress is told after every slice", async () => {
      const expected = [[300, 1000], [600, 1000], [900, 1000], [1000, 1000]];
      const told = [];
      const onProgress = (...args) => told.push(args);
      rules.adjudicateMany(many, { slice: 300, onProgress });
      assert.deepEqual(told.splice(0), expected);
      await rules.adjudicateManyAsync(many, { slice: 300, onProgress });
      assert.deepEqual(told.splice(0), expected);
      await rules.adjudicateManyAsync(many.values(), { slice: 500, threads: 2, onProgress });
      assert.deepEqual(told.splice(0), [[500, undefined], [1000, undefined]]);
      rules.adjudicateMany([], { onProgress });
      assert.deepEqual(told, []);
    });

    test("what a callback throws ends the batch unchanged", async () => {
      const thrown = new Error("enough");
      const onProgress = () => {
        throw thrown;
      };
      const same = (error) => error === thrown;
      assert.throws(() => rules.adjudicateMany(many, { onProgress }), same);
      await assert.rejects(rules.adjudicateManyAsync(many, { onProgress, threads: 3 }), same);
      const requests = {
        *[Symbol.iterator]() {
          yield request;
          throw thrown;
        },
      };
      assert.throws(() => rules.adjudicateMany(requests), same);
      await assert.rejects(rules.adjudicateManyAsync(requests), same);
    });

    test("a signal ends a batch early", async () => {
      const control = new AbortController();
      const { signal } = control;
      let done = 0;
      const onProgress = (now) => {
        done = now;
        if (now >= 100) control.abort();
      };
      await assert.rejects(rules.adjudicateManyAsync(many, { slice: 50, onProgress, signal }), { name: "AbortError" });
      assert.equal(done, 100);
      await assert.rejects(rules.adjudicateManyAsync(many, { signal }), { name: "AbortError" });
    });

    test("the event loop turns while a batch is decided", async () => {
      let turns = 0;
      const timer = setInterval(() => (turns += 1), 1);
      await rules.adjudicateManyAsync(Array.from({ length: 5000 }, (_, i) => many[i % 1000]), { slice: 100 });
      clearInterval(timer);
      assert.ok(turns > 3, `${turns} turns`);
    });

    test("slices and threads are whole numbers from 1", async () => {
      for (const wrong of [0, -1, 1.5, NaN, "2"]) {
        assert.throws(() => rules.adjudicateMany([], { slice: wrong }), RangeError);
        await assert.rejects(rules.adjudicateManyAsync([], { threads: wrong }), RangeError);
      }
    });

    test("NDJSON is text, one line for each claim", () => {
      const text = `${request}\r\n\n  \n{}\n${request}`;
      const lines = rules.adjudicateNdjson(text).trimEnd().split("\n");
      assert.equal(lines.length, 3);
      assert.equal(lines[0], lines[2]);
      assert.equal(JSON.parse(lines[1]).error.line, 4);
      assert.equal(rules.adjudicateNdjson(""), "");
      assert.throws(() => rules.adjudicateNdjson(new Uint8Array()), { code: "value.type" });
    });
  });

  test(`${FUZZED} malformed inputs do no harm`, async () => {
    const sequential = requests.map((each) => rules.adjudicate(each).text);
    const seen = await fuzz(api, { scheme: example.scheme, requests, times: FUZZED });
    assert.ok(seen.errors > FUZZED / 2, JSON.stringify(seen));
    assert.deepEqual(requests.map((each) => rules.adjudicate(each).text), sequential);
  });
}
