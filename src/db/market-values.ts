/** Market values of 30 June 2027: the close that a refresh stored, once and for all, or what the user entered. */
import { and, asc, eq } from 'drizzle-orm';
import { addDays, type Instant, type LocalDate } from '../domain/date.ts';
import type { Price } from '../domain/decimal.ts';
import type { Reset } from '../domain/ledger/fold.ts';
import type { Portfolio } from '../domain/ledger/portfolio.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import type { Code } from '../domain/market/security.ts';
import { marketValueDay, regimeStart } from '../domain/tax/rules.ts';
import type { Database } from './database.ts';
import { readPrices } from './known-prices.ts';
import { readLedger, recordedSplits, unitFactors } from './ledger.ts';
import { listPortfolios } from './portfolios.ts';
import { marketValues } from './schema-plans.ts';
import { readOverrides } from './trading-days.ts';

export type MarketValue = {
  readonly code: Code;
  readonly price: Price;
  readonly source: 'close' | 'user';
  /** The day of the price: earlier than 30 June 2027 where it was not traded then. */
  readonly pricedOn: LocalDate;
  readonly storedAt: Instant;
};

export const listMarketValues = (db: Database): MarketValue[] =>
  db.orm.select().from(marketValues).orderBy(asc(marketValues.code)).all();

/** The deemed sale of 1 July 2027 of those portfolios, at the market values that are stored. */
export function deemedSale(db: Database, portfolios: readonly Portfolio[]): Reset {
  const values = new Map(listMarketValues(db).map(each => [each.code, each.price]));
  const ids = new Set(portfolios.map(each => each.id));
  return { on: regimeStart, priceOf: code => values.get(code), portfolios: ids };
}

/** Stores the user's valuation in the place of whatever is there. */
export function storeMarketValue(db: Database, code: Code, price: Price, now: Instant): void {
  db.assertTransaction();
  const values = { price, source: 'user', pricedOn: marketValueDay, storedAt: now } as const;
  db.orm
    .insert(marketValues)
    .values({ code, ...values })
    .onConflictDoUpdate({ target: marketValues.code, set: values })
    .run();
}

/** Takes the user's valuation back; the next refresh stores the close again. False when there is none of the user. */
export function removeMarketValue(db: Database, code: Code): boolean {
  db.assertTransaction();
  const own = and(eq(marketValues.code, code), eq(marketValues.source, 'user'));
  return db.orm.delete(marketValues).where(own).run().changes > 0;
}

/** Days after 30 June 2027 until an earlier close stands in for a security that was not traded on it. */
const patience = 7;

/**
 * Stores the as-traded close of 30 June 2027 of every security held at its end, where it is due and known and nothing is
 * stored yet. What is stored is never replaced: a provider rewrites history.
 */
export function freezeMarketValues(db: Database, now: Instant): void {
  db.assertTransaction();
  const due = latestCloseDue(now, readOverrides(db));
  if (due < marketValueDay) return;
  const stored = new Set(listMarketValues(db).map(each => each.code));
  const { entries, ledger } = readLedger(db, listPortfolios(db, { archived: true }), { asOf: marketValueDay });
  const missing = new Set(ledger.parcels.map(parcel => parcel.code).filter(code => !stored.has(code)));
  if (missing.size === 0) return;
  const prices = readPrices(db, missing, {
    now,
    asOf: marketValueDay,
    unitFactors: unitFactors(entries, marketValueDay),
    recordedSplits: recordedSplits(entries),
  });
  for (const [code, { price, on }] of prices) {
    if (on < marketValueDay && due < addDays(marketValueDay, patience)) continue;
    db.orm
      .insert(marketValues)
      .values({ code, price, source: 'close', pricedOn: on, storedAt: now })
      .onConflictDoNothing()
      .run();
  }
}
