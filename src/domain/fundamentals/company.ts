/**
 * A company on a day: what is known of it, and the quantities that its metrics are made of.
 *
 * Market value is the as-traded price times the shares on issue, both in the units of the day: shares told before a
 * split are multiplied by it. Prices are Australian dollars; statements may not be (BHP and Rio Tinto report in US
 * dollars), so what sets a price against a statement needs the exchange rate of the day, and without it is unknown.
 * Dividends are those that went ex in the twelve months to the day.
 */
import { addDays, addMonths, daysBetween, type LocalDate } from '../date.ts';
import { toFloat } from '../decimal.ts';
import type { DeclaredDividend, SplitEvent } from '../market/price.ts';
import { type Books, booksOf, type Item, itemOf, items, monthOf, newest, wordsOfStatement } from './books.ts';
import { because, type Figure, named, nothing, told, worked } from './figure.ts';
import type { CompanyFacts, Statement } from './statement.ts';
import { type Basis, basisOf, currencyOf, trailing, yearBefore } from './trailing.ts';

/** A price in Australian dollars, as traded. */
export type PricedOn = { readonly price: number; readonly on: LocalDate };
/** Units of a currency for one Australian dollar. */
export type Rate = { readonly rate: number; readonly on: LocalDate };

export type CompanyInputs = {
  readonly facts: CompanyFacts;
  /** When the facts were fetched. */
  readonly toldOn: LocalDate;
  /** Those that count on the day. */
  readonly statements: readonly Statement[];
  readonly asOf: LocalDate;
  readonly price: PricedOn | undefined;
  readonly splits: readonly SplitEvent[];
  /** Undefined where they were never asked for. */
  readonly dividends: readonly DeclaredDividend[] | undefined;
  /** By the currency's ISO code. */
  readonly rates: ReadonlyMap<string, Rate>;
};

export type Company = CompanyInputs & {
  readonly books: Books;
  readonly basis: Basis;
  /** Figures that were made already: several metrics rest on one. */
  readonly made: Map<string, Figure>;
};

function once({ made }: Company, key: string, make: () => Figure): Figure {
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}

export const companyOn = (inputs: CompanyInputs): Company => {
  const books = booksOf(inputs.statements);
  return { ...inputs, books, basis: basisOf(books, inputs.asOf), made: new Map() };
};

/** A price older than this speaks of no value today. */
const oldestPrice = 30;
const oldestBalance = 18;
const oldestRate = 10;

/** Of the last twelve months. */
export const flow = (company: Company, item: Item, name = item.name): Figure =>
  once(company, `flow ${item.name} ${name}`, () => trailing(company.books, item, company.basis, name));

/** Of the twelve months before those. */
export const flowBefore = ({ books, basis }: Company, item: Item, name: string): Figure =>
  trailing(books, item, yearBefore(books, basis), name);

/** Of the newest balance sheet that has it. */
export const stock = (company: Company, item: Item): Figure =>
  once(company, `stock ${item.name}`, () => stockOf(company, item));

function stockOf({ books, asOf }: Company, item: Item): Figure {
  const { name } = item;
  const sheet = newest(books, items.totalAssets) ?? newest(books, item);
  if (sheet === undefined) return nothing(name, 'money', 'there is no balance sheet');
  if (monthOf(asOf) - monthOf(sheet.endsOn) > oldestBalance) {
    return nothing(
      name,
      'money',
      `the latest balance sheet is to ${sheet.endsOn}, over ${oldestBalance} months before`,
    );
  }
  return item.of(sheet);
}

/** An item of the full year `back` years before the latest one. */
export const ofYear = (company: Company, item: Item, back: number, name: string): Figure =>
  once(company, `year ${item.name} ${back} ${name}`, () => yearOf(company, item, back, name));

function yearOf({ books, basis }: Company, item: Item, back: number, name: string): Figure {
  const [latest] = books.income.year.filter(each => basis.kind !== 'none' && each.endsOn <= basis.endsOn);
  if (latest === undefined) {
    return nothing(name, 'money', basis.kind === 'none' ? basis.why : 'there is no yearly income statement');
  }
  const end = addMonths(latest.endsOn, -12 * back);
  const statement = books[item.kind].year.find(each => monthOf(each.endsOn) === monthOf(end));
  return itemOf(item, statement, name, `there is no ${wordsOfStatement({ kind: item.kind, endsOn: end }).slice(4)}`);
}

/** New units for one old one over the splits after a day, up to the day of the company. */
const splitsAfter = ({ splits, asOf }: Company, day: LocalDate): number =>
  splits.reduce(
    (ratio, each) =>
      each.date > day && each.date <= asOf ? (ratio * toFloat(each.newUnits)) / toFloat(each.oldUnits) : ratio,
    1,
  );

/** Shares in the units of the day. */
function inUnitsOfDay(company: Company, name: string, shares: Figure, since: LocalDate): Figure {
  const ratio = splitsAfter(company, since);
  if (ratio === 1 || shares.value === undefined) return named(shares, name);
  const factor = told('newForOld', 'ratio', ratio, `splits and consolidations after ${since}`);
  return worked(name, 'units', 'told * newForOld', [named(shares, 'told'), factor], (a = 0, b = 0) => a * b);
}

/** Shares on issue: as they were told with the newest answer, for a day before it those of the balance sheet. */
export function sharesOf(company: Company, name = 'shares'): Figure {
  const { facts, toldOn, asOf, books } = company;
  const sheet = newest(books, items.shares);
  const own = facts.shares === undefined ? undefined : Number(facts.shares);
  if (own !== undefined && (toldOn <= asOf || sheet === undefined)) {
    return inUnitsOfDay(company, name, told(name, 'units', own, `shares on issue as told on ${toldOn}`), toldOn);
  }
  if (sheet === undefined) return nothing(name, 'units', 'the number of shares is not told');
  return inUnitsOfDay(company, name, { ...items.shares.of(sheet), unit: 'units' }, sheet.endsOn);
}

export function priceOf({ price, asOf }: Company, name = 'price'): Figure {
  if (price === undefined) return nothing(name, 'price', 'no price of it is stored');
  if (daysBetween(price.on, asOf) > oldestPrice) return nothing(name, 'price', `no price since ${price.on}`);
  return told(name, 'price', price.price, `close of ${price.on}`);
}

function rateOf({ rates, asOf }: Company, currency: string): Figure {
  const known = rates.get(currency);
  if (known === undefined || daysBetween(known.on, asOf) > oldestRate) {
    return nothing('rate', 'ratio', `it reports in ${currency}, and the rate of AUD to ${currency} is not stored`);
  }
  return told('rate', 'ratio', known.rate, `${currency} for one AUD on ${known.on}`);
}

/** What the whole company is worth on the market, in the currency of the figure that it is set against. */
export function marketValue(company: Company, against: Figure, name = 'marketValue'): Figure {
  const currency = currencyOf(against);
  if (against.value === undefined) return nothing(name, 'money', against.unknown ?? 'it is not known');
  if (currency === undefined || currency === 'untold' || currency === 'several') {
    return nothing(name, 'money', 'the currency of the statements is not told');
  }
  const inputs = [priceOf(company), sharesOf(company)];
  const work = (...values: number[]): number => values.reduce((product, each) => product * each, 1);
  return currency === 'AUD'
    ? worked(name, 'money', 'price * shares', inputs, work)
    : worked(name, 'money', 'price * shares * rate', [...inputs, rateOf(company, currency)], work);
}

/** As `marketValue`, in Australian dollars. */
export const marketCap = (company: Company): Figure =>
  worked(
    'marketCap',
    'money',
    'price * shares',
    [priceOf(company), sharesOf(company)],
    (price = 0, shares = 0) => price * shares,
  );

/** Earnings per share of a full year, in the units of the day: of the statements, else the provider's own. */
export function epsOfYear(company: Company, back: number, name: string): Figure {
  const earned = ofYear(company, items.netIncome, back, 'netIncome');
  const shares = ofYear(company, items.shares, back, 'shares');
  const from = shares.from;
  if (earned.value !== undefined && shares.value !== undefined && typeof from === 'object') {
    const inDay = inUnitsOfDay(company, 'shares', { ...shares, unit: 'units' }, from.statement.endsOn);
    return worked(name, 'price', 'netIncome / shares', [earned, inDay], (net = 0, count = 0) =>
      count > 0 ? net / count : because('the balance sheet has no shares'),
    );
  }
  const end = yearEnd(company, back);
  const own = end === undefined ? undefined : company.facts.yearlyEps?.[end];
  if (own !== undefined) return told(name, 'price', Number(own), `earnings per share of the year to ${end}, as told`);
  return nothing(
    name,
    'price',
    earned.unknown ?? `the shares on issue at ${end ?? 'the end of the year'} are not told`,
  );
}

export function yearEnd({ books, basis }: Company, back: number): LocalDate | undefined {
  const latest = books.income.year.find(each => basis.kind !== 'none' && each.endsOn <= basis.endsOn);
  if (latest === undefined) return undefined;
  const end = addMonths(latest.endsOn, -12 * back);
  return books.income.year.find(each => monthOf(each.endsOn) === monthOf(end))?.endsOn;
}

/** Dividends that went ex in the twelve months to the day, oldest first, in the units of the day. */
export function dividendsOfYear(company: Company): readonly (DeclaredDividend & { readonly inDay: number })[] {
  const { dividends = [], asOf } = company;
  const from = addDays(addMonths(asOf, -12), 1);
  return dividends
    .filter(each => each.exDate >= from && each.exDate <= asOf)
    .map(each => ({ ...each, inDay: toFloat(each.perUnit) / splitsAfter(company, each.exDate) }));
}

/** Dividends per share of the twelve months to the day. */
export function dividendsPerShare(company: Company, name = 'dividends'): Figure {
  if (company.dividends === undefined) return nothing(name, 'price', 'its dividends were never asked for');
  const paid = dividendsOfYear(company);
  const foreign = paid.find(each => each.currency !== 'AUD');
  if (foreign !== undefined)
    return nothing(name, 'price', `the dividend of ${foreign.exDate} is in ${foreign.currency}`);
  if (paid.length === 0) return told(name, 'price', 0, `none went ex in the twelve months to ${company.asOf}`);
  const parts = paid.map((each, index) =>
    told(`dividend${index + 1}`, 'price', each.inDay, `dividend, ex ${each.exDate}`),
  );
  return worked(name, 'price', parts.map(part => part.name).join(' + '), parts, (...values) =>
    values.reduce((total, each) => total + each, 0),
  );
}
