import type { DecisionDocument, LineDecision } from "./documents.js";
import type { EngineRules } from "./engine.js";
import { guarded } from "./errors.js";

/** How a decision is put in words. */
export interface ExplainOptions {
  /** Language tag, such as `fr`; default the first of the scheme's languages that is known. */
  language?: string;
  /** Plain text, or one HTML document without scripts, fit for print; default `text`. */
  form?: "text" | "html";
  /** Message files of further languages, or with other words for those there are. */
  messages?: readonly object[];
}

/**
 * The decision on one claim. It holds the engine's text and parses it when first asked; money and
 * quantities stay decimal text, such as `"12.50"`, so that nothing is rounded.
 */
export class Decision {
  /** The decision as the engine wrote it: the same bytes in every language. */
  readonly text: string;
  readonly #rules: EngineRules;
  #document: DecisionDocument | undefined;

  private constructor(rules: EngineRules, text: string) {
    this.#rules = rules;
    this.text = text;
  }

  /** @internal */
  static of(rules: EngineRules, text: string): Decision {
    return new Decision(rules, text);
  }

  /** The document, parsed once. */
  get document(): DecisionDocument {
    this.#document ??= JSON.parse(this.text) as DecisionDocument;
    return this.#document;
  }

  /** Code of the claim. */
  get claim(): DecisionDocument["claim"] {
    return this.document.claim;
  }

  /** Where the claim stands. */
  get status(): DecisionDocument["status"] {
    return this.document.status;
  }

  /** Why, for the claim as a whole. */
  get reasons(): DecisionDocument["reasons"] {
    return this.document.reasons;
  }

  /** The decision on each line, in the order of the request. */
  get lines(): DecisionDocument["lines"] {
    return this.document.lines;
  }

  /** Sums over the lines, and who bears them. */
  get totals(): DecisionDocument["totals"] {
    return this.document.totals;
  }

  /** What the claim consumes: entries for the ledger. */
  get consumption(): DecisionDocument["consumption"] {
    return this.document.consumption;
  }

  /** The reasoning, where it was asked for. */
  get trace(): DecisionDocument["trace"] {
    return this.document.trace;
  }

  /** What the decision was made with. */
  get provenance(): DecisionDocument["provenance"] {
    return this.document.provenance;
  }

  /** The decision on a line, by the line's id. */
  line(id: string): LineDecision | undefined {
    return this.lines.find((line) => line.id === id);
  }

  /**
   * The explanation of benefits: what is paid, why, and who bears the rest.
   *
   * @param language tag such as `fr`, or all options
   * @throws AdjudicaError if the language is not known
   */
  explain(language?: string | ExplainOptions, form?: "text" | "html"): string {
    const options = typeof language === "object" ? language : { language, form };
    return guarded(() => this.#rules.explain(this.text, JSON.stringify(options)));
  }

  /**
   * Why one line is paid as it is.
   *
   * @throws AdjudicaError if there is no line with that id, or the language is not known
   */
  why(line: string, language?: string | ExplainOptions, form?: "text" | "html"): string {
    const options = typeof language === "object" ? language : { language, form };
    return guarded(() => this.#rules.explain(this.text, JSON.stringify({ ...options, line })));
  }

  /** The document: `JSON.stringify(decision)` gives the decision's JSON. */
  toJSON(): DecisionDocument {
    return this.document;
  }

  /** The decision's text. */
  toString(): string {
    return this.text;
  }
}
