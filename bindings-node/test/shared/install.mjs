// Packs a package and installs the tarball into empty projects.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const tools = join(root, "bindings-node/node_modules");

/** Runs a program in a folder and gives what it printed; what it says on failure fails the test. */
export function run(program, args, cwd) {
  try {
    return execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    throw new Error(`${program} ${args.join(" ")}\n${error.stdout}\n${error.stderr}`);
  }
}

/** A package as a user gets it: packed once, installed into as many projects as asked for. */
export class Packed {
  constructor(folder) {
    this.work = join(root, ".build/install", folder);
    rmSync(this.work, { recursive: true, force: true });
    mkdirSync(this.work, { recursive: true });
    const [packed] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", this.work], join(root, folder)));
    this.files = packed.files.map((file) => file.path).sort();
    this.size = packed.size;
    this.tarball = join(this.work, packed.filename);
    this.readme = readFileSync(join(root, folder, "README.md"), "utf8");
  }

  /** An empty project with the package and some files, `{name: text}`. */
  project(name, files, settings = {}) {
    const folder = join(this.work, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, ...settings }));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(join(folder, file, ".."), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const example = join(root, "rules-examples/basic-cover");
    copyFileSync(join(example, "scheme.yaml"), join(folder, "scheme.yaml"));
    const [, first] = readFileSync(join(root, ".build/golden/basic-cover/requests.ndjson"), "utf8").match(/^(.*)$/m);
    writeFileSync(join(folder, "request.json"), first);
    run("npm", ["install", "--offline", "--no-audit", "--no-fund", this.tarball], folder);
    return folder;
  }

  /** The first block of code of the README, and what its comments say it prints. */
  firstExample() {
    const [, code] = this.readme.match(/```js\n([^]*?)```/);
    const prints = [...code.matchAll(/\/\/ prints (.*)/g)].map(([, text]) => text);
    assert.ok(prints.length > 0 && code.trim().split("\n").length <= 12);
    return { code, prints };
  }
}

/** Compiles a strict TypeScript program against the installed package. */
export function typecheck(folder, options) {
  if (options.types.includes("node")) {
    cpSync(join(tools, "@types/node"), join(folder, "node_modules/@types/node"), { recursive: true });
    cpSync(join(tools, "undici-types"), join(folder, "node_modules/undici-types"), { recursive: true });
  }
  const compilerOptions = {
    target: "es2022",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    ...options,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts", "*.mts", "*.cts"] }));
  run(process.execPath, [join(tools, "typescript/bin/tsc"), "-p", "."], folder);
}

/** A TypeScript program that uses the whole API. */
export const typed = (name) => `
import { readFileSync } from "node:fs";
import { AdjudicaError, Decision, InvalidSchemeError, RuleSet, check, compile, conventions, minorUnits, type documents } from "${name}";
import * as office from "${name}/office";
import { type Snapshot, attribute, readSnapshot, replay, switches } from "${name}/openimis";

const scheme: string = readFileSync("scheme.yaml", "utf8");
const request: documents.Request = JSON.parse(readFileSync("request.json", "utf8"));
const rules: RuleSet = compile(scheme);
const decision: Decision = rules.adjudicate(request, { trace: "full", digest: false });
const status: "rejected" | "awaiting_index" | "valuated" = decision.status;
const payable: bigint | undefined = decision.lines[0] && minorUnits(decision.lines[0].amounts.payable, 2);
const report: documents.Report = check(scheme);
const mixed: (Decision | AdjudicaError)[] = rules.adjudicateMany([request, "{}"]);
for (const each of mixed) {
  if (each instanceof AdjudicaError) console.log(each.code, each.path, each.help ?? "-", each.line ?? 0);
  else console.log(each.totals.scheme_share);
}
try {
  compile({ schema: "adjudica/scheme@1", code: "x", version: "1", currency: { code: "USD", exponent: 2 }, products: [] });
  compile("{}");
} catch (error) {
  if (error instanceof InvalidSchemeError) console.log(error.errors.map((each) => each.code));
}
// @ts-expect-error money is text
const wrong: documents.Line = { id: "1", kind: "service", code: "S", quantity: 1 };
// @ts-expect-error no such level
const bad = () => rules.adjudicate(request, { trace: "all" });
// @ts-expect-error a rule set is compiled, not made
const made = () => new RuleSet();
const replayed = (text: string): documents.ReplayedClaim[] => replay(text, { run: "flow", switches: ["int_truncation"] });
const paid = (text: string): (string | null)[] =>
  replayed(text).map((each) => (each.outcome === "adjudicated" ? each.last.claim.approved : each.fault));
const why = (text: string): documents.Switch[] => attribute(text)[0]!.switches.map((share) => share.switch);
const read = (text: string): Snapshot => readSnapshot(text);
const premium = (asked: documents.PremiumRequest): string => office.compile(scheme).ask("premium", asked).total;
// @ts-expect-error no such question
const unasked = () => rules.ask("weather", "{}");
// @ts-expect-error the request of another question
const mistaken = (asked: documents.PremiumRequest) => rules.ask("capitation", asked);
// @ts-expect-error no such deviation
const ghost = () => replay("{}", { switches: ["ghost"] });
if (switches().length < 50 || conventions().length < 5) throw new Error("too few");
for (const each of [paid, why, read, ghost, premium, unasked, mistaken, office.ready]) if (typeof each !== "function") throw new Error("no function");
console.log(typeof bad, typeof made, status, payable, report.errors.length, wrong.id);
`;
