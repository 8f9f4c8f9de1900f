/**
 * The 12-month test of the capital gains tax discount.
 *
 * An asset must be held for at least 12 months, and neither the day it was acquired nor the day of the CGT event counts
 * (ATO, "CGT discount"; Taxation Determination TD 2002/10: acquired 2 February 2001, eligible from 3 February 2002).
 */
import { addDays, addMonths, type LocalDate, localDate, partsOf } from '../date.ts';
import { type Decimal, decimal } from '../decimal.ts';
import type { Taxpayer } from '../ledger/portfolio.ts';

/** The first day on which a sale is eligible: a year after the day following acquisition, 1 March for 29 February. */
export function discountEligibleFrom(acquiredOn: LocalDate): LocalDate {
  const counted = addDays(acquiredOn, 1);
  const { month, day } = partsOf(counted);
  const yearLater = addMonths(counted, 12);
  return month === 2 && day === 29 ? addDays(yearLater, 1) : yearLater;
}

export const isDiscountEligible = (acquiredOn: LocalDate, disposedOn: LocalDate): boolean =>
  disposedOn >= discountEligibleFrom(acquiredOn);

type Part = { readonly part: Decimal; readonly of: Decimal };

const parts: Record<Taxpayer, Part> = {
  individual: { part: decimal('1'), of: decimal('2') },
  trust: { part: decimal('1'), of: decimal('2') },
  smsf: { part: decimal('2'), of: decimal('3') },
  company: { part: decimal('1'), of: decimal('1') },
};

/** The part of a discounted gain that is taxed, as a fraction: a third off for a super fund is no decimal. */
export const taxedPart = (taxpayer: Taxpayer): Part => parts[taxpayer];

const lastDiscount = localDate(2027, 6, 30);

/** Whether a gain has the discount: what an individual or trust acquires after 30 June 2027 has none. */
export function hasDiscount(taxpayer: Taxpayer, acquiredOn: LocalDate, disposedOn: LocalDate): boolean {
  if (taxpayer === 'company' || !isDiscountEligible(acquiredOn, disposedOn)) return false;
  return taxpayer === 'smsf' || acquiredOn <= lastDiscount;
}
