import type { TraceLevel } from "./documents.js";

/** What to show besides the decision itself. */
export interface AdjudicateOptions {
  /** How much of the reasoning to show; default `none`. */
  trace?: TraceLevel;
  /** Whether the decision carries the request's digest; default true. */
  digest?: boolean;
}

/** Options of a batch. */
export interface ManyOptions extends AdjudicateOptions {
  /**
   * Called after every slice with the number of claims decided and, where it is known, the number
   * of all. What it throws ends the batch.
   */
  onProgress?: (done: number, total: number | undefined) => void;
  /** Claims in a slice; default 256. */
  slice?: number;
}

/** Options of a batch off the calling thread. */
export interface ManyAsyncOptions extends ManyOptions {
  /** Slices decided at the same time; default 1. */
  threads?: number;
  /** Ends the batch early: the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
}

/** The engine's own options as text; unknown names are the engine's to refuse. */
export function engineOptions(options: AdjudicateOptions): string {
  const { onProgress, slice, threads, signal, ...own } = options as ManyAsyncOptions;
  return JSON.stringify(own);
}

/** A whole number of at least one. */
export function count(value: number | undefined, otherwise: number, name: string): number {
  if (value === undefined) return otherwise;
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new RangeError(`${name} is a whole number from 1, not ${value}`);
}
