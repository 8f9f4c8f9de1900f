/**
 * An exact decimal number: a whole number of the last of its decimal places, 12.50 being 125 of one place. There is one
 * form for each value (no trailing zeros, no negative zero), so equal numbers have equal fields.
 *
 * The whole number is a JavaScript number while it is a safe integer, which prices, units and dollars nearly always are,
 * and a bigint beyond: a ledger is tens of thousands of sums and products, done once, by code that has just started.
 * Sums, differences and products are exact; a quotient has twenty places, rounded half up, away from zero.
 *
 * Troubles: a text that is no number, a division by zero, or anything that is not an `Exact` in the place of one (a
 * binary float) throws. These are mistakes of the program, never of its user.
 */

const quotientPlaces = 20;
const powers = Array.from({ length: 16 }, (_, places) => 10 ** places);
const powerOf = (places: number): bigint => 10n ** BigInt(places);

export const halfUp = 'half up';
export const up = 'up';
export type Rounding = typeof halfUp | typeof up;

const plainText = /^-?\d+(\.\d+)?$/;
const powerText = /^(-?\d+(?:\.\d+)?)e([+-]?\d{1,3})$/i;

/** The other number of a sum or comparison; a text is read first. */
type Operand = Exact | string;

export class Exact {
  readonly whole: number | bigint;
  readonly places: number;

  private constructor(whole: number | bigint, places: number) {
    this.whole = whole;
    this.places = places;
  }

  /** Reads `12.5`, `-0.05` or `125e-1`. */
  static parse(text: string): Exact {
    // A float in the place of a text is the mistake that this class is there to prevent.
    if (typeof text !== 'string') throw new TypeError(`${String(text)} is neither a decimal nor the text of one`);
    if (plainText.test(text)) {
      const dot = text.indexOf('.');
      const digits = dot < 0 ? text : text.slice(0, dot) + text.slice(dot + 1);
      const places = dot < 0 ? 0 : text.length - dot - 1;
      return digits.length <= 15 ? Exact.small(Number(digits), places) : Exact.large(BigInt(digits), places);
    }
    const [, digits, exponent] = powerText.exec(text) ?? [];
    if (digits === undefined || exponent === undefined) throw new RangeError(`"${text}" is no decimal`);
    const { whole, places } = Exact.parse(digits);
    const after = places - Number(exponent);
    return after < 0 ? Exact.large(BigInt(whole) * powerOf(-after), 0) : Exact.large(BigInt(whole), after);
  }

  /** `whole` of the last of `places` places. */
  static of(whole: bigint, places: number): Exact {
    return Exact.large(whole, places);
  }

  /** From a safe integer. */
  private static small(whole: number, places: number): Exact {
    let [digits, after] = [whole, places];
    while (after > 0 && digits % 10 === 0) {
      digits /= 10;
      after -= 1;
    }
    // Adding zero takes the sign from a negative one.
    return new Exact(digits + 0, after);
  }

  private static large(whole: bigint, places: number): Exact {
    let [digits, after] = [whole, places];
    while (after > 0 && digits % 10n === 0n) {
      digits /= 10n;
      after -= 1;
    }
    const number = Number(digits);
    return new Exact(Number.isSafeInteger(number) ? number : digits, after);
  }

  /** The whole number that this is of the last of `places` places; it must not have more of them. */
  wholeAt(places: number): bigint {
    return BigInt(this.whole) * powerOf(places - this.places);
  }

  /** As `wholeAt`, where that is a safe integer. */
  private smallAt(places: number): number | undefined {
    if (typeof this.whole !== 'number') return undefined;
    const power = powers[places - this.places];
    if (power === undefined) return this.whole === 0 ? 0 : undefined;
    const whole = this.whole * power;
    return Number.isSafeInteger(whole) ? whole : undefined;
  }

  plus(operand: Operand): Exact {
    const other = exact(operand);
    const places = Math.max(this.places, other.places);
    const a = this.smallAt(places);
    const b = other.smallAt(places);
    if (a !== undefined && b !== undefined && Number.isSafeInteger(a + b)) return Exact.small(a + b, places);
    return Exact.large(this.wholeAt(places) + other.wholeAt(places), places);
  }

  minus(operand: Operand): Exact {
    return this.plus(exact(operand).neg());
  }

  times(operand: Operand): Exact {
    const other = exact(operand);
    const places = this.places + other.places;
    if (typeof this.whole === 'number' && typeof other.whole === 'number') {
      const product = this.whole * other.whole;
      if (Number.isSafeInteger(product)) return Exact.small(product, places);
    }
    return Exact.large(BigInt(this.whole) * BigInt(other.whole), places);
  }

  /** To twenty places. */
  div(operand: Operand): Exact {
    const other = exact(operand);
    if (other.whole === 0) throw new RangeError('Division by zero');
    // The dividend with as many places more as the quotient is to have; one that has more of its own keeps them.
    const raised = Math.max(this.places, other.places + quotientPlaces);
    const dividend = this.wholeAt(raised);
    const quotient = roundedQuotient(
      dividend,
      BigInt(other.whole) * powerOf(raised - other.places - quotientPlaces),
      halfUp,
    );
    return Exact.large(quotient, quotientPlaces);
  }

  round(places = 0, rounding: Rounding = halfUp): Exact {
    if (places >= this.places) return this;
    return Exact.large(roundedQuotient(BigInt(this.whole), powerOf(this.places - places), rounding), places);
  }

  neg(): Exact {
    return new Exact(this.whole === 0 ? 0 : -this.whole, this.places);
  }

  abs(): Exact {
    return this.whole < 0 ? this.neg() : this;
  }

  /** -1 where this is less, 1 where it is more, 0 where the two are equal. */
  cmp(operand: Operand): -1 | 0 | 1 {
    const other = exact(operand);
    const places = Math.max(this.places, other.places);
    const a = this.smallAt(places) ?? this.wholeAt(places);
    const b = other.smallAt(places) ?? other.wholeAt(places);
    return a < b ? -1 : a > b ? 1 : 0;
  }

  eq(other: Operand): boolean {
    return this.cmp(other) === 0;
  }

  gt(other: Operand): boolean {
    return this.cmp(other) > 0;
  }

  gte(other: Operand): boolean {
    return this.cmp(other) >= 0;
  }

  lt(other: Operand): boolean {
    return this.cmp(other) < 0;
  }

  lte(other: Operand): boolean {
    return this.cmp(other) <= 0;
  }

  /** Plain text without an exponent: all places there are, or as many as asked for. */
  toFixed(places?: number): string {
    const rounded = places === undefined ? this : this.round(places);
    const after = places ?? this.places;
    const text = String(rounded.whole < 0 ? -rounded.whole : rounded.whole) + '0'.repeat(after - rounded.places);
    const sign = rounded.whole < 0 ? '-' : '';
    if (after === 0) return sign + text;
    const padded = text.padStart(after + 1, '0');
    return `${sign}${padded.slice(0, -after)}.${padded.slice(-after)}`;
  }

  toString(): string {
    return this.toFixed();
  }

  toJSON(): string {
    return this.toFixed();
  }

  /** Comparing or adding with an operator would go through binary floats. */
  valueOf(): never {
    throw new TypeError('A decimal is no binary float: use its methods');
  }
}

const exact = (operand: Operand): Exact => (operand instanceof Exact ? operand : Exact.parse(operand));

function roundedQuotient(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  if (rest === 0n) return quotient;
  const size = (value: bigint): bigint => (value < 0n ? -value : value);
  const isAway = rounding === up || size(rest) * 2n >= size(divisor);
  if (!isAway) return quotient;
  return dividend < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}
