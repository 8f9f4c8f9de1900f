/**
 * The 12-month test of the capital gains tax discount.
 *
 * An asset must be held for at least 12 months, and neither the day it was acquired nor the day of the CGT event counts
 * (ATO, "CGT discount"; Taxation Determination TD 2002/10: acquired 2 February 2001, eligible from 3 February 2002).
 */
import { addDays, addMonths, type LocalDate, partsOf } from '../date.ts';

/** The first day on which a sale is eligible: a year after the day following acquisition, 1 March for 29 February. */
export function discountEligibleFrom(acquiredOn: LocalDate): LocalDate {
  const counted = addDays(acquiredOn, 1);
  const { month, day } = partsOf(counted);
  const yearLater = addMonths(counted, 12);
  return month === 2 && day === 29 ? addDays(yearLater, 1) : yearLater;
}

export const isDiscountEligible = (acquiredOn: LocalDate, disposedOn: LocalDate): boolean =>
  disposedOn >= discountEligibleFrom(acquiredOn);
