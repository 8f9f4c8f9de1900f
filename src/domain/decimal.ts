/**
 * Exact decimals: money in dollars, prices in dollars per unit, and units.
 *
 * The three are brands of one decimal type, so adding units to dollars does not compile. The constructor is strict: a
 * binary float handed to it throws, and the only door from a float is `eodhd/responses`. Rounding happens where the
 * world rounds (a contract note, a tax label, the screen), half up and away from zero.
 */
import BigJs, { type Big } from 'big.js';
import { parseDecimal, settled, shortOf, shortPair, shortParts } from './short-decimal.ts';

declare const brand: unique symbol;
export type Decimal = Big;
/** Australian dollars. */
export type Money = Decimal & { readonly [brand]: 'money' };
/** Australian dollars per unit. */
export type Price = Decimal & { readonly [brand]: 'price' };
/** A number of units of a security; may be fractional. */
export type Units = Decimal & { readonly [brand]: 'units' };

export const decimal = (text: string): Decimal => parseDecimal(text);
export const money = (text: string): Money => parseDecimal(text) as Money;
export const price = (text: string): Price => parseDecimal(text) as Price;
export const units = (text: string): Units => parseDecimal(text) as Units;

export const noMoney: Money = money('0');
export const noUnits: Units = units('0');

type Amount = Money | Price | Units | Decimal;

export const add = <T extends Amount>(a: T, b: NoInfer<T>): T => settled(a.plus(b)) as T;
export const subtract = <T extends Amount>(a: T, b: NoInfer<T>): T => settled(a.minus(b)) as T;
export const negate = <T extends Amount>(a: T): T => a.neg() as T;
export const absolute = <T extends Amount>(a: T): T => a.abs() as T;
export const sum = <T extends Amount>(values: Iterable<T>, zero: T): T => {
  let total: Amount = zero;
  for (const value of values) total = total.plus(value);
  return settled(total) as T;
};
export const scale = <T extends Amount>(a: T, factor: Decimal): T => settled(a.times(factor)) as T;
/** Units times dollars per unit; exact, not rounded. */
export const cost = (perUnit: Price, held: Units): Money => settled(perUnit.times(held)) as Money;
/** Dollars per unit, to 20 places. Division by no units is the caller's mistake. */
export const perUnit = (total: Money, held: Units): Price => settled(total.div(held)) as Price;

/** Zero is short. */
export const isZero = (a: Amount): boolean => shortParts(a)?.count === 0;
export const isPositive = (a: Amount): boolean => (shortParts(a)?.count ?? a.s) > 0;
export const isNegative = (a: Amount): boolean => (shortParts(a)?.count ?? a.s) < 0;
export const compare = (a: Amount, b: Amount): -1 | 0 | 1 => a.cmp(b);
export const smaller = <T extends Amount>(a: T, b: NoInfer<T>): T => (a.lte(b) ? a : (b as T));
export const larger = <T extends Amount>(a: T, b: NoInfer<T>): T => (a.gte(b) ? a : (b as T));

/** Rounds half up, away from zero, to `places` decimals. */
export const round = <T extends Amount>(a: T, places: number): T =>
  decimals(a) <= places ? a : (settled(a.round(places, BigJs.roundHalfUp)) as T);
export const roundCents = (a: Money): Money => round(a, 2);
/** Rounds away from zero to `places` decimals. */
export const roundUp = <T extends Amount>(a: T, places: number): T => settled(a.round(places, BigJs.roundUp)) as T;
/** Rounds up to a whole unit: how the ASX registry treats fractions of a reconstruction. */
export const wholeUnitsUp = (a: Units): Units => settled(a.round(0, BigJs.roundUp)) as Units;
/** The whole units in it: what a reinvestment plan issues. */
export const wholeUnitsDown = (a: Units): Units => settled(a.round(0, BigJs.roundDown)) as Units;

/** Plain text: no exponent, no trailing zeros, never `-0`. */
export const plain = (a: Amount): string => {
  const text = a.toFixed();
  return text === '-0' ? '0' : text;
};
/** The digits of a whole number with thousands commas. */
export const groupThousands = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** As a sentence shows it: every decimal there is, and thousands commas. */
export function withCommas(a: Amount): string {
  const [whole = '', fraction] = plain(a).split('.');
  return `${groupThousands(whole)}${fraction === undefined ? '' : `.${fraction}`}`;
}
/** The nearest float, for statistics and ratios only; never back into the ledger. */
export const toFloat = (a: Amount): number => (shortParts(a) === undefined ? Number(a.toFixed()) : a.toNumber());
/** numerator / denominator as a float, or undefined where it is not defined. */
export function ratio(numerator: Amount | undefined, denominator: Amount | undefined): number | undefined {
  if (numerator === undefined || denominator === undefined || isZero(denominator)) return undefined;
  const pair = shortPair(numerator, denominator);
  return pair === undefined ? toFloat(numerator.div(denominator)) : pair[0] / pair[1];
}

/** How many decimals it has. */
export const decimals = (a: Amount): number => shortParts(a)?.places ?? Math.max(0, a.c.length - 1 - a.e);

/** How many steps of 10^-places a number that has no more decimals is. */
const steps = (a: Amount, places: number): bigint => {
  const short = shortParts(a);
  if (short !== undefined && places - short.places <= 22) {
    const count = short.count * 10 ** (places - short.places);
    if (Number.isSafeInteger(count)) return BigInt(count);
  }
  const count = BigInt(a.c.join('') + '0'.repeat(places - (a.c.length - 1 - a.e)));
  return a.s < 0 ? -count : count;
};
const ofSteps = (count: bigint, places: number): Decimal =>
  shortOf(Number(count), places) ?? parseDecimal(`${count}e-${places}`);

/**
 * Splits `total` in proportion to `weights` so that the parts always sum to it: largest remainder, ties to the earlier
 * part. Parts have `places` decimals (the total's own, when it has more). Weights are not negative; where all are zero
 * the first part is the whole total.
 */
export function allocate<T extends Amount>(total: T, weights: readonly Amount[], places = 2): T[] {
  const open = weights.filter(weight => !isZero(weight));
  const only = open.length === 1 ? open[0] : open.length === 0 ? weights[0] : undefined;
  if (only !== undefined) {
    const at = weights.indexOf(only);
    return weights.map((_, index) => (index === at ? total : (noMoney as Amount as T)));
  }
  if (isNegative(total)) return allocate(negate(total), weights, places).map(part => negate(part));
  // In whole steps of the last decimal: quotients and remainders of integers are exact.
  const finest = Math.max(places, decimals(total));
  const weightPlaces = Math.max(...weights.map(decimals));
  const parts = shareOut(
    steps(total, finest),
    weights.map(weight => steps(weight, weightPlaces)),
  );
  return parts.map(part => ofSteps(part, finest) as T);
}

/** Whole shares of `whole` in proportion to whole weights. */
function shareOut(whole: bigint, weights: readonly bigint[]): bigint[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  const parts = weights.map(weight => (whole * weight) / all);
  let left = parts.reduce((rest, part) => rest - part, whole);
  if (left === 0n) return parts;
  const rests = weights.map((weight, index) => ({ index, rest: (whole * weight) % all }));
  rests.sort((a, b) => Number(b.rest > a.rest) - Number(b.rest < a.rest) || a.index - b.index);
  for (const { index } of rests) {
    if (left === 0n) break;
    parts[index] = (parts[index] as bigint) + 1n;
    left -= 1n;
  }
  return parts;
}

const grouped = /^[-+\u2212]?\$?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?$/;

/**
 * Reads a decimal as people write it: `1,234.50`, `$43.21`, `-0.5`, a Unicode minus. Undefined when it is anything else
 * (an exponent, a second dot, an empty text) or is longer than 40 characters.
 */
export function readDecimal(text: string): Decimal | undefined {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > 40 || !grouped.test(trimmed) || !/\d/.test(trimmed)) return undefined;
  const negative = /^[-\u2212]/.test(trimmed);
  const digits = trimmed.replace(/[-+\u2212$,]/g, '');
  const value = parseDecimal(digits.startsWith('.') ? `0${digits}` : digits);
  return negative && !isZero(value) ? value.neg() : value;
}
