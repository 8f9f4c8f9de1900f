/**
 * Decimals of up to 15 digits, which nearly all are, held as one integer and a number of decimals.
 *
 * big.js holds every digit in an array of its own and copies both arrays for a sum. A ledger is read and added up anew for
 * each question, in thousands of steps that a starting program takes without a compiler's help, so the short ones are
 * done on integers that a float holds exactly. Whatever has more digits, or divides with a rest, is big.js's. Both kinds
 * are a `Big` to their user, and a number that is short is always held short, so that equal numbers look alike.
 */
import BigJs, { type Big, type BigSource, type RoundingMode } from 'big.js';

/** big.js with this program's settings. */
export const Strict = BigJs();
Strict.strict = true;
Strict.DP = 20;
Strict.RM = BigJs.roundHalfUp;
// Text and JSON never show an exponent.
Strict.NE = -100;
Strict.PE = 100;

const limit = 1e15;
const mostPlaces = 15;
const powers = Array.from({ length: 23 }, (_, index) => 10 ** index);
const power = (exponent: number): number => powers[exponent] ?? Number.POSITIVE_INFINITY;

const isShort = (value: unknown): value is Short => value instanceof Short;

/** `count` steps of 10^-places; undefined where it is not short. */
export function shortOf(count: number, places: number): Big | undefined {
  if (!(count < limit && count > -limit)) return undefined;
  if (count === 0) return zero;
  let digits = count;
  let left = places;
  while (left > 0 && digits % 10 === 0) {
    digits /= 10;
    left -= 1;
  }
  return left > mostPlaces ? undefined : made(new Short(digits, left));
}

/** A short decimal has what is used of a `Big`, by its prototype. */
const made = (value: Short): Big => value as unknown as Big;
const big = (value: Short): Big => new Strict(made(value));

/** A result of big.js, held short where it is. */
export function settled(value: Big): Big {
  if (isShort(value)) return value;
  const { c: digits, e: exponent, s: sign } = value;
  const places = digits.length - 1 - exponent;
  if (digits.length > mostPlaces || places > mostPlaces || exponent >= mostPlaces) return value;
  let count = 0;
  for (let index = 0; index < digits.length; index++) count = count * 10 + (digits[index] as number);
  for (let index = places; index < 0; index++) count *= 10;
  return shortOf(sign * count, Math.max(0, places)) ?? value;
}

/** Reads `-12.50`; undefined for what is written otherwise or has too many digits, which big.js is to judge. */
function readShort(text: string): Big | undefined {
  const { length } = text;
  const start = text.charCodeAt(0) === 45 ? 1 : 0;
  if (length === start || length - start > mostPlaces + 1) return undefined;
  let count = 0;
  let point = -1;
  for (let index = start; index < length; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit >= 0 && digit <= 9) count = count * 10 + digit;
    else if (digit === -2 && point === -1 && index > start && index < length - 1) point = index;
    else return undefined;
  }
  return shortOf(start === 1 ? -count : count, point === -1 ? 0 : length - 1 - point);
}

/** Strict: anything but a text throws. */
export const parseDecimal = (text: string): Big =>
  (typeof text === 'string' ? readShort(text) : undefined) ?? settled(new Strict(text));

/**
 * Two short decimals as integers of the same step, so that their quotient is that of the decimals; undefined where one is
 * not short, or its integer not exact.
 */
export function shortPair(a: Big, b: Big): readonly [number, number] | undefined {
  if (!isShort(a) || !isShort(b)) return undefined;
  const places = Math.max(a.places, b.places);
  const [x, y] = [aligned(a, places), aligned(b, places)];
  return Math.abs(x) < limit && Math.abs(y) < limit ? [x, y] : undefined;
}

/** The digits of a short decimal as an integer, and how many of them are decimals. */
export const shortParts = (value: Big): { readonly count: number; readonly places: number } | undefined =>
  isShort(value) ? value : undefined;

function textOf(count: number, places: number): string {
  const digits = String(Math.abs(count)).padStart(places + 1, '0');
  const sign = count < 0 ? '-' : '';
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** In steps of 10^-places. */
const aligned = (value: Short, places: number): number => value.count * power(places - value.places);

class Short {
  readonly count: number;
  readonly places: number;

  constructor(count: number, places: number) {
    this.count = count;
    this.places = places;
  }

  get s(): number {
    return this.count < 0 ? -1 : 1;
  }
  get c(): number[] {
    let rest = Math.abs(this.count);
    if (rest === 0) return [0];
    while (rest % 10 === 0) rest /= 10;
    return Array.from(String(rest), Number);
  }
  get e(): number {
    return this.count === 0 ? 0 : String(Math.abs(this.count)).length - 1 - this.places;
  }

  plus(other: BigSource): Big {
    const y = operand(other);
    if (!isShort(y)) return settled(big(this).plus(y));
    const places = this.places > y.places ? this.places : y.places;
    return shortOf(aligned(this, places) + aligned(y, places), places) ?? settled(big(this).plus(big(y)));
  }

  minus(other: BigSource): Big {
    const y = operand(other);
    if (!isShort(y)) return settled(big(this).minus(y));
    const places = this.places > y.places ? this.places : y.places;
    return shortOf(aligned(this, places) - aligned(y, places), places) ?? settled(big(this).minus(big(y)));
  }

  times(other: BigSource): Big {
    const y = operand(other);
    if (!isShort(y)) return settled(big(this).times(y));
    return shortOf(this.count * y.count, this.places + y.places) ?? settled(big(this).times(big(y)));
  }

  div(other: BigSource): Big {
    const y = operand(other);
    return settled(big(this).div(isShort(y) ? big(y) : y));
  }

  cmp(other: BigSource): -1 | 0 | 1 {
    const y = operand(other);
    if (!isShort(y)) return big(this).cmp(y);
    const places = this.places > y.places ? this.places : y.places;
    const [a, b] = [aligned(this, places), aligned(y, places)];
    if (Math.abs(a) > limit || Math.abs(b) > limit) return big(this).cmp(big(y));
    return a > b ? 1 : a < b ? -1 : 0;
  }

  eq(other: BigSource): boolean {
    return this.cmp(other) === 0;
  }
  gt(other: BigSource): boolean {
    return this.cmp(other) > 0;
  }
  gte(other: BigSource): boolean {
    return this.cmp(other) >= 0;
  }
  lt(other: BigSource): boolean {
    return this.cmp(other) < 0;
  }
  lte(other: BigSource): boolean {
    return this.cmp(other) <= 0;
  }

  neg(): Big {
    return this.count === 0 ? made(this) : made(new Short(-this.count, this.places));
  }

  abs(): Big {
    return this.count < 0 ? this.neg() : made(this);
  }

  round(places = 0, mode: RoundingMode = BigJs.roundHalfUp): Big {
    if (this.places <= places) return made(this);
    const step = power(this.places - places);
    const isPlain = places >= 0 && step < limit && mode !== BigJs.roundHalfEven;
    if (!isPlain) return settled(big(this).round(places, mode));
    const rest = Math.abs(this.count % step);
    const whole = (Math.abs(this.count) - rest) / step;
    const goesUp = mode === BigJs.roundUp ? rest > 0 : mode === BigJs.roundHalfUp && rest * 2 >= step;
    const count = whole + (goesUp ? 1 : 0);
    return shortOf(this.count < 0 ? -count : count, places) ?? settled(big(this).round(places, mode));
  }

  toFixed(places?: number): string {
    if (places === undefined) return textOf(this.count, this.places);
    if (this.places > places) {
      // A sign is kept where the number is rounded to nothing, as big.js keeps it.
      const rounded = this.round(places);
      return isShort(rounded) && rounded.count !== 0 ? rounded.toFixed(places) : big(this).toFixed(places);
    }
    const text = textOf(this.count, this.places);
    return places === 0 ? text : `${text}${this.places === 0 ? '.' : ''}${'0'.repeat(places - this.places)}`;
  }

  toNumber(): number {
    return this.count / power(this.places);
  }
  toString(): string {
    return textOf(this.count, this.places);
  }
  toJSON(): string {
    return textOf(this.count, this.places);
  }
}

/** Texts are read; a binary float throws. */
const operand = (value: BigSource): Big => (value instanceof Strict ? value : parseDecimal(value as string));

Object.setPrototypeOf(Short.prototype, Strict.prototype);
// What is inherited of big.js makes its results with this.
Object.defineProperty(Short.prototype, 'constructor', { value: Strict });

const zero = made(new Short(0, 0));
