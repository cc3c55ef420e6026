// The module with every question: all examples, and how it takes the other's place.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { test } from "node:test";
import * as api from "adjudica-wasm";
import { runExample } from "../../bindings-node/test/shared/example.mjs";
import { examples } from "../../bindings-node/test/shared/golden.mjs";

const all = examples();
const { scheme, questions } = all.find((each) => each.questions.some(([question]) => question === "premium"));
const [, asked, answer] = questions.find(([question]) => question === "premium");
const before = api.compile(scheme);
const office = await import("adjudica-wasm/office");

for (const each of all) {
  test(`${each.name} as the core decides it, every question, byte for byte`, async () => {
    assert.ok((await runExample(office, each)) > each.requests.length * 5);
  });
}

test("rule sets from before keep their module, later ones answer everything", () => {
  assert.throws(() => before.ask("premium", asked), { code: "question.elsewhere", help: /adjudica-wasm\/office/ });
  for (const { compile } of [api, office]) assert.equal(compile(scheme).askJson("premium", asked), answer);
  assert.throws(() => before.ask("weather", asked), { code: "question.unknown" });
});

test("it is the same API, by import and require, and needs no other module", async () => {
  const require = createRequire(import.meta.url);
  assert.deepEqual(Object.keys(office).sort(), Object.keys(api).sort());
  assert.deepEqual(Object.keys(require("adjudica-wasm/office")).sort(), Object.keys(api).sort());
  for (const name of Object.keys(api)) assert.equal(office[name] === api[name], name !== "ready", name);
  await Promise.all([api.ready(), office.ready()]);
  const program = `
    const { compile } = require("adjudica-wasm/office");
    const [scheme, asked] = JSON.parse(require("fs").readFileSync(0, "utf8"));
    process.stdout.write(compile(scheme).askJson("premium", asked));`;
  const input = JSON.stringify([scheme, asked]);
  const alone = execFileSync(process.execPath, ["-e", program], { cwd: import.meta.dirname, input, encoding: "utf8" });
  assert.equal(alone, answer);
});
