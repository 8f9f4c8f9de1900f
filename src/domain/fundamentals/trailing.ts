/**
 * The last twelve months of a company that reports by half-years.
 *
 * Yearly figures first: the last full year + the latest half - the same half a year before (1,000 + 560 - 480 = 1,080);
 * the full year itself when it is the latest report. Quarters are used only where the four of the last full year add up
 * to it, because EODHD has the quarters of a half-yearly company doubled, halved, nought or missing, without a flag; so
 * are halves, where both of a year are there. A nought in an off quarter is no report. Where the shorter periods cannot
 * be used, the full year is taken and says so. Eighteen months after its end a year is too old to speak for today.
 */
import { addMonths, type LocalDate } from '../date.ts';
import { type Books, type Item, monthOf, statementOn, wordsOfStatement } from './books.ts';
import { type Figure, named, nothing, worked } from './figure.ts';
import { amountOf, type Statement } from './statement.ts';

export type Basis =
  | { readonly kind: 'year'; readonly endsOn: LocalDate; readonly note?: string | undefined }
  | {
      readonly kind: 'halves';
      readonly endsOn: LocalDate;
      readonly year: LocalDate;
      readonly latest: LocalDate;
      readonly before: LocalDate;
    }
  | { readonly kind: 'quarters'; readonly endsOn: LocalDate; readonly quarters: readonly LocalDate[] }
  | { readonly kind: 'none'; readonly why: string };

const oldest = 18;
/** What halves or quarters may leave of the year's sum: roundings and small restatements. */
const tolerance = 0.02;

/** Whether anything flowed in it: a half-yearly company has noughts, or nothing, in its off quarters. */
const hasFlow = (statement: Statement): boolean =>
  ['totalRevenue', 'netIncome'].some(field => (amountOf(statement, field) ?? 0) !== 0);

const flowOf = (statement: Statement): number | undefined =>
  amountOf(statement, 'totalRevenue') ?? amountOf(statement, 'netIncome');

const addUp = (parts: readonly Statement[], year: Statement): boolean => {
  const whole = flowOf(year);
  if (whole === undefined) return false;
  const total = parts.reduce((soFar, part) => soFar + (flowOf(part) ?? Number.NaN), 0);
  return Math.abs(total - whole) <= tolerance * Math.abs(whole);
};

/** From which statements the twelve months up to `through` are put together. */
export function basisOf(books: Books, through: LocalDate): Basis {
  const year = books.income.year.find(each => each.endsOn <= through && hasFlow(each));
  if (year === undefined) return { kind: 'none', why: 'there is no yearly income statement' };
  // Most of them are not looked into.
  const interim = books.income.quarter.filter(each => each.endsOn <= through);
  const at = (months: number): Statement | undefined =>
    interim.find(each => monthOf(each.endsOn) === monthOf(year.endsOn) + months && hasFlow(each));
  const latest = interim.find(hasFlow);
  const ahead = latest === undefined ? 0 : monthOf(latest.endsOn) - monthOf(year.endsOn);
  const made = laterThanYear(year, latest, ahead, at);
  if (monthOf(through) - monthOf(made.endsOn) > oldest) {
    return { kind: 'none', why: `the latest income statement is to ${made.endsOn}, over ${oldest} months before` };
  }
  return made;
}

function laterThanYear(
  year: Statement,
  latest: Statement | undefined,
  ahead: number,
  at: (months: number) => Statement | undefined,
): Exclude<Basis, { kind: 'none' }> {
  const whole = { kind: 'year', endsOn: year.endsOn } as const;
  if (latest === undefined || ahead <= 0) return whole;
  const quartersOfYear = [-9, -6, -3, 0].map(at);
  const isQuarterly = quartersOfYear.every(each => each !== undefined);
  if (isQuarterly && addUp(quartersOfYear, year)) {
    const last = [0, -3, -6, -9].map(back => at(ahead + back));
    if (!last.every(each => each !== undefined)) return { ...whole, note: 'a quarter since the full year is missing' };
    return { kind: 'quarters', endsOn: latest.endsOn, quarters: last.map(each => each.endsOn) };
  }
  const [half, before, second] = [at(6), at(-6), at(0)];
  if (half === undefined || before === undefined) {
    return { ...whole, note: `the report to ${latest.endsOn} has no half-year of the year before to set it against` };
  }
  const hasOffQuarters = at(3) !== undefined || at(-9) !== undefined;
  if (second !== undefined ? !addUp([before, second], year) : hasOffQuarters) {
    return { ...whole, note: 'the shorter periods do not add up to the full year' };
  }
  return { kind: 'halves', endsOn: half.endsOn, year: year.endsOn, latest: half.endsOn, before: before.endsOn };
}

/** An item over the twelve months of a basis. */
export function trailing(books: Books, item: Item, basis: Basis, name = item.name): Figure {
  if (basis.kind === 'none') return nothing(name, 'money', basis.why);
  const made = item.isYearly ? undefined : fromShorter(books, item, basis, name);
  if (made?.value !== undefined) return made;
  const end = basis.kind === 'halves' ? basis.year : basis.endsOn;
  return ofYear(books, item, end, name);
}

/** Of the full year that ends on a day, or of the last one before it. */
function ofYear(books: Books, item: Item, end: LocalDate, name: string): Figure {
  const year = books[item.kind].year.find(each => monthOf(each.endsOn) <= monthOf(end));
  if (year === undefined || monthOf(end) - monthOf(year.endsOn) >= 12) {
    return nothing(name, 'money', `there is no ${wordsOfStatement({ kind: item.kind, endsOn: end }).slice(4)}`);
  }
  return named(item.of(year), name);
}

function fromShorter(books: Books, item: Item, basis: Basis, name: string): Figure | undefined {
  const of = (period: 'year' | 'quarter', endsOn: LocalDate, as: string): Figure => {
    const statement = statementOn(books, item.kind, period, endsOn);
    return statement === undefined
      ? nothing(as, 'money', `there is no ${wordsOfStatement({ kind: item.kind, endsOn }).slice(4)}`)
      : named(item.of(statement), as);
  };
  if (basis.kind === 'halves') {
    const parts = [
      of('year', basis.year, 'year'),
      of('quarter', basis.latest, 'latestHalf'),
      of('quarter', basis.before, 'halfBefore'),
    ];
    const made = worked(name, 'money', 'year + latestHalf - halfBefore', parts, (y = 0, l = 0, b = 0) => y + l - b);
    return isOneCurrency(made) ? made : undefined;
  }
  if (basis.kind === 'quarters') {
    const parts = basis.quarters.map((on, index) => of('quarter', on, `quarter${index + 1}`));
    const made = worked(name, 'money', parts.map(part => part.name).join(' + '), parts, (...values) =>
      values.reduce((total, each) => total + each, 0),
    );
    return isOneCurrency(made) ? made : undefined;
  }
  return undefined;
}

/** Whether all that a figure is made of is in one currency: amounts of two are not added up. */
const isOneCurrency = (figure: Figure): boolean => currencyOf(figure) !== 'several';

/** The currency of the statements that a figure rests on; `untold` where one does not tell its own, undefined for none. */
export function currencyOf(figure: Figure): string | undefined {
  if (typeof figure.from === 'object') return figure.from.statement.currency ?? 'untold';
  return figure.inputs.reduce<string | undefined>((soFar, input) => bothIn(soFar, currencyOf(input)), undefined);
}

export const bothIn = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || a === b ? b : b === undefined ? a : 'several';

/** The same twelve months a year before; unknown unless they end a year before. */
export function yearBefore(books: Books, basis: Basis): Basis {
  if (basis.kind === 'none') return basis;
  const end = addMonths(basis.endsOn, -12);
  const through = books.income.year.concat(books.income.quarter).find(each => monthOf(each.endsOn) === monthOf(end));
  const before = through === undefined ? undefined : basisOf(books, through.endsOn);
  return before !== undefined && before.kind === basis.kind && monthOf(before.endsOn) === monthOf(end)
    ? before
    : { kind: 'none', why: `there is no report of the twelve months to ${end}` };
}
