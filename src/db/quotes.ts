/** The last quote of each security, with where it came from and when. */
import { inArray } from 'drizzle-orm';
import type { Instant } from '../domain/date.ts';
import type { Quote } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { quotes } from './schema.ts';

export type StoredQuote = Quote & { readonly fetchedAt: Instant; readonly source: string };

type Row = typeof quotes.$inferSelect;

const read = (row: Row): StoredQuote => ({
  code: row.code,
  at: known(row.at),
  price: known(row.price),
  open: known(row.open),
  high: known(row.high),
  low: known(row.low),
  volume: known(row.volume),
  previousClose: known(row.previousClose),
  fetchedAt: row.fetchedAt,
  source: row.source,
});

/** As many codes as fit one statement. */
const batch = 500;

/** The stored quotes of these codes; of all, when none are named. */
export function quotesOf(db: Database, codes?: Iterable<Code>): Map<Code, StoredQuote> {
  const rows: Row[] = [];
  if (codes === undefined) rows.push(...db.orm.select().from(quotes).all());
  const wanted = codes === undefined ? [] : [...codes];
  for (let at = 0; at < wanted.length; at += batch) {
    const some = wanted.slice(at, at + batch);
    rows.push(...db.orm.select().from(quotes).where(inArray(quotes.code, some)).all());
  }
  return new Map(rows.map(row => [row.code, read(row)]));
}

/** Stores quotes; each takes the place of the one before. */
export function storeQuotes(
  db: Database,
  list: Iterable<Quote>,
  fetch: { readonly at: Instant; readonly source: string },
): void {
  db.assertTransaction();
  for (const quote of list) {
    const values = {
      at: quote.at ?? null,
      price: quote.price ?? null,
      open: quote.open ?? null,
      high: quote.high ?? null,
      low: quote.low ?? null,
      volume: quote.volume ?? null,
      previousClose: quote.previousClose ?? null,
      fetchedAt: fetch.at,
      source: fetch.source,
    };
    db.orm
      .insert(quotes)
      .values({ code: quote.code, ...values })
      .onConflictDoUpdate({ target: quotes.code, set: values })
      .run();
  }
}
