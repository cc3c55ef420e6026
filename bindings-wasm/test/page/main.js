// Runs in the browser: every example, malformed input, then openIMIS and the office's questions,
// whose modules are loaded only then; tells the result to the test.
import * as api from "adjudica-wasm";
import { COUNTER, runExample } from "./example.mjs";
import { fuzz } from "./fuzz.mjs";
import { runReplays } from "./replays.mjs";

async function main() {
  performance.setResourceTimingBufferSize(10_000); // A development server serves many small files.
  await api.ready();
  const examples = await (await fetch("examples.json")).json();
  let compared = 0;
  for (const example of examples) compared += await runExample(api, example, COUNTER);
  const [example] = examples;
  const requests = example.requests.filter((_, i) => !example.single[i].startsWith('{"error"'));
  const fuzzed = await fuzz(api, { scheme: example.scheme, requests, times: 2000 });
  const again = await runExample(api, example, COUNTER);
  const loaded = () => performance.getEntriesByType("resource").filter(({ name }) => name.includes(".wasm")).length;
  const before = loaded();
  const openimis = await import("adjudica-wasm/openimis");
  await openimis.ready();
  const { replays, tables, imported } = await (await fetch("openimis.json")).json();
  const replayed = runReplays(openimis, replays);
  const same = JSON.stringify(openimis.importTables(tables)) === imported;
  const decided = openimis.readSnapshot(replays.snapshots[0]).adjudicate().claim;
  const office = await import("adjudica-wasm/office");
  await office.ready();
  let asked = 0;
  for (const example of examples) asked += await runExample(office, example);
  // The browser notes what was loaded a moment after it is there.
  const more = loaded() - before;
  return { compared, fuzzed, again, version: api.version(), more, replayed, same, decided, asked };
}

main().then(
  (result) => (window.result = result),
  (error) => (window.result = { error: `${error}\n${error.stack}` }),
);
