// The module's size as a browser gets it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const KB = 1024;
const MOST = 350 * KB;

test("the module is small enough", (t) => {
  const wasm = readFileSync(new URL("../dist/esm/glue/adjudica_bg.wasm", import.meta.url));
  const gzip = gzipSync(wasm, { level: 9 }).length;
  const brotli = brotliCompressSync(wasm, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  const kb = (bytes) => `${(bytes / KB).toFixed(0)} KB`;
  t.diagnostic(`raw ${kb(wasm.length)}, gzip ${kb(gzip)}, brotli ${kb(brotli)}`);
  assert.ok(gzip <= MOST, `${kb(gzip)} of gzip, at most ${kb(MOST)}`);
});
