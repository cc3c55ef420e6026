// The modules' sizes as a browser gets them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const KB = 1024;
// What every page loads must be small. Loaded by those who ask for it: the engine with every
// question, and what migrates a scheme, which holds both engines and the explanations.
const MOST = { adjudica: 350 * KB, office: 560 * KB, openimis: 480 * KB };

for (const [name, most] of Object.entries(MOST)) {
  test(`the module ${name} is small enough`, (t) => {
    const wasm = readFileSync(new URL(`../dist/esm/glue/${name}_bg.wasm`, import.meta.url));
    const gzip = gzipSync(wasm, { level: 9 }).length;
    const brotli = brotliCompressSync(wasm, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
    const kb = (bytes) => `${(bytes / KB).toFixed(0)} KB`;
    t.diagnostic(`raw ${kb(wasm.length)}, gzip ${kb(gzip)}, brotli ${kb(brotli)}`);
    assert.ok(gzip <= most, `${kb(gzip)} of gzip, at most ${kb(most)}`);
  });
}
