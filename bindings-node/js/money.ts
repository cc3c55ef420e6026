/** Exact money without a library: decimal text to whole minor units and back. */

const DECIMAL = /^(-?)([0-9]+)(?:\.([0-9]+))?$/;

/**
 * An amount in minor units: `minorUnits("12.50", 2)` is `1250n`.
 *
 * @param amount decimal text, such as every amount of a decision
 * @param exponent the currency's digits after the point (2 for USD, 0 for JPY)
 * @throws RangeError if the text is no decimal, or has digits beyond the exponent that are not zero
 */
export function minorUnits(amount: string, exponent: number): bigint {
  const parts = DECIMAL.exec(amount);
  if (parts === null) throw new RangeError(`\`${amount}\` is not a decimal such as 12.50`);
  const [, sign = "", whole = "", fraction = ""] = parts;
  const digits = checkExponent(exponent);
  if (/[1-9]/.test(fraction.slice(digits))) {
    throw new RangeError(`\`${amount}\` has more than ${digits} digits after the point`);
  }
  const units = BigInt(whole + fraction.slice(0, digits).padEnd(digits, "0"));
  return sign === "-" ? -units : units;
}

/**
 * Minor units as decimal text: `fromMinorUnits(1250n, 2)` is `"12.50"`.
 *
 * @throws RangeError if the exponent is no whole number from 0
 */
export function fromMinorUnits(units: bigint, exponent: number): string {
  const digits = checkExponent(exponent);
  const sign = units < 0n ? "-" : "";
  const text = String(units < 0n ? -units : units).padStart(digits + 1, "0");
  const point = text.length - digits;
  return digits === 0 ? sign + text : `${sign}${text.slice(0, point)}.${text.slice(point)}`;
}

function checkExponent(exponent: number): number {
  if (Number.isSafeInteger(exponent) && exponent >= 0) return exponent;
  throw new RangeError(`an exponent is a whole number from 0, not ${exponent}`);
}
