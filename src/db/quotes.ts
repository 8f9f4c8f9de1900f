/** The last quote of each security, with where it came from and when. */
import type { Instant } from '../domain/date.ts';
import { decimal, price } from '../domain/decimal.ts';
import type { Quote } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { quotes } from './schema.ts';

export type StoredQuote = Quote & { readonly fetchedAt: Instant; readonly source: string };

type Row = {
  code: Code;
  at: Instant | null;
  price: string | null;
  open: string | null;
  high: string | null;
  low: string | null;
  volume: string | null;
  previous_close: string | null;
  fetched_at: Instant;
  source: string;
};

const readPrice = (text: string | null) => (text === null ? undefined : price(text));
const read = (row: Row): StoredQuote => ({
  code: row.code,
  at: known(row.at),
  price: readPrice(row.price),
  open: readPrice(row.open),
  high: readPrice(row.high),
  low: readPrice(row.low),
  volume: row.volume === null ? undefined : decimal(row.volume),
  previousClose: readPrice(row.previous_close),
  fetchedAt: row.fetched_at,
  source: row.source,
});

/** The stored quotes of these codes; of all, when none are named. */
export function quotesOf(db: Database, codes?: Iterable<Code>): Map<Code, StoredQuote> {
  if (codes === undefined) {
    const rows = db.statement<Row>('SELECT * FROM quotes').all();
    return new Map(rows.map(row => [row.code, read(row)]));
  }
  const rows = db
    .statement<Row>('SELECT quotes.* FROM json_each(?) CROSS JOIN quotes ON quotes.code = value')
    .all(JSON.stringify([...codes]));
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
