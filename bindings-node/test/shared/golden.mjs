// The core's answers, as `cargo run --example golden` wrote them.
import { readFileSync, readdirSync } from "node:fs";

const folder = new URL("../../../.build/golden/", import.meta.url);

/** Every example scheme with its requests and the core's answers. */
export function examples() {
  return readdirSync(folder).sort().map(example);
}

function example(name) {
  const read = (file) => readFileSync(new URL(`${name}/${file}`, folder), "utf8");
  return {
    name,
    scheme: read("scheme.yaml"),
    compiled: read("compiled.json"),
    requests: read("requests.ndjson").split("\n"),
    answers: Object.fromEntries(["none", "reasons", "full"].map((trace) => [trace, read(`${trace}.ndjson`)])),
    single: read("single.ndjson").split("\n"),
    malformed: JSON.parse(read("malformed.json")),
    questions: JSON.parse(read("questions.json")),
  };
}
