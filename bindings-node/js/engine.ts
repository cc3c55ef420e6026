/** What a package's engine offers the shared layer: text in, text out. */

/**
 * Where the WebAssembly module comes from, if not from beside the package's files: its URL, a
 * `Response`, its bytes or a compiled `WebAssembly.Module`.
 */
export type WasmSource = string | object;

/** Adjudicates with one rule set and one set of options. */
export interface EngineClaims {
  /** The decision on one request, or `{"error": {..}}`. */
  adjudicate(request: string): string;
  /** One line for each line of requests. */
  ndjson(requests: string): string;
}

/** A compiled scheme. */
export interface EngineRules {
  readonly digest: string;
  /** A session with options, given as JSON text. */
  session(options: string): EngineClaims;
  /** A decision in words; options are JSON text. */
  explain(decision: string, options: string): string;
}

/** Decides slices of a batch off the calling thread, up to a number of them at once. */
export interface EnginePool {
  /** The decision on each request, or `{"error": {..}}`. */
  run(requests: string[]): Promise<string[]>;
  /** Frees the threads. Slices that still run may fail or finish. */
  close(): void;
}

/** An engine. Errors are thrown with the JSON text of `{"errors": [..]}` as message. */
export interface Engine {
  version(): string;
  check(scheme: string): string;
  compile(scheme: string): EngineRules;
  /** Scheme and request of an openIMIS snapshot. */
  readSnapshot(snapshot: string): string;
  /** What openIMIS stores of a decision on a request. */
  columns(request: string, decision: string): string;
  /** Threads that decide with the rules of a scheme's text. */
  pool(rules: EngineRules, scheme: string, options: string, threads: number): EnginePool;
}

let current: Engine | undefined;
let start: ((source?: WasmSource) => Promise<Engine>) | undefined;
let starting: Promise<Engine> | undefined;

/** Sets the engine: at once, or how to start it. */
export function setEngine(engine: Engine | ((source?: WasmSource) => Promise<Engine>)): void {
  if (typeof engine === "function") start = engine;
  else current = engine;
}

/** The engine, if it is ready. */
export function engineIfReady(): Engine | undefined {
  return current;
}

/** Starts the engine once; after a failure, the next call tries again. */
export async function startEngine(source?: WasmSource): Promise<void> {
  if (current !== undefined) return;
  if (start === undefined) throw new Error("no engine");
  starting ??= start(source);
  try {
    current = await starting;
  } finally {
    starting = undefined;
  }
}
