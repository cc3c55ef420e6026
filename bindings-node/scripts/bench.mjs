// What a claim costs through the packages, beside the core: `make bench-doors` runs it, with a
// directory of requests and the core's figures for them. Microseconds a claim, the best of many
// rounds on one thread.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const TIMES = 20;
const [directory, figures] = process.argv.slice(2);
const read = (file) => readFileSync(join(directory, file), "utf8");
const core = Object.fromEntries(readFileSync(figures, "utf8").trim().split("\n").map((line) => line.split("\t")));

/** Microseconds a claim of the fastest round. */
async function best(claims, round) {
  const end = performance.now() + 2000;
  let least = Infinity;
  while (performance.now() < end) {
    const start = performance.now();
    await round();
    least = Math.min(least, performance.now() - start);
  }
  return (least * 1000) / claims;
}

async function show(name, of, claims, round) {
  const door = await best(claims, round);
  const alone = of ? Number(core[of]) : 0;
  const column = (value) => value.toFixed(2).padStart(10);
  console.log(name.padEnd(46) + column(door) + column(alone) + column(door - alone));
}

async function measure(door, { compile, version }) {
  const rules = compile(read("scheme.yaml"));
  const wellFormed = (request) => {
    try {
      return Boolean(rules.adjudicate(request));
    } catch {
      return false;
    }
  };
  const requests = read("requests.ndjson").split("\n").filter(wellFormed);
  const objects = requests.map((request) => JSON.parse(request));
  const many = Array(TIMES).fill(requests).flat();
  const ndjson = many.join("\n");
  const [one, all] = [requests.length, many.length];
  const calls = () => {
    for (let i = 0; i < 1000; i += 1) version();
  };
  await show(`${door}: a call that only crosses`, null, 1000, calls);
  await show(`${door}: JSON in, JSON out`, "text", one, () => requests.forEach((each) => rules.adjudicate(each).text));
  await show(`${door}: object in, one amount read`, "document", one, () =>
    objects.forEach((each) => rules.adjudicate(each).totals.scheme_share));
  await show(`${door}: batch, lines of JSON`, "batch", all, () => rules.adjudicateNdjson(ndjson));
  await show(`${door}: batch, array of JSON`, "batch", all, () => rules.adjudicateMany(many));
}

await measure("Node", await import("adjudica"));
await measure("WebAssembly", await import(new URL("../../bindings-wasm/node.js", import.meta.url)));
