/**
 * The financial year that a trust's distribution belongs to: the one it is attributed to, not the one it is paid in. The
 * distribution of a June quarter goes ex in the last days of June, or on the first trading day of July, and is paid in
 * July: it is the old year's (ITAA 1997 Division 276 and ITAA 1936 s 97). An ex-date in the first days of July is
 * therefore taken for June's; the registry's statement may say otherwise, and the entry can be edited.
 */
import { addDays, financialYear, type LocalDate } from '../date.ts';

const daysOfGrace = 5;

/** Undefined where it is the year of the payment. */
export function attributedYear(exDate: LocalDate, paidOn: LocalDate): number | undefined {
  const year = financialYear(addDays(exDate, -daysOfGrace));
  return year === financialYear(paidOn) ? undefined : year;
}
