// Worker threads, each with a module of its own, give what one thread gives; memory stays flat.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Decision, compile } from "adjudica-wasm";
import { examples } from "../../bindings-node/test/shared/golden.mjs";

const SECONDS = Number(process.env.ADJUDICA_THREAD_SECONDS ?? 3);
const THREADS = 8;

test(`${THREADS} threads for ${SECONDS} s decide as one does`, async () => {
  const [example] = examples();
  const requests = example.requests.filter((_, i) => !example.single[i].startsWith('{"error"'));
  const rules = compile(example.scheme);
  const batch = Array.from({ length: 4000 }, (_, i) => requests[i % requests.length]);
  const expected = batch.slice(0, requests.length).map((request) => rules.adjudicate(request).text);
  const round = async () => {
    const decided = await rules.adjudicateManyAsync(batch, { threads: THREADS, slice: 100 });
    for (const [i, each] of decided.entries()) {
      assert.ok(each instanceof Decision);
      assert.equal(each.text, expected[i % expected.length]);
    }
    globalThis.gc?.();
    return process.memoryUsage().rss / 2 ** 20;
  };
  for (let i = 0; i < 3; i += 1) await round();
  const before = await round();
  const end = Date.now() + SECONDS * 1000;
  let after = before;
  while (Date.now() < end) after = await round();
  assert.ok(after - before < 150, `memory grew by ${after - before} MB`);
});
