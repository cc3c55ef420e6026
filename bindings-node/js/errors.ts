import type { ErrorDocument } from "./documents.js";

/** What is wrong with a document. A claim that the scheme does not pay is never an error. */
export class AdjudicaError extends Error {
  /** Stable code in dotted words, such as `amount.grammar`. Programs match on it. */
  readonly code: string;
  /** Where in the document, such as `claim.lines[0].price`; empty for the whole document. */
  readonly path: string;
  /** What to write instead, where the engine can tell. */
  readonly help: string | undefined;
  /** Line in the text, from 1, where the document was read from text. */
  readonly line: number | undefined;
  /** Column in the text, from 1, where the document was read from text. */
  readonly column: number | undefined;

  constructor(error: ErrorDocument, options?: ErrorOptions) {
    super(error.message, options);
    this.code = error.code;
    this.path = error.path;
    this.help = error.help ?? undefined;
    this.line = error.line ?? undefined;
    this.column = error.column ?? undefined;
  }

  /** The error as the engine writes it. */
  toJSON(): ErrorDocument {
    const { code, message, path, help, line, column } = this;
    return {
      code,
      message,
      path,
      ...(help !== undefined && { help }),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    };
  }
}
AdjudicaError.prototype.name = "AdjudicaError";

/** A scheme that cannot be used, with everything wrong with it. */
export class InvalidSchemeError extends AdjudicaError {
  /** Every error, in document order; this error itself says the first. */
  readonly errors: readonly ErrorDocument[];

  constructor(errors: readonly [ErrorDocument, ...ErrorDocument[]], options?: ErrorOptions) {
    super(errors[0], options);
    this.errors = errors;
  }
}
InvalidSchemeError.prototype.name = "InvalidSchemeError";

/** An error of the layer itself, in the same shape. */
export function inputError(code: string, message: string, help?: string, cause?: unknown): AdjudicaError {
  const options = cause === undefined ? undefined : { cause };
  return new AdjudicaError({ code, message, path: "", ...(help !== undefined && { help }) }, options);
}

/** The errors in what an engine threw. */
export function errorsOf(thrown: unknown): [ErrorDocument, ...ErrorDocument[]] {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  if (text.startsWith('{"errors":')) {
    return (JSON.parse(text) as { errors: [ErrorDocument, ...ErrorDocument[]] }).errors;
  }
  return [{ code: "engine.panic", message: `the engine failed: ${text}`, path: "" }];
}

/** The error in a text that stands for a decision, if it is one. */
export function errorInText(text: string): AdjudicaError | undefined {
  if (!text.startsWith('{"error":')) return undefined;
  return new AdjudicaError((JSON.parse(text) as { error: ErrorDocument }).error);
}

/** What an engine returns, or an `AdjudicaError` with the first of its errors. */
export function guarded<T>(call: () => T): T {
  try {
    return call();
  } catch (thrown) {
    throw new AdjudicaError(errorsOf(thrown)[0]);
  }
}

/** The same for what an engine promises. */
export function guardedAsync<T>(promise: Promise<T>): Promise<T> {
  return promise.catch((thrown: unknown) => {
    throw new AdjudicaError(errorsOf(thrown)[0]);
  });
}
