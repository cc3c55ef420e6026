// The packed package in empty projects: Node, TypeScript, and browsers by three ways.
import assert from "node:assert/strict";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { Packed, run, typecheck, typed } from "../../bindings-node/test/shared/install.mjs";
import { examples } from "../../bindings-node/test/shared/golden.mjs";
import { golden, replays } from "../../bindings-node/test/shared/openimis.mjs";
import { open, serve } from "./browser.mjs";

const packed = new Packed("bindings-wasm");
const { code, prints } = packed.firstExample();
const printed = (folder, ...args) => run(process.execPath, args, folder).trimEnd().split("\n");
const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");

test("the package holds what it should, each module once", () => {
  const unexpected = packed.files.filter((file) =>
    !/^(dist\/(esm|cjs)\/(js|wasm|glue)\/[\w-]+\.(js|d\.ts)|dist\/cjs\/package\.json|dist\/esm\/glue\/(adjudica|office|openimis)_bg\.wasm|(node|office|openimis)\.js|README\.md|LICENSE|package\.json)$/.test(file));
  assert.deepEqual(unexpected, []);
  assert.equal(packed.files.filter((file) => file.endsWith(".wasm")).length, 3);
  assert.ok(packed.files.includes("LICENSE"));
});

describe("Node", () => {
  test("the README's first lines run as an ES module", () => {
    assert.deepEqual(printed(packed.project("esm", { "index.mjs": code }), "index.mjs"), prints);
  });

  test("the README's first lines run as CommonJS", () => {
    const required = code.replace(/^import (.*) from (.*);$/gm, "const $1 = require($2);");
    assert.deepEqual(printed(packed.project("cjs", { "index.js": required }), "index.js"), prints);
  });

  test("strict TypeScript, ES modules and CommonJS", () => {
    const text = typed("adjudica-wasm");
    const folder = packed.project("typescript", { "esm.mts": text, "cjs.cts": text });
    typecheck(folder, { module: "node16", lib: ["es2022"], types: ["node"] });
    assert.deepEqual(printed(folder, "esm.mjs"), printed(folder, "cjs.cjs"));
  });

  test("strict TypeScript for a bundler", () => {
    const text = typed("adjudica-wasm").replace(/^import .*node:fs.*$/m, "declare function readFileSync(...path: string[]): string;");
    const folder = packed.project("bundled", { "main.ts": text });
    typecheck(folder, { module: "esnext", moduleResolution: "bundler", noEmit: true, lib: ["es2022", "dom"], types: [] });
  });
});

describe("browser", () => {
  const shared = ["example.mjs", "fuzz.mjs", "replays.mjs"];

  /** A project with the page and its data. */
  function pageProject(name, source, script, program = read("page/main.js")) {
    const html = `<!doctype html><title>adjudica</title><script type="module" src="${script}"></script>\n`;
    const files = { "index.html": html, [join(source, "main.js")]: program };
    for (const file of shared) files[join(source, file)] = read(`../../bindings-node/test/shared/${file}`);
    const folder = packed.project(name, files, { type: "module" });
    return folder;
  }

  /** The data that the page fetches. */
  function addData(folder) {
    const openimis = { replays: replays(), tables: golden("tables.json"), imported: golden("import.json") };
    writeFileSync(join(folder, "examples.json"), JSON.stringify(examples()));
    writeFileSync(join(folder, "openimis.json"), JSON.stringify(openimis));
  }

  /** Opens the page with its data beside it. */
  async function decides(folder, types) {
    addData(folder);
    const { url, stop } = await serve(folder, types);
    try {
      check(await open(url));
    } finally {
      stop();
    }
  }

  function check({ compared, fuzzed, again, version, more, replayed, same, decided, asked }) {
    const requests = examples().reduce((sum, example) => sum + example.requests.length, 0);
    assert.ok(compared > requests * 5, `${compared} answers`);
    assert.ok(again > 0 && fuzzed.errors > 500);
    assert.equal(version, JSON.parse(read("../package.json")).version);
    assert.equal(more, 2, "the modules for openIMIS and the office are loaded when asked for");
    assert.equal(replayed, replays().snapshots.length * 6);
    assert.ok(same && decided);
    assert.ok(asked > compared, "every question but those elsewhere is asked once, theirs twice");
  }

  test("without a bundler, strict policy, any content type", async () => {
    const entries = "./node_modules/adjudica-wasm/dist/esm/wasm";
    const program = read("page/main.js")
      .replace('"adjudica-wasm"', `"${entries}/web.js"`)
      .replace('"adjudica-wasm/office"', `"${entries}/office-web.js"`)
      .replace('"adjudica-wasm/openimis"', `"${entries}/openimis-web.js"`);
    const folder = pageProject("web", ".", "./main.js", program);
    await decides(folder);
    await decides(folder, { ".wasm": "application/octet-stream" });
  });

  test("before it is ready, the engine says so", async () => {
    const program = `
      import { AdjudicaError, compile, ready } from "./node_modules/adjudica-wasm/dist/esm/wasm/web.js";
      let early;
      try { compile("{}"); } catch (error) { early = error instanceof AdjudicaError && error.code; }
      const failed = await ready(new URL("nothing.json", location)).catch((error) => String(error));
      const module = await (await fetch("./node_modules/adjudica-wasm/dist/esm/glue/adjudica_bg.wasm")).arrayBuffer();
      await Promise.all([ready(module), ready()]);
      let late;
      try { compile("{}"); } catch (error) { late = error.code; }
      window.result = { early, failed, late };`;
    const folder = pageProject("early", ".", "./main.js", program);
    writeFileSync(join(folder, "nothing.json"), "nothing");
    const { url, stop } = await serve(folder);
    const { early, failed, late } = await open(url).finally(stop);
    assert.equal(early, "engine.not_ready");
    assert.match(failed, /CompileError/);
    assert.equal(late, "field.missing");
  });

  test("Vite, without configuration", async () => {
    const { build } = await import("vite");
    const folder = pageProject("vite", ".", "/main.js");
    await build({ root: folder, logLevel: "error" });
    await decides(join(folder, "dist"));
  });

  test("Vite's development server, without configuration", async () => {
    const { createServer } = await import("vite");
    const folder = pageProject("vite-dev", ".", "/main.js");
    addData(folder);
    const server = await createServer({ root: folder, logLevel: "error", server: { port: 0, host: "127.0.0.1" } });
    await server.listen();
    try {
      check(await open(server.resolvedUrls.local[0]));
    } finally {
      await server.close();
    }
  });

  test("webpack, without configuration", async () => {
    const { default: webpack } = await import("webpack");
    const folder = pageProject("webpack", "src", "main.js");
    writeFileSync(join(folder, "src/index.js"), 'import "./main.js";\n');
    const stats = await new Promise((resolve, reject) => {
      webpack({ mode: "production", context: folder, output: { path: join(folder, "dist") } }, (error, result) =>
        error ? reject(error) : resolve(result));
    });
    assert.ok(!stats.hasErrors(), stats.toString({ all: false, errors: true, errorDetails: true }));
    copyFileSync(join(folder, "index.html"), join(folder, "dist/index.html"));
    await decides(join(folder, "dist"));
  });
});

test("the lock file names no registry", () => {
  const lock = JSON.parse(read("../package-lock.json"));
  for (const [path, { resolved }] of Object.entries(lock.packages)) assert.equal(resolved, undefined, path);
});
