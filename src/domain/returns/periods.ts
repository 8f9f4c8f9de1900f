/** The months and financial years of a window: return, profit, flows and income of each. */
import { financialYear, type LocalDate } from '../date.ts';
import type { Cents } from './cents.ts';
import { isValued, knownProfit, type PortfolioDay, type PortfolioDays } from './portfolio-days.ts';
import { linkedReturn } from './time-weighted.ts';

export type Period = {
  /** `2026-03`, or `2026` for the financial year that ends in it. */
  readonly name: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly startValue: Cents;
  readonly endValue: Cents;
  /** False where all that is held at its end is without a price: then the end value is unknown, not zero. */
  readonly isValued: boolean;
  readonly inflow: Cents;
  readonly outflow: Cents;
  readonly income: Cents;
  readonly profit: Cents;
  /** As a fraction; undefined where nothing was invested. */
  readonly timeWeighted: number | undefined;
};

/** What the known ones sum to; undefined where none is known. */
export function totalProfit(periods: readonly Period[]): Cents | undefined {
  const known = periods.flatMap(period => knownProfit(period) ?? []);
  return known.length === 0 && periods.length > 0 ? undefined : known.reduce((sum, profit) => sum + profit, 0);
}

type Days = Pick<PortfolioDays, 'startValue' | 'days'>;

export const monthsOf = (days: Days): Period[] => periodsOf(days, date => date.slice(0, 7));
export const financialYearsOf = (days: Days): Period[] => periodsOf(days, date => String(financialYear(date)));

/** All the days as one. */
export const wholePeriod = (days: Days): Period | undefined => periodsOf(days, () => 'all')[0];

function periodsOf({ startValue, days }: Days, nameOf: (date: LocalDate) => string): Period[] {
  const periods: Period[] = [];
  let before = startValue;
  for (const [name, own] of Map.groupBy(days, day => nameOf(day.date))) {
    const [first] = own;
    const last = own.at(-1);
    if (first === undefined || last === undefined) continue;
    const total = (of: (day: PortfolioDay) => Cents): Cents => own.reduce((sum, day) => sum + of(day), 0);
    periods.push({
      name,
      from: first.date,
      to: last.date,
      startValue: before,
      endValue: last.value,
      isValued: isValued(last),
      inflow: total(day => day.inflow),
      outflow: total(day => day.outflow),
      income: total(day => day.income),
      profit: total(day => day.profit),
      timeWeighted: linkedReturn(own),
    });
    before = last.value;
  }
  return periods;
}
