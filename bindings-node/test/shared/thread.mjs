// One worker thread: decides until its time is up and compares every answer.
import { parentPort, workerData } from "node:worker_threads";
import { compile } from "adjudica";

const { example, seconds } = workerData;
const rules = compile(example.scheme);
const end = Date.now() + seconds * 1000;
let decided = 0;
do {
  for (const [i, request] of example.requests.entries()) {
    const [answer] = rules.adjudicateMany([request]);
    const text = answer.text ?? JSON.stringify({ error: answer.toJSON() });
    if (text !== example.single[i]) throw new Error(`${text}\nis not\n${example.single[i]}`);
    decided += 1;
  }
} while (Date.now() < end);
parentPort.postMessage({ decided, digest: rules.digest });
