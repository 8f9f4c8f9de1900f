/** Companies on a day, from what is stored: their fundamentals, the close, dividends, splits and exchange rates. */
import { addMonths, type Instant, type LocalDate, sydneyDate } from '../domain/date.ts';
import { toFloat } from '../domain/decimal.ts';
import { type Company, companyOn, type PricedOn, type Rate } from '../domain/fundamentals/company.ts';
import type { CompanyFacts } from '../domain/fundamentals/statement.ts';
import { closeOn } from '../domain/market/known-price.ts';
import type { SplitEvent } from '../domain/market/price.ts';
import { type Code, rateCode } from '../domain/market/security.ts';
import { readAsked } from './asked.ts';
import type { Database } from './database.ts';
import { dividendsOf } from './dividends.ts';
import { readFundamentals } from './fundamentals.ts';
import { readPrices } from './known-prices.ts';
import { recentBars } from './prices.ts';
import { splitsOf } from './splits.ts';
import { releasedDays } from './suspects.ts';
import { readOverrides } from './trading-days.ts';

type Options = {
  readonly asOf: LocalDate;
  /** The present, against which a past day is told. */
  readonly now: Instant;
  /** What was stored by this instant; all, where absent. */
  readonly knownAt?: Instant | undefined;
  readonly isBacktest?: boolean | undefined;
  /** Whether the years before the last ones are wanted too. */
  readonly isWhole?: boolean | undefined;
};

/** Enough to see a jump confirmed or not. */
const barsToReview = 12;
const dividendYears = 11;
const recentYears = 6;

/** The codes that fundamentals are stored of. */
export function readCompanies(db: Database, codes: Iterable<Code>, options: Options): Map<Code, Company> {
  const { asOf } = options;
  const stored = [...codes].flatMap(code => readFundamentals(db, code, { isWhole: false, ...options }) ?? []);
  const prices = closesOn(
    db,
    stored.map(each => each.facts.code),
    options,
  );
  const rates = new Map<string, Rate>();
  for (const currency of currenciesOf(stored)) {
    const rate = rateOn(db, currency, asOf);
    if (rate !== undefined) rates.set(currency, rate);
  }
  const asked = readAsked(db, 'actions');
  return new Map(
    stored.map(({ facts, statements, toldAt }) => {
      const dividends = dividendsOf(
        db,
        facts.code,
        addMonths(asOf, -12 * (options.isWhole ? dividendYears : recentYears)),
      );
      const company = companyOn({
        facts,
        toldOn: sydneyDate(toldAt),
        statements,
        asOf,
        price: prices.get(facts.code),
        splits: splitsOf(db, facts.code),
        dividends: asked[facts.code] === undefined && dividends.length === 0 ? undefined : dividends,
        rates,
      });
      return [facts.code, company];
    }),
  );
}

type Told = {
  readonly facts: CompanyFacts;
  readonly statements: readonly { readonly currency?: string | undefined }[];
};

/** The currencies that statements are in, but for the dollar of their prices. */
export function currenciesOf(all: readonly Told[]): string[] {
  const found = new Set<string>();
  for (const { statements } of all)
    for (const { currency } of statements) if (currency !== undefined) found.add(currency);
  found.delete('AUD');
  return [...found];
}

/** The last rate of AUD to a currency up to a day. */
function rateOn(db: Database, currency: string, asOf: LocalDate): Rate | undefined {
  const code = rateCode(currency);
  const row =
    code === undefined
      ? undefined
      : db
          .statement<{ date: LocalDate; close: string }>(
            'SELECT date, close FROM prices WHERE code = ? AND date <= ? ORDER BY date DESC LIMIT 1',
          )
          .get(code, asOf);
  return row && { rate: Number(row.close), on: row.date };
}

/**
 * The as-traded close of each code on a day. The newest bar is never re-based by the provider, so only where later bars
 * are stored the whole history is read.
 */
function closesOn(db: Database, codes: readonly Code[], { asOf, now }: Options): Map<Code, PricedOn> {
  const found = new Map<Code, PricedOn>();
  const recent = recentBars(db, codes, barsToReview, asOf);
  const last = db.statement<{ lastDate: LocalDate }>(
    'SELECT last_date AS lastDate FROM price_histories WHERE code = ?',
  );
  const released = releasedDays(db);
  const overrides = readOverrides(db);
  const past: Code[] = [];
  for (const [code, newestFirst] of recent) {
    const bars = newestFirst.toReversed();
    if ((last.get(code)?.lastDate ?? asOf) > (bars.at(-1)?.date ?? asOf)) {
      past.push(code);
      continue;
    }
    const splits: readonly SplitEvent[] = splitsOf(db, code);
    const known = closeOn({ bars, splits, released: released.get(code) }, asOf, undefined, overrides);
    if (known) found.set(code, { price: toFloat(known.price), on: known.on });
  }
  for (const [code, known] of readPrices(db, past, { now, asOf })) {
    found.set(code, { price: toFloat(known.price), on: known.on });
  }
  return found;
}
