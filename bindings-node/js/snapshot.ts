import type { Decision } from "./decision.js";
import type { OpenImisColumns, Preset, SnapshotDocument } from "./documents.js";
import { type OpenImisEngine, engine } from "./engine.js";
import { InvalidSchemeError, errorsOf, guarded } from "./errors.js";
import { type AdjudicateOptions } from "./options.js";
import { RuleSet } from "./ruleset.js";

/** How to read a snapshot. */
export interface SnapshotOptions {
  /** Which conventions hold where engines differ; default `standard`. */
  preset?: Preset;
}

/** One claim of openIMIS: its rules, its request, and what reading it had to guess. */
export class Snapshot {
  readonly #openimis: OpenImisEngine;
  readonly #document: SnapshotDocument;
  readonly #request: string;
  #rules: RuleSet | undefined;

  private constructor(openimis: OpenImisEngine, document: SnapshotDocument) {
    this.#openimis = openimis;
    this.#document = document;
    this.#request = JSON.stringify(document.request);
  }

  /** @internal */
  static read(openimis: OpenImisEngine, text: string, { preset }: SnapshotOptions): Snapshot {
    const document = JSON.parse(guarded(() => openimis.readSnapshot(text))) as SnapshotDocument;
    if (preset !== undefined) document.scheme.conventions = { ...document.scheme.conventions, preset };
    return new Snapshot(openimis, document);
  }

  /** Name of the snapshot, or the claim's code. */
  get name(): string {
    return this.#document.name;
  }

  /** The products, registers and price lists as a scheme document. */
  get scheme(): SnapshotDocument["scheme"] {
    return this.#document.scheme;
  }

  /** The claim and everything else its decision depends on, as a request document. */
  get request(): SnapshotDocument["request"] {
    return this.#document.request;
  }

  /** Where reading had to guess, or passed something over. */
  get warnings(): SnapshotDocument["warnings"] {
    return this.#document.warnings;
  }

  /**
   * The scheme, compiled when first asked for.
   *
   * @throws InvalidSchemeError if the products cannot be used
   */
  get rules(): RuleSet {
    if (this.#rules === undefined) {
      const running = engine.get();
      try {
        this.#rules = RuleSet.of(running, JSON.stringify(this.#document.scheme));
      } catch (thrown) {
        throw new InvalidSchemeError(errorsOf(thrown));
      }
    }
    return this.#rules;
  }

  /** Decides the claim. */
  adjudicate(options: AdjudicateOptions = {}): Decision {
    return this.rules.adjudicate(this.#request, options);
  }

  /**
   * A decision on this claim as the columns that openIMIS stores, by the names of its Django
   * models: amounts as text, NULL as null.
   */
  columns(decision: Decision): OpenImisColumns {
    return JSON.parse(guarded(() => this.#openimis.columns(this.#request, decision.text))) as OpenImisColumns;
  }
}
