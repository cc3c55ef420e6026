import type { DecisionDocument, LineDecision } from "./documents.js";

/**
 * The decision on one claim. It holds the engine's text and parses it when first asked; money and
 * quantities stay decimal text, such as `"12.50"`, so that nothing is rounded.
 */
export class Decision {
  /** The decision as the engine wrote it: the same bytes in every language. */
  readonly text: string;
  #document: DecisionDocument | undefined;

  /** @param text a decision document, from {@link RuleSet.adjudicate} or from storage. */
  constructor(text: string) {
    this.text = text;
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

  /** The document: `JSON.stringify(decision)` gives the decision's JSON. */
  toJSON(): DecisionDocument {
    return this.document;
  }

  /** The decision's text. */
  toString(): string {
    return this.text;
  }
}
