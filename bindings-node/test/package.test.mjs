// The packed package in empty projects.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Packed, run, typecheck, typed } from "./shared/install.mjs";

const packed = new Packed("bindings-node");
const { code, prints } = packed.firstExample();
const printed = (folder, ...args) => run(process.execPath, args, folder).trimEnd().split("\n");

test("the package holds what it should", () => {
  const unexpected = packed.files.filter((file) =>
    !/^(dist\/(js|node)\/\w+\.(js|d\.ts)|native\/binding\.js|native\/adjudica\.[\w-]+\.node|(index|office|openimis)\.(mjs|d\.mts)|README\.md|LICENSE|package\.json)$/.test(file));
  assert.deepEqual(unexpected, []);
  assert.ok(packed.files.some((file) => file.endsWith(".node")));
  assert.ok(packed.files.includes("LICENSE"));
});

test("the README's first lines run as an ES module", () => {
  const folder = packed.project("esm", { "index.mjs": code });
  assert.deepEqual(printed(folder, "index.mjs"), prints);
});

test("the README's first lines run as CommonJS", () => {
  const required = code.replace(/^import (.*) from (.*);$/gm, "const $1 = require($2);");
  const folder = packed.project("cjs", { "index.js": required });
  assert.deepEqual(printed(folder, "index.js"), prints);
});

test("strict TypeScript, ES modules and CommonJS", () => {
  const text = typed("adjudica");
  const folder = packed.project("typescript", { "esm.mts": text, "cjs.cts": text });
  typecheck(folder, { module: "node16", lib: ["es2022"], types: ["node"] });
  const esm = printed(folder, "esm.mjs");
  assert.deepEqual(esm, printed(folder, "cjs.cjs"));
  assert.match(esm.at(-1), /^function function valuated \d+n 0 1$/);
});

test("strict TypeScript for a bundler", () => {
  const text = typed("adjudica").replace(/^import .*node:fs.*$/m, "declare function readFileSync(...path: string[]): string;");
  const folder = packed.project("bundled", { "main.ts": text });
  typecheck(folder, { module: "esnext", moduleResolution: "bundler", noEmit: true, lib: ["es2022", "dom"], types: [] });
});

test("the lock file names no registry", () => {
  const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
  for (const [path, { resolved }] of Object.entries(lock.packages)) assert.equal(resolved, undefined, path);
});

test("versions agree", () => {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const folder = join(packed.work, "esm");
  assert.deepEqual(printed(folder, "-p", "require('adjudica').version()"), [version]);
});
