/** The full years of a company, oldest first: revenue, profit, earnings and dividends per share. */
import { addDays, addMonths, type LocalDate } from '../date.ts';
import { toFloat } from '../decimal.ts';
import { items } from './books.ts';
import { type Company, epsOfYear, ofYear, yearEnd } from './company.ts';
import { type Figure, nothing, told } from './figure.ts';

export const yearFigures = ['revenue', 'netIncome', 'eps', 'dividends'] as const;
export type YearFigure = (typeof yearFigures)[number];

export type YearOfHistory = {
  readonly endsOn: LocalDate;
  /** ISO code of the statements' currency. */
  readonly currency: string | undefined;
} & Readonly<Record<YearFigure, Figure>>;

const most = 10;

/** Dividends per share that went ex in the year; the provider's amounts, in today's units. */
function dividendsIn({ dividends, asOf }: Company, endsOn: LocalDate): Figure {
  const from = addDays(addMonths(endsOn, -12), 1);
  const first = dividends?.[0]?.exDate;
  if (dividends === undefined) return nothing('dividends', 'price', 'its dividends were never asked for');
  if (first === undefined || first > from) {
    return nothing('dividends', 'price', 'the dividends of the whole year are not known');
  }
  const paid = dividends.filter(each => each.exDate >= from && each.exDate <= endsOn && each.exDate <= asOf);
  const total = paid.reduce((sum, each) => sum + toFloat(each.adjustedPerUnit ?? each.perUnit), 0);
  return told('dividends', 'price', total, `dividends that went ex from ${from} to ${endsOn}`);
}

export function yearlyHistory(company: Company): YearOfHistory[] {
  const years: YearOfHistory[] = [];
  for (let back = 0; back < most; back += 1) {
    const endsOn = yearEnd(company, back);
    if (endsOn === undefined) continue;
    const revenue = ofYear(company, items.revenue, back, 'revenue');
    const from = revenue.from;
    years.push({
      endsOn,
      currency: typeof from === 'object' ? from.statement.currency : undefined,
      revenue,
      netIncome: ofYear(company, items.netIncome, back, 'netIncome'),
      eps: epsOfYear(company, back, 'eps'),
      dividends: dividendsIn(company, endsOn),
    });
  }
  return years.reverse();
}
