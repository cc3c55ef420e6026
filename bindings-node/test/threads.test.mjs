// Worker threads share one rule set and give what one thread gives; memory stays flat.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { compile } from "adjudica";
import { examples } from "./shared/golden.mjs";

const SECONDS = Number(process.env.ADJUDICA_THREAD_SECONDS ?? 3);
const THREADS = 8;

const [example] = examples();

function work(seconds) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("shared/thread.mjs", import.meta.url), {
      workerData: { example, seconds },
    });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

const memory = () => {
  globalThis.gc?.();
  return process.memoryUsage().rss / 2 ** 20;
};

test(`${THREADS} threads for ${SECONDS} s decide as one does`, async () => {
  const rules = compile(example.scheme);
  const run = (seconds) => Promise.all(Array.from({ length: THREADS }, () => work(seconds)));
  await run(0.2);
  const before = memory();
  for (const { decided, digest } of await run(SECONDS)) {
    assert.equal(digest, rules.digest);
    assert.ok(decided > 0);
  }
  const grown = memory() - before;
  assert.ok(grown < 150, `memory grew by ${grown} MB`);
});

test("rule sets are freed when nothing uses them", async () => {
  const scheme = (i) => example.scheme.replace(/^version: .*$/m, `version: "v${i}"`);
  const pass = async (from) => {
    for (let i = from; i < from + 100; i += 1) {
      compile(scheme(i));
      if (i % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  assert.notEqual(compile(scheme(1)).digest, compile(scheme(2)).digest);
  await pass(0);
  const before = memory();
  await pass(1000);
  await pass(2000);
  const grown = memory() - before;
  assert.ok(grown < 40, `memory grew by ${grown} MB`);
});
