/**
 * Estimated income: the coming year as the last one was.
 *
 * Each ordinary dividend of the last twelve months is expected again a year later: the same amount per unit (in today's
 * units), franked as it was, on the units held now. Only where the security paid at least twice in 24 months. A dividend
 * is ordinary where the year before had one within 45 days of the same date, as far back as the stored history goes;
 * the second one of an ex-date is a special one. Special dividends are not repeated, and what has been declared takes
 * the place of its estimate. An estimate is never added to what is declared.
 */
import { addMonths, daysBetween, type LocalDate } from '../date.ts';
import { isPositive, toFloat, type Units } from '../decimal.ts';
import type { DeclaredDividend } from '../market/price.ts';
import { type Payment, payment } from './payment.ts';

const sameSeason = 45;
const leastPayments = 2;

const near = (a: LocalDate, b: LocalDate): boolean => Math.abs(daysBetween(a, b)) <= sameSeason;

/** One dividend for each ex-date: where there are two, the one more like the others is the ordinary one. */
function withoutSeconds(history: readonly DeclaredDividend[]): DeclaredDividend[] {
  const amounts = history.map(each => toFloat(each.perUnit)).sort((a, b) => a - b);
  const median = amounts[Math.floor(amounts.length / 2)] ?? 0;
  const strangeness = ({ perUnit }: DeclaredDividend): number => Math.abs(toFloat(perUnit) - median);
  return [...Map.groupBy(history, each => each.exDate).values()].flatMap(
    group => group.toSorted((a, b) => strangeness(a) - strangeness(b))[0] ?? [],
  );
}

/** Estimates for the twelve months after `today`. `declared` is the security's whole known list, `units` what is held. */
export function estimatedPayments(
  portfolio: string,
  declared: readonly DeclaredDividend[],
  units: Units,
  today: LocalDate,
): Payment[] {
  if (!isPositive(units)) return [];
  const past = withoutSeconds(declared.filter(each => each.exDate <= today)).sort((a, b) =>
    a.exDate < b.exDate ? -1 : 1,
  );
  const first = past[0]?.exDate ?? today;
  const isOrdinary = ({ exDate }: DeclaredDividend): boolean => {
    const before = addMonths(exDate, -12);
    return daysBetween(first, before) < sameSeason || past.some(each => near(each.exDate, before));
  };
  const recent = past.filter(each => each.exDate > addMonths(today, -24));
  if (recent.length < leastPayments) return [];
  return recent
    .filter(each => each.exDate > addMonths(today, -12) && isOrdinary(each))
    .map(each => ({ each, exDate: addMonths(each.exDate, 12) }))
    .filter(({ exDate }) => !declared.some(other => near(other.exDate, exDate)))
    .map(({ each, exDate }) => {
      const paidOn = each.paidOn === undefined ? undefined : addMonths(each.paidOn, 12);
      const perUnit = each.adjustedPerUnit ?? each.perUnit;
      const { code, currency, frankedPct } = each;
      const basis = { exDate: each.exDate, paidOn: each.paidOn, perUnit: each.perUnit, payments: recent.length };
      return payment(portfolio, { code, exDate, paidOn, perUnit, currency, frankedPct }, units, basis);
    });
}
