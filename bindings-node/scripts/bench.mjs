// What a claim costs through the packages, beside the core: `node scripts/bench.mjs`, after both
// packages are built and `cargo run --example golden -- ../.build/golden`. Microseconds per claim,
// the best of many rounds on one thread.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { examples } from "../test/shared/golden.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const example = examples().find(({ name }) => name === "basic-cover");
const requests = example.requests.filter((_, i) => !example.single[i].startsWith('{"error"'));
const objects = requests.map((request) => JSON.parse(request));
const ndjson = requests.join("\n");

/** Microseconds per claim of the fastest round. */
async function best(claims, round) {
  const end = performance.now() + 2000;
  let least = Infinity;
  while (performance.now() < end) {
    const start = performance.now();
    for (let i = 0; i < 20; i += 1) await round();
    least = Math.min(least, performance.now() - start);
  }
  return (least * 1000) / (20 * claims);
}

async function figures({ compile, version }) {
  const rules = compile(example.scheme);
  const batch = Array.from({ length: 2000 }, (_, i) => requests[i % requests.length]);
  const n = requests.length;
  const calls = () => {
    for (let i = 0; i < 1000; i += 1) version();
  };
  return {
    "a call that does nothing": await best(1000, calls),
    "one claim, text in and out": await best(n, () => requests.forEach((each) => rules.adjudicate(each).text)),
    "one claim, object in, fields read": await best(n, () => objects.forEach((each) => rules.adjudicate(each).totals.scheme_share)),
    "batch of texts": await best(n, () => rules.adjudicateMany(requests)),
    "batch as NDJSON": await best(n, () => rules.adjudicateNdjson(ndjson)),
    "batch off the thread": await best(20_000, () => rules.adjudicateManyAsync(batch.concat(...Array(9).fill(batch)))),
  };
}

const core = JSON.parse(execFileSync("cargo", [
  "run", "--release", "--quiet", "--package", "adjudica", "--example", "figures", "--",
  `${root}.build/golden/basic-cover/scheme.yaml`, `${root}.build/golden/basic-cover/requests.ndjson`,
], { cwd: root, encoding: "utf8" }));
const measured = { "Node addon": await figures(await import("adjudica")) };
const wasm = new URL("../../bindings-wasm/node.js", import.meta.url);
if (existsSync(wasm)) measured.WebAssembly = await figures(await import(wasm));

const us = (value) => value.toFixed(2).padStart(8);
console.log(`${requests.length} requests of basic-cover, ${Math.round(ndjson.length / requests.length)} bytes on average; us per claim`);
console.log(`${us(core.engine)}  core, engine alone\n${us(core.text)}  core, text in and out`);
for (const [name, rows] of Object.entries(measured)) {
  for (const [what, value] of Object.entries(rows)) console.log(`${us(value)}  ${name}: ${what}`);
  const boundary = rows["one claim, text in and out"] - core.text;
  console.log(`${us(boundary)}  ${name}: cost of the boundary (one claim as text, less the core's text in and out)`);
}
