// A panic that reaches Node aborts the whole process, so every export must catch it.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const folder = new URL("../src/", import.meta.url);
const sources = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]);

test("every exported function and method catches panics", () => {
  let functions = 0;
  for (const [name, source] of sources) {
    for (const [, options = "", attributes, item] of source.matchAll(
      /^ *#\[napi(?:\((.*)\))?\]\n((?: *#\[[^\n]*\]\n)*) *([^\n]*)/gm,
    )) {
      if (/^(pub )?(struct|impl|enum|const)\b/.test(item)) continue;
      functions += 1;
      assert.match(item, /\bfn\b/, `${name}: ${item}${attributes}`);
      assert.match(options, /\bcatch_unwind\b/, `${name}: ${item}`);
    }
  }
  const attributes = sources.reduce((sum, [, source]) => sum + source.split("#[napi").length - 1, 0);
  const types = sources.reduce((sum, [, source]) => sum + [...source.matchAll(/#\[napi\]\n/g)].length, 0);
  assert.equal(functions, attributes - types, "every attribute was looked at");
  assert.ok(functions > 7);
});

test("every task catches panics off the main thread", () => {
  for (const [name, source] of sources) {
    for (const [, body] of source.matchAll(/fn compute\(&mut self\)[^{]*\{([^]*?)\n {4}\}/g)) {
      assert.match(body, /catch_unwind\(/, name);
    }
  }
});
