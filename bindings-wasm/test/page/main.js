// Runs in the browser: every example, then malformed input; tells the result to the test.
import * as api from "adjudica-wasm";
import { runExample } from "./example.mjs";
import { fuzz } from "./fuzz.mjs";

async function main() {
  await api.ready();
  const examples = await (await fetch("examples.json")).json();
  let compared = 0;
  for (const example of examples) compared += await runExample(api, example);
  const [example] = examples;
  const requests = example.requests.filter((_, i) => !example.single[i].startsWith('{"error"'));
  const fuzzed = await fuzz(api, { scheme: example.scheme, requests, times: 2000 });
  const again = await runExample(api, example);
  return { compared, fuzzed, again, version: api.version() };
}

main().then(
  (result) => (window.result = result),
  (error) => (window.result = { error: `${error}\n${error.stack}` }),
);
