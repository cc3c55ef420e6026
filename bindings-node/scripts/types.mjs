// Writes js/documents.ts: the TypeScript types of every document, from the core's JSON Schemas.
// `--check` only says whether the file is up to date.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { compile } from "json-schema-to-typescript";

const schemas = new URL("../../core/schemas/", import.meta.url);
const target = new URL("../js/documents.ts", import.meta.url);

// Names that the layer itself uses for classes.
const RENAMED = { Decision: "DecisionDocument", Error: "ErrorDocument" };
const rename = (name) => RENAMED[name] ?? name;

// Columns of a database, where NULL is written.
const WITH_NULL = ["attribution.json", "audit.json", "columns.json", "replay.json"];

/** One definition for each name; a type that is written otherwise than read gets its own name. */
function merge(roots) {
  const merged = {};
  for (const { file, schema } of roots) {
    const { $schema, $defs = {}, ...root } = schema;
    const own = untitled({ ...$defs, [root.title]: root });
    const names = {};
    for (const name of Object.keys(own)) {
      const renamed = rename(name);
      const known = merged[renamed];
      const same = known === undefined || isDeepStrictEqual(known.source, own[name]);
      names[name] = same ? renamed : `Written${renamed}`;
      const twin = merged[names[name]];
      if (twin !== undefined && !isDeepStrictEqual(twin.source, own[name])) {
        throw new Error(`${file}: a third shape of ${name}`);
      }
    }
    for (const [name, source] of Object.entries(own)) {
      merged[names[name]] ??= { source, pointed: point(source, names, WITH_NULL.includes(file)) };
    }
  }
  const definitions = {};
  for (const [name, { pointed }] of Object.entries(merged)) {
    definitions[name] = { ...pointed, title: name };
  }
  return definitions;
}

/** Titles only repeat the names. */
function untitled(definitions) {
  const entries = Object.entries(definitions);
  return Object.fromEntries(entries.map(([name, { title, ...rest }]) => [name, rest]));
}

/** The schema with its references replaced by the names of the merged definitions. */
function point(node, names, withNull) {
  if (Array.isArray(node)) return node.map((each) => point(each, names, withNull));
  if (typeof node !== "object" || node === null) return node;
  if (node.oneOf !== undefined && node.properties !== undefined) return point(distributed(node), names, withNull);
  const copy = {};
  for (const [key, value] of Object.entries(node)) {
    // By name, as a `$ref` with a description beside it would be written out once more.
    if (key === "$ref") copy.tsType = names[value.split("/").at(-1)];
    else if (key === "description") copy.description = plain(value);
    else copy[key] = point(withNull ? value : withoutNull(key, value), names, withNull);
  }
  // `anyOf` of one, left over without its null.
  return copy.anyOf?.length === 1 ? { ...copy.anyOf[0], description: copy.description } : copy;
}

/** Fields beside alternatives, written into each of them: the generator knows only one of the two. */
function distributed({ oneOf, properties, required = [], type, ...rest }) {
  const withFields = (each) => ({
    ...each,
    properties: { ...properties, ...each.properties },
    required: [...required, ...(each.required ?? [])],
  });
  return { ...rest, oneOf: oneOf.map(withFields) };
}

/** The engine takes null for absent and does not write it; the types say absent only. */
function withoutNull(key, value) {
  if (!Array.isArray(value)) return value;
  if (key === "type") {
    const rest = value.filter((type) => type !== "null");
    return rest.length === 1 ? rest[0] : rest;
  }
  return key === "anyOf" ? value.filter((each) => each.type !== "null") : value;
}

/** Without the links of Rust's documentation. */
const plain = (text) => text.replace(/\[(`[^`]+`)\](\([^)]*\))?/g, "$1");

async function documents() {
  const files = (await readdir(schemas)).filter((name) => name.endsWith(".json")).sort(byReading);
  const roots = [];
  for (const file of files) {
    roots.push({ file, schema: JSON.parse(await readFile(new URL(file, schemas), "utf8")) });
  }
  const definitions = merge(roots);
  definitions.Questions = questions(roots);
  const all = { title: "Documents", type: "object", definitions, additionalProperties: false };
  const text = await compile(all, "Documents", {
    bannerComment: "// Generated from core/schemas by `npm run types`.",
    unreachableDefinitions: true,
    additionalProperties: false,
    style: { printWidth: 100 },
  });
  return text
    .replace(/export interface Documents \{\}\n/, "")
    .replace(/( \*\n)? \* This interface was referenced by .*\n \* via the `definition` .*\n/g, "")
    .replace(/^( *)\/\*\*\n( *\*\/\n)/gm, "")
    .replace(/^( *)\/\*\*\n *\* (.*)\n *\*\/\n/gm, "$1/** $2 */\n");
}

/** The questions to a rule set by name, each with its request and its answer. */
function questions(roots) {
  const titles = new Map(roots.map(({ file, schema }) => [file.replace(/\.json$/, ""), schema.title]));
  const pairs = [["decision", ["Request", RENAMED.Decision]]];
  for (const [name, title] of titles) {
    if (titles.has(`${name}_request`)) pairs.push([name, [titles.get(`${name}_request`), title]]);
  }
  const pair = ([request, answer]) => ({ tsType: `[request: ${request}, answer: ${answer}]` });
  return {
    title: "Questions",
    description: "What a rule set can be asked, with the request and the answer.",
    type: "object",
    additionalProperties: false,
    required: pairs.map(([name]) => name),
    properties: Object.fromEntries(pairs.map(([name, types]) => [name, pair(types)])),
  };
}

/** What is read comes first, so that it keeps the plain names. */
function byReading(a, b) {
  const order = ["scheme.json", "request.json", "options.json"];
  const rank = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
  return rank(a) - rank(b) || a.localeCompare(b);
}

const text = await documents();
if (process.argv.includes("--check")) {
  if ((await readFile(target, "utf8")) !== text) {
    console.error("js/documents.ts is out of date; run `npm run types`");
    process.exit(1);
  }
} else {
  await writeFile(target, text);
}
