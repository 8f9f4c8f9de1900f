/**
 * The capital gains and losses of a portfolio so far, by financial year, for choosing parcels by their tax.
 *
 * Gains of parcels held 12 months are apart from others, as losses meet the others first. What a year's losses leave
 * unused is carried to the next. Parts of unknown cost count as neither. It is brought up to date only when a sale asks.
 */
import { financialYear, type LocalDate } from '../date.ts';
import { absolute, add, isNegative, isPositive, type Money, noMoney, subtract } from '../decimal.ts';
import { isDiscountEligible } from '../tax/discount.ts';
import type { Disposal, ExcessGain, Fold, Gains, GainTally } from './fold.ts';

export const noGains = (): GainTally => ({ years: new Map(), disposals: 0, excessGains: 0 });

const none: Gains = { long: noMoney, short: noMoney, losses: noMoney };

/** The gains of `year` before the sale that asks, and the losses that it can still use. */
export function gainsSoFar(fold: Fold, year: number): Gains {
  bringUpToDate(fold);
  const { years } = fold.tally;
  let carried = noMoney;
  const earlier = [...years].filter(([each]) => each < year).sort(([a], [b]) => a - b);
  for (const [, { long, short, losses }] of earlier) {
    const unused = subtract(add(losses, carried), add(long, short));
    carried = isPositive(unused) ? unused : noMoney;
  }
  const own = years.get(year) ?? none;
  return { ...own, losses: add(own.losses, carried) };
}

function bringUpToDate({ tally, disposals, excessGains }: Fold): void {
  for (; tally.disposals < disposals.length; tally.disposals += 1) {
    const sale = disposals[tally.disposals] as Disposal;
    for (const part of sale.parcels) note(tally, part.acquiredOn, sale.on, part.gain);
  }
  for (; tally.excessGains < excessGains.length; tally.excessGains += 1) {
    const excess = excessGains[tally.excessGains] as ExcessGain;
    note(tally, excess.acquiredOn, excess.on, excess.amount);
  }
}

function note({ years }: GainTally, acquiredOn: LocalDate, on: LocalDate, gain: Money | undefined): void {
  if (gain === undefined) return;
  const year = financialYear(on);
  const so = years.get(year) ?? none;
  if (isNegative(gain)) years.set(year, { ...so, losses: add(so.losses, absolute(gain)) });
  else if (isDiscountEligible(acquiredOn, on)) years.set(year, { ...so, long: add(so.long, gain) });
  else years.set(year, { ...so, short: add(so.short, gain) });
}
