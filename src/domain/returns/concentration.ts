/**
 * How much of a portfolio hangs on few securities, and on banks and miners.
 *
 * Over priced securities without cash: Herfindahl = the sum of squared weights as fractions, from 1/n (all equal) to 1
 * (one security); the weight of the largest and of the five largest. Securities without a price are left out and counted.
 *
 * What a user sees in place of a figure: nothing is held, nothing held has a price, or what is held is worth nothing.
 */
import type { LocalDate } from '../date.ts';
import { isNegative, isPositive, type Money, noMoney, ratio, sum } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import { type Figure, figureOf } from './figure.ts';

/** A holding and what it is worth; undefined where it has no price. */
export type Valued = { readonly code: Code; readonly value: Money | undefined };

export type Concentration = { readonly herfindahl: Figure; readonly top1Pct: Figure; readonly top5Pct: Figure };

const largest = 5;

export function concentration(holdings: readonly Valued[], asOf: LocalDate): Concentration {
  const values = holdings.flatMap(row => (row.value === undefined || isNegative(row.value) ? [] : [row.value]));
  const whole = sum(values, noMoney);
  const weights = values.map(value => ratio(value, whole) ?? 0).sort((a, b) => b - a);
  const figure = (measure: (weights: readonly number[]) => number): Figure =>
    figureOf(
      whyUnknown(holdings.length, values.length, whole) ?? measure(weights),
      { from: asOf, to: asOf },
      values.length,
    );
  const topPct = (count: number): number => Math.min(1, weights.slice(0, count).reduce(add, 0)) * 100;
  return {
    herfindahl: figure(() =>
      Math.min(
        1,
        weights.reduce((total, weight) => total + weight * weight, 0),
      ),
    ),
    top1Pct: figure(() => topPct(1)),
    top5Pct: figure(() => topPct(largest)),
  };
}

const add = (a: number, b: number): number => a + b;

/** Why nothing can be weighed; undefined where it can. */
function whyUnknown(held: number, priced: number, whole: Money): string | undefined {
  if (held === 0) return 'no security is held';
  if (priced === 0) return 'no security that is held has a price';
  return isPositive(whole) ? undefined : 'what is held is worth nothing';
}
