/**
 * adjudica for openIMIS: its snapshots and tables as documents, and openIMIS 1.11 replayed over its
 * own rows, bug for bug.
 */

import type { AttributedClaim, Audit, ImportDocument, ReplayOptions, ReplayedClaim, SwitchRow } from "./documents.js";
import { type WasmSource, openimisEngine } from "./engine.js";
import { InvalidSchemeError, errorsOf, guarded, inputError } from "./errors.js";
import { documentText } from "./input.js";
import { Snapshot, type SnapshotOptions } from "./snapshot.js";

export { Snapshot, type SnapshotOptions } from "./snapshot.js";

/**
 * Claims of openIMIS with every row that their decisions depend on: JSON text (or its bytes) or an
 * object, with the columns of its models.
 */
export type SnapshotInput = string | object | Uint8Array;

/** Tables of an openIMIS database, each as a list of rows (`{column: value}`). */
export interface OpenImisTables {
  /** Rows by the table's name, such as `products`. */
  tables: Record<string, readonly object[]>;
  /** Claims with their items and services, for a request each. */
  claims?: readonly object[];
  /** ISO 4217 code of the amounts. */
  currency?: string;
}

/**
 * Makes this part of the engine ready. Needed only with `adjudica-wasm/openimis/web`, which loads
 * its module when asked; everywhere else it is ready when it is imported.
 *
 * @param source the WebAssembly module, if it is not beside the package's files
 */
export function ready(source?: WasmSource): Promise<void> {
  return openimisEngine.start(source);
}

/**
 * Reads one claim of openIMIS with every row that its decision depends on.
 *
 * @throws AdjudicaError if it is no snapshot of exactly one claim
 */
export function readSnapshot(snapshot: SnapshotInput, options: SnapshotOptions = {}): Snapshot {
  return Snapshot.read(openimisEngine.get(), documentText(snapshot, "snapshot"), options);
}

/**
 * Reads the tables of a legacy openIMIS database: its rules as one scheme, its claims as requests,
 * and a report on what was read, translated, passed over and guessed. Text, its bytes or an object.
 *
 * @throws InvalidSchemeError with every error; table, row and column are its path
 */
export function importTables(tables: string | OpenImisTables | Uint8Array): ImportDocument {
  const running = openimisEngine.get();
  const text = documentText(tables, "document of tables");
  try {
    return JSON.parse(running.importTables(text)) as ImportDocument;
  } catch (thrown) {
    throw new InvalidSchemeError(errorsOf(thrown));
  }
}

/**
 * What openIMIS 1.11 stores of the claims of a snapshot, bug for bug: worked in order, each seeing
 * what the earlier ones left. Where openIMIS breaks down, the outcome is `unadjudicable`.
 *
 * @param options the call (`run`, default `process`) and the deviations that are on (`switches`,
 *   default all; none gives what `standard` decides)
 * @throws AdjudicaError if it is no snapshot, or a switch is not known
 */
export function replay(snapshot: SnapshotInput, options: ReplayOptions = {}): ReplayedClaim[] {
  const text = documentText(snapshot, "snapshot");
  return JSON.parse(guarded(() => openimisEngine.get().replay(text, JSON.stringify(options)))) as ReplayedClaim[];
}

/**
 * Why openIMIS 1.11 answers the claims of a snapshot otherwise than `standard`: for each the
 * smallest set of deviations that makes the difference, with the money that each moves. A claim may
 * take thousands of replays: not for a page's main thread.
 *
 * @param options the call (`run`, default `process`)
 * @throws AdjudicaError if it is no snapshot
 */
export function attribute(snapshot: SnapshotInput, options: Pick<ReplayOptions, "run"> = {}): AttributedClaim[] {
  const text = documentText(snapshot, "snapshot");
  return JSON.parse(guarded(() => openimisEngine.get().attribute(text, JSON.stringify(options)))) as AttributedClaim[];
}

/**
 * What would change if claims were decided by `standard` instead of openIMIS 1.11: claims and money,
 * by deviation, product, facility, category and month, and the largest claims. It attributes every
 * claim: not for a page's main thread.
 *
 * @param snapshots one snapshot a line (NDJSON); blank lines are passed over, and lines that cannot
 *   be used are counted
 * @param options the call (`run`, default `process`)
 */
export function audit(snapshots: string, options: Pick<ReplayOptions, "run"> = {}): Audit {
  if (typeof snapshots !== "string") throw inputError("value.type", "NDJSON is text");
  return JSON.parse(guarded(() => openimisEngine.get().audit(snapshots, JSON.stringify(options)))) as Audit;
}

/** Every deviation of openIMIS 1.11 from `standard`, with its meaning and its source. */
export function switches(): SwitchRow[] {
  return JSON.parse(guarded(() => openimisEngine.get().switches())) as SwitchRow[];
}
