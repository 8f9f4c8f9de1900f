/**
 * The deemed sale of 1 July 2027 (Treasury Laws Amendment (Tax Reform No. 1) Act 2026).
 *
 * A parcel that a resident individual or trust holds just before that day, by contract date, is taken to be sold and
 * bought back at its market value of 30 June 2027. Only the tax report asks for it: the economic cost base stays as it
 * is, beside it the parcel carries the market value, the cost base of then, and a cost base of its own from then on.
 * What the deemed sale gains or loses counts when the units are really sold.
 *
 * Troubles a user sees: a code without a price of that day has unknown amounts, never zero.
 */
import { cost, roundCents } from '../decimal.ts';
import type { Fold, Reset } from './fold.ts';
import type { Parcel } from './parcel.ts';

export function deemSold(fold: Fold, reset: Reset): void {
  for (const held of fold.open.values()) held.parcels = held.parcels.map(parcel => deemedSold(parcel, reset));
}

/** The parcel with its deemed sale, where it was acquired before the day. */
export function deemedSold({ unindexed: _, ...parcel }: Parcel, reset: Reset): Parcel {
  if (parcel.acquiredOn >= reset.on) return parcel;
  const price = reset.priceOf(parcel.code);
  const value = price === undefined ? undefined : roundCents(cost(price, parcel.units));
  return { ...parcel, deemed: { value, before: parcel.cost, cost: value } };
}
