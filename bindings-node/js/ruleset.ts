import type { Questions, Request } from "./documents.js";
import type { EngineClaims, EnginePool, EngineRules, Engine } from "./engine.js";
import { Decision } from "./decision.js";
import { AdjudicaError, errorInText, guarded, guardedAsync, inputError } from "./errors.js";
import { documentText } from "./input.js";
import { type AdjudicateOptions, type ManyAsyncOptions, type ManyOptions, count, engineOptions } from "./options.js";

/** A request: JSON text, or an object with money and quantities as text. */
export type RequestInput = string | Request | Uint8Array;

/** A compiled scheme: immutable, and good for any number of claims. Made by {@link compile}. */
export class RuleSet {
  readonly #engine: Engine;
  readonly #rules: EngineRules;
  readonly #scheme: string;
  readonly #sessions = new Map<string, EngineClaims>();

  private constructor(engine: Engine, rules: EngineRules, scheme: string) {
    this.#engine = engine;
    this.#rules = rules;
    this.#scheme = scheme;
  }

  /** @internal */
  static of(engine: Engine, scheme: string): RuleSet {
    return new RuleSet(engine, engine.compile(scheme), scheme);
  }

  /** SHA-256 of the scheme's canonical text, in hexadecimal. */
  get digest(): string {
    return this.#rules.digest;
  }

  /**
   * Decides one claim.
   *
   * @throws AdjudicaError if the request is malformed; never for a claim that is not paid.
   */
  adjudicate(request: RequestInput, options: AdjudicateOptions = {}): Decision {
    const decided = this.#decide(this.#session(engineOptions(options)), request);
    if (decided instanceof AdjudicaError) throw decided;
    return decided;
  }

  /**
   * Decides many claims on the calling thread. A malformed request is an error at its place and
   * does not touch the others.
   */
  adjudicateMany(requests: Iterable<RequestInput>, options: ManyOptions = {}): (Decision | AdjudicaError)[] {
    const session = this.#session(engineOptions(options));
    const slice = count(options.slice, 256, "slice");
    const total = totalOf(requests);
    const decided: (Decision | AdjudicaError)[] = [];
    let told = 0;
    for (const request of requests) {
      decided.push(this.#decide(session, request));
      if (decided.length % slice === 0) options.onProgress?.((told = decided.length), total);
    }
    if (told < decided.length) options.onProgress?.(decided.length, total);
    return decided;
  }

  /**
   * Decides many claims off the calling thread: in Node on the libuv pool, in a browser in Web
   * Workers. The answers come in the order of the requests.
   */
  async adjudicateManyAsync(
    requests: Iterable<RequestInput>,
    options: ManyAsyncOptions = {},
  ): Promise<(Decision | AdjudicaError)[]> {
    const own = engineOptions(options);
    this.#session(own); // Bad options are refused before any thread starts.
    const size = count(options.slice, 256, "slice");
    const threads = count(options.threads, 1, "threads");
    options.signal?.throwIfAborted();
    const pool = this.#engine.pool(this.#rules, this.#scheme, own, threads);
    try {
      const answer = (text: string) => this.#answer(text);
      return await runSlices({ pool, answer, size, threads, ...options }, requests);
    } finally {
      pool.close();
    }
  }

  /**
   * Decides claims given one a line: gives one line each, the decision or `{"error": {..}}`.
   * Blank lines are passed over.
   */
  adjudicateNdjson(requests: string, options: AdjudicateOptions = {}): string {
    if (typeof requests !== "string") throw inputError("value.type", "NDJSON is text");
    const session = this.#session(engineOptions(options));
    return guarded(() => session.ndjson(requests));
  }

  /**
   * Asks for something else than a claim's decision: eligibility, a policy's period, a premium, a
   * relative index, capitation, a review, by the name of the question. The request is JSON text or
   * an object; the answer is a document with money as text. In browsers all but decisions and
   * eligibility need a rule set of `adjudica-wasm/office`.
   *
   * @throws AdjudicaError if there is no such question or the request is malformed;
   *   `question.elsewhere` if the module does not answer it
   */
  ask<Q extends keyof Questions>(question: Q, request: string | Uint8Array | Questions[Q][0]): Questions[Q][1] {
    return JSON.parse(this.askJson(question, request)) as Questions[Q][1];
  }

  /** As {@link RuleSet.ask}, with the answer as JSON text: the same bytes in every language. */
  askJson<Q extends keyof Questions>(question: Q, request: string | Uint8Array | Questions[Q][0]): string {
    const text = documentText(request, "request");
    return guarded(() => this.#rules.ask(String(question), text));
  }

  /**
   * A decision from its text, such as one that was stored, to ask it for its words.
   *
   * @throws AdjudicaError if the text is no JSON object
   */
  decision(text: string): Decision {
    const decision = Decision.of(this.#rules, text);
    let parsed: unknown;
    try {
      parsed = decision.document;
    } catch (cause) {
      throw inputError("syntax", "a decision is JSON text", undefined, cause);
    }
    if (typeof parsed === "object" && parsed !== null) return decision;
    throw inputError("value.type", "a decision is a JSON object");
  }

  #decide(session: EngineClaims, request: RequestInput): Decision | AdjudicaError {
    const text = inputText(request);
    if (text instanceof AdjudicaError) return text;
    return this.#answer(guarded(() => session.adjudicate(text)));
  }

  #answer(text: string): Decision | AdjudicaError {
    return errorInText(text) ?? Decision.of(this.#rules, text);
  }

  #session(options: string): EngineClaims {
    let session = this.#sessions.get(options);
    if (session === undefined) {
      session = guarded(() => this.#rules.session(options));
      this.#sessions.set(options, session);
    }
    return session;
  }
}

function inputText(request: RequestInput): string | AdjudicaError {
  try {
    return documentText(request, "request");
  } catch (error) {
    if (error instanceof AdjudicaError) return error;
    throw error;
  }
}

function totalOf(requests: Iterable<RequestInput>): number | undefined {
  return Array.isArray(requests) ? requests.length : undefined;
}

interface Batch extends Pick<ManyAsyncOptions, "onProgress" | "signal"> {
  pool: EnginePool;
  answer: (text: string) => Decision | AdjudicaError;
  size: number;
  threads: number;
}

/** Keeps `threads` slices under way until the requests are used up. */
async function runSlices(
  { pool, answer, size, threads, onProgress, signal }: Batch,
  requests: Iterable<RequestInput>,
): Promise<(Decision | AdjudicaError)[]> {
  const decided: (Decision | AdjudicaError)[] = [];
  const total = totalOf(requests);
  const source = requests[Symbol.iterator]();
  let taken = 0;
  let done = 0;
  let failed = false;
  const work = async (): Promise<void> => {
    for (;;) {
      signal?.throwIfAborted();
      const first = taken;
      const texts: string[] = [];
      const places: number[] = [];
      while (taken - first < size) {
        const next = source.next();
        if (next.done === true) break;
        const text = inputText(next.value);
        if (typeof text === "string") {
          places.push(taken);
          texts.push(text);
        } else {
          decided[taken] = text;
        }
        taken += 1;
      }
      const last = taken;
      if (last === first || failed) return;
      const answers = await guardedAsync(pool.run(texts));
      for (const [i, place] of places.entries()) decided[place] = answer(answers[i] as string);
      done += last - first;
      signal?.throwIfAborted();
      if (!failed) onProgress?.(done, total);
    }
  };
  const guardedWork = (): Promise<void> =>
    work().catch((error: unknown) => {
      failed = true;
      throw error;
    });
  await Promise.all(Array.from({ length: threads }, guardedWork));
  return decided;
}
