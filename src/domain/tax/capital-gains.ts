/**
 * The capital gains report of an owner and a financial year: over all the owner's portfolios and shares of joint ones,
 * with every line's source, the losses of earlier years, wash sales, and what the user should know of its coverage.
 *
 * Troubles a user sees: lines of unknown cost or without a market value of 30 June 2027; a year that is not over; an
 * estimated index; entries that have no effect.
 */
import { financialYear, type LocalDate } from '../date.ts';
import { add, type Money, noMoney, sum } from '../decimal.ts';
import type { Gains } from '../ledger/fold.ts';
import type { Owner } from '../ledger/portfolio.ts';
import type { Code } from '../market/security.ts';
import { capitalEvents } from './capital-event.ts';
import { type GainLine, gainLines } from './capital-gain.ts';
import type { CpiTable } from './cpi.ts';
import { minimumTaxGap } from './minimum-tax.ts';
import { factOf, lossesBroughtIn, type OwnerBooks, sharesIn } from './owner-books.ts';
import { type CapitalGainYear, capitalGainYears, lossesCarriedIn } from './tax-year.ts';
import { trustGains } from './trust-gain.ts';
import { type WashSale, washSales } from './wash-sale.ts';

/** Where an entry comes from: the row of an imported file, where it was one. */
export type SourceRow = {
  readonly entry: string;
  readonly batch: string | undefined;
  readonly sourceKey: string | undefined;
};

export type ReportedLine = GainLine & {
  /** The portfolio's name. */
  readonly portfolioName: string;
  readonly source: SourceRow;
  readonly parcelSource: SourceRow;
};

export type CapitalGains = {
  readonly owner: Owner;
  readonly financialYear: number;
  readonly year: Omit<CapitalGainYear, 'lines'> & { readonly lines: readonly ReportedLine[] };
  /** From the first one that has anything to this one: losses are carried through them. */
  readonly years: readonly CapitalGainYear[];
  readonly broughtIn: ReadonlyMap<number, Money>;
  /** Of the year, as the user gave it. */
  readonly otherIncome: Money | undefined;
  readonly washSales: readonly WashSale[];
  /** Undefined where it is not known, or does not apply. */
  readonly minimumTaxGap: Money | undefined;
  /** Lines whose gain is known, as a fraction of all; 1 when there are none. */
  readonly coverage: number;
  readonly warnings: readonly string[];
};

/** All lines of the owner, of every year, oldest first. */
export function linesOfOwner(books: OwnerBooks): GainLine[] {
  const shares = sharesIn(books);
  const { taxpayer } = books.owner;
  return capitalEvents(books.ledger, taxpayer).flatMap(event => {
    const share = shares.get(event.portfolio);
    return share === undefined ? [] : gainLines(event, { taxpayer, share, cpi: books.cpi });
  });
}

/** The owner's years up to `last`, from the first that has anything. */
export const gainYears = (books: OwnerBooks, last: number): CapitalGainYear[] =>
  capitalGainYears(
    {
      taxpayer: books.owner.taxpayer,
      lines: linesOfOwner(books),
      trusts: trustGains(books),
      broughtIn: lossesBroughtIn(books),
    },
    last,
  );

/** The owners' year with what is recorded of it, losses carried into it among them; joint owners' are added up. */
export function yearSoFar(owners: readonly OwnerBooks[], fy: number): Gains {
  const years = owners.flatMap(books => gainYears(books, fy).at(-1) ?? []);
  const total = (of: (year: CapitalGainYear) => Money): Money => sum(years.map(of), noMoney);
  return {
    long: total(year => year.discountGains),
    short: total(year => year.otherGains),
    losses: total(year => add(year.losses, lossesCarriedIn(year))),
  };
}

export function capitalGains(books: OwnerBooks, fy: number, today: LocalDate): CapitalGains {
  const years = gainYears(books, fy);
  const year = years.at(-1);
  if (year === undefined) throw new Error(`no year ${fy}`);
  const names = new Map(books.portfolios.map(each => [each.id, each.name]));
  const wanted = new Set(year.lines.flatMap(line => [line.entry, line.parcel]));
  const entries = new Map(books.entries.filter(each => wanted.has(each.id)).map(each => [each.id, each]));
  const sourceOf = (id: string): SourceRow => {
    const entry = entries.get(id);
    return { entry: id, batch: entry?.batch, sourceKey: entry?.sourceKey };
  };
  const lines = year.lines.map(line => ({
    ...line,
    portfolioName: names.get(line.portfolio) as string,
    source: sourceOf(line.entry),
    parcelSource: sourceOf(line.parcel),
  }));
  const washes = washSales(year.lines, books.entries);
  return {
    owner: books.owner,
    financialYear: fy,
    year: { ...year, lines },
    years,
    broughtIn: lossesBroughtIn(books),
    otherIncome: factOf(books, 'other-income', fy) as Money | undefined,
    washSales: washes,
    minimumTaxGap: gapOf(books, year),
    coverage: lines.length === 0 ? 1 : year.known / lines.length,
    warnings: [
      ...problemWarnings(books),
      ...unknownWarnings(year),
      ...earlierWarnings(years.slice(0, -1)),
      ...(fy === financialYear(today) ? [`FY${fy} is not over: the figures are of what is recorded so far`] : []),
      ...estimateWarnings(year, books.cpi),
      ...washes.map(
        each =>
          `${each.code}: sold at a loss on ${each.soldOn} and bought on ${each.boughtOn}, within 30 days; the ATO may deny the loss of a wash sale (TR 2008/1)`,
      ),
    ],
  };
}

/** The minimum tax needs the other income of the year, which only the user knows. */
function gapOf(books: OwnerBooks, year: CapitalGainYear): Money | undefined {
  const { minimumTaxCapitalGain: base, netCapitalGain, financialYear: fy } = year;
  const otherIncome = factOf(books, 'other-income', fy) as Money | undefined;
  if (base === undefined || netCapitalGain === undefined || otherIncome === undefined) return undefined;
  return minimumTaxGap({ base, netCapitalGain, otherIncome }, fy);
}

const problemWarnings = ({ ledger }: OwnerBooks): string[] =>
  ledger.problems.map(problem => `An entry has no effect: ${problem.message}`);

function unknownWarnings(year: CapitalGainYear): string[] {
  const unknown = year.lines.filter(line => line.gain === undefined);
  const codesOf = (lines: readonly GainLine[]): Code[] => [...new Set(lines.map(line => line.code))];
  const unvalued = codesOf(unknown.filter(lacksMarketValue));
  const costless = codesOf(unknown.filter(line => !lacksMarketValue(line)));
  const of = `${unknown.length} of ${year.lines.length} disposals have no known gain and are in no total`;
  return [
    ...(costless.length > 0
      ? [`${of}: the cost of ${costless.join(', ')} is unknown; give it with asxos entries edit`]
      : []),
    ...(unvalued.length > 0
      ? [
          `${of}: ${unvalued.join(', ')} has no market value of 30 June 2027; give it: asxos tax market-value set ${unvalued[0]} PRICE`,
        ]
      : []),
  ];
}

/** Of a payment beyond a cost base only the market value of what was deemed sold can be unknown. */
const lacksMarketValue = ({ whole: { deemed, proceeds } }: GainLine): boolean =>
  deemed === undefined ? proceeds === undefined : deemed.marketValue === undefined;

/** Losses are carried from year to year, so what is not known of an earlier one is not known of what is carried in. */
const earlierWarnings = (years: readonly CapitalGainYear[]): string[] =>
  years
    .filter(year => year.known < year.lines.length)
    .map(
      year =>
        `${year.lines.length - year.known} of ${year.lines.length} disposals of FY${year.financialYear} have no known gain: the losses carried on from that year may be others`,
    );

function estimateWarnings(year: CapitalGainYear, cpi: CpiTable): string[] {
  const estimated = year.lines.flatMap(({ indexation }) => (indexation?.estimated ? [indexation] : []));
  if (estimated.length === 0) return [];
  const used = new Set(estimated.flatMap(({ from, to }) => [from, to]));
  const unknown = [...used].filter(quarter => !cpi.has(quarter)).sort();
  return [
    `The indexation of ${estimated.length} of ${year.lines.length} lines is an estimate: the index of ${unknown.join(', ')} is not known; enter it: asxos tax cpi set ${unknown[0]} INDEX`,
  ];
}
