/** What a package's engine offers the shared layer: text in, text out. */

import { inputError } from "./errors.js";

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
  /** The answer to a question of that name, as JSON text. */
  ask(question: string, request: string): string;
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
  /** Every point where engines differ. */
  conventions(): string;
  /** Threads that decide with the rules of a scheme's text. */
  pool(rules: EngineRules, scheme: string, options: string, threads: number): EnginePool;
}

/** What concerns only openIMIS, in the same manner; in browsers a module of its own. */
export interface OpenImisEngine {
  /** Scheme and request of a snapshot. */
  readSnapshot(snapshot: string): string;
  /** What openIMIS stores of a decision on a request. */
  columns(request: string, decision: string): string;
  /** Scheme, requests and report of tables. */
  importTables(tables: string): string;
  /** What openIMIS 1.11 stores of the claims of a snapshot. */
  replay(snapshot: string, options: string): string;
  /** Why openIMIS 1.11 answers them otherwise. */
  attribute(snapshot: string, options: string): string;
  /** The audit of a history of snapshots. */
  audit(snapshots: string, options: string): string;
  /** Every deviation of openIMIS 1.11. */
  switches(): string;
}

/** An engine that is there at once, or that is started when asked for. */
export class Starter<E extends object> {
  readonly #help: string;
  readonly #larger: Starter<E> | undefined;
  #current: E | undefined;
  #start: ((source?: WasmSource) => Promise<E>) | undefined;
  #starting: Promise<E> | undefined;

  /**
   * @param help what to do where the engine is not ready yet
   * @param larger the engine that takes this one's place as soon as it runs
   */
  constructor(help: string, larger?: Starter<E>) {
    this.#help = help;
    this.#larger = larger;
  }

  /** Sets the engine: at once, or how to start it. */
  set(engine: E | ((source?: WasmSource) => Promise<E>)): void {
    if (typeof engine === "function") this.#start = engine;
    else this.#current = engine;
  }

  /**
   * The engine.
   *
   * @throws AdjudicaError if it is not ready
   */
  get(): E {
    const running = this.#running();
    if (running !== undefined) return running;
    throw inputError("engine.not_ready", "the engine is not ready", this.#help);
  }

  /** Starts the engine once; after a failure, the next call tries again. */
  async start(source?: WasmSource): Promise<void> {
    if (this.#running() !== undefined) return;
    if (this.#start === undefined) throw new Error("no engine");
    this.#starting ??= this.#start(source);
    try {
      this.#current = await this.#starting;
    } finally {
      this.#starting = undefined;
    }
  }

  #running(): E | undefined {
    return (this.#larger && this.#larger.#running()) ?? this.#current;
  }
}

/** The engine with every question: in browsers a larger module, which a page may load instead. */
export const officeEngine = new Starter<Engine>("call `await ready()` of `office` first");

/** The engine. */
export const engine = new Starter<Engine>("call `await ready()` first", officeEngine);

/** Its part for openIMIS. */
export const openimisEngine = new Starter<OpenImisEngine>("call `await ready()` of `openimis` first");
