import type { ImportDocument } from "../js/documents.js";
import { InvalidSchemeError, errorsOf } from "../js/errors.js";
import { documentText } from "../js/input.js";
import { importTablesText } from "./engine.js";

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
 * Reads the tables of a legacy openIMIS database: its rules as one scheme, its claims as requests,
 * and a report on what was read, translated, passed over and guessed. Text, its bytes or an object.
 *
 * @throws InvalidSchemeError with every error; table, row and column are its path
 */
export function importTables(tables: string | OpenImisTables | Uint8Array): ImportDocument {
  const text = documentText(tables, "document of tables");
  try {
    return JSON.parse(importTablesText(text)) as ImportDocument;
  } catch (thrown) {
    throw new InvalidSchemeError(errorsOf(thrown));
  }
}
