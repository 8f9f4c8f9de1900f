/**
 * What each owner of a joint portfolio reports: the percentage of every amount, in cents, by largest remainder in the
 * order of the owners, so that what they report sums to the whole (ITAA 1997 s 108-7).
 */
import { allocate, type Decimal, type Money } from '../decimal.ts';

/** The owners' percentages of a portfolio, and which of them is meant. */
export type Share = { readonly pcts: readonly Decimal[]; readonly at: number };

/** The share's part of an amount; an unknown amount has unknown parts. */
export function shareOf(amount: Money, share: Share): Money;
export function shareOf(amount: Money | undefined, share: Share): Money | undefined;
export function shareOf(amount: Money | undefined, { pcts, at }: Share): Money | undefined {
  return amount === undefined ? undefined : allocate(amount, pcts)[at];
}
