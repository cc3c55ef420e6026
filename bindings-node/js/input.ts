import { inputError } from "./errors.js";

/**
 * A document as text. An object is written as JSON as it stands; numbers in it reach the engine as
 * JSON numbers, which it refuses for money and quantities.
 */
export function documentText(document: unknown, what: string): string {
  if (typeof document === "string") return document;
  if (document instanceof Uint8Array) return decode(document);
  if (typeof document !== "object" || document === null) {
    throw inputError(
      "value.type",
      `a ${what} is text or an object, not ${document === null ? "null" : typeof document}`,
    );
  }
  let text: string | undefined;
  try {
    text = JSON.stringify(document) as string | undefined;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const help = "write money and quantities as decimal text, such as \"12.50\"";
    throw inputError("value.type", `the ${what} cannot be written as JSON: ${reason}`, help, cause);
  }
  if (text === undefined) {
    throw inputError("value.type", `the ${what} cannot be written as JSON`);
  }
  return text;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw inputError("text.utf8", "the text is not UTF-8", "write the document in UTF-8", cause);
  }
}
