/**
 * Daily bars, as the provider sent them. There are millions: they are written by statements of fifty rows, and read by
 * code through the primary key (code, date).
 */
import type { Instant, LocalDate } from '../domain/date.ts';
import { decimal, price } from '../domain/decimal.ts';
import type { Bar } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import { decimalText, known } from './columns.ts';
import type { Database } from './database.ts';

/** Where bars came from and when. */
export type Fetch = { readonly at: Instant; readonly source: string };

export type PriceHistory = {
  readonly code: Code;
  readonly firstDate: LocalDate;
  readonly lastDate: LocalDate;
  readonly fetchedAt: Instant;
  /** When the whole history was last fetched; undefined when only single days were. */
  readonly fullFetchedAt?: Instant | undefined;
  readonly source: string;
};

type BarRow = {
  date: LocalDate;
  open: string;
  high: string;
  low: string;
  close: string;
  adjusted_close: string;
  volume: string;
};

const barColumns = 'date, open, high, low, close, adjusted_close, volume';
const read = (row: BarRow): Bar => ({
  date: row.date,
  open: price(row.open),
  high: price(row.high),
  low: price(row.low),
  close: price(row.close),
  adjustedClose: price(row.adjusted_close),
  volume: decimal(row.volume),
});

/** The bars of a security, oldest first; `from` and `to` are included. */
export const barsOf = (db: Database, code: Code, from?: LocalDate, to?: LocalDate): Bar[] =>
  db
    .statement<BarRow>(`SELECT ${barColumns} FROM prices WHERE code = ? AND date BETWEEN ? AND ? ORDER BY date`)
    .all(code, from ?? '', to ?? '~')
    .map(read);

export const countBars = (db: Database, code: Code): number =>
  db.statement<{ count: number }>('SELECT count(*) AS count FROM prices WHERE code = ?').get(code)?.count ?? 0;

/** The last `count` bars of each code, newest first, on or before `onOrBefore`; codes without any are left out. */
export function recentBars(
  db: Database,
  codes: Iterable<Code>,
  count: number,
  onOrBefore?: LocalDate,
): Map<Code, Bar[]> {
  const select = db.statement<BarRow>(
    `SELECT ${barColumns} FROM prices WHERE code = ? AND date <= ? ORDER BY date DESC LIMIT ?`,
  );
  const found = new Map<Code, Bar[]>();
  for (const code of codes) {
    const rows = select.all(code, onOrBefore ?? '~', count);
    if (rows.length > 0) found.set(code, rows.map(read));
  }
  return found;
}

const historyColumns =
  'code, first_date AS firstDate, last_date AS lastDate, fetched_at AS fetchedAt, full_fetched_at AS fullFetchedAt, source';
type HistoryRow = Omit<PriceHistory, 'fullFetchedAt'> & { fullFetchedAt: Instant | null };

/** What is stored of each of the codes; codes without bars are left out. */
export function priceHistories(db: Database, codes: Iterable<Code>): Map<Code, PriceHistory> {
  const select = db.statement<HistoryRow>(`SELECT ${historyColumns} FROM price_histories WHERE code = ?`);
  const found = new Map<Code, PriceHistory>();
  for (const code of codes) {
    const row = select.get(code);
    if (row) found.set(code, { ...row, fullFetchedAt: known(row.fullFetchedAt) });
  }
  return found;
}

/** Adds bars of one security; a bar of a day that is stored already takes its place. */
export function storeBars(db: Database, code: Code, bars: Iterable<Bar>, fetch: Fetch): void {
  writeHistory(db, code, bars).store(db, code, fetch, null);
}

/** Adds bars of many securities, such as one day of the whole market. */
export function storeMarketBars(db: Database, bars: Iterable<readonly [Code, Bar]>, fetch: Fetch): void {
  for (const [code, span] of writeMarket(db, bars)) span.store(db, code, fetch, null);
}

/** Puts `bars` in the place of everything stored of a security: a later split or dividend changes the past. */
export function replaceHistory(db: Database, code: Code, bars: Iterable<Bar>, fetch: Fetch): void {
  db.assertTransaction();
  db.statement('DELETE FROM prices WHERE code = ?').run(code);
  db.statement('DELETE FROM price_histories WHERE code = ?').run(code);
  writeHistory(db, code, bars).store(db, code, fetch, fetch.at);
}

/** The last day of every history that was fetched whole. */
export const wholeHistories = (db: Database): Map<Code, LocalDate> =>
  new Map(
    db
      .statement<{ code: Code; lastDate: LocalDate }>(
        'SELECT code, last_date AS lastDate FROM price_histories WHERE full_fetched_at IS NOT NULL',
      )
      .all()
      .map(({ code, lastDate }) => [code, lastDate]),
  );

/** Has the whole history of each fetched again: it has a gap, or its adjusted closes are of before a dividend or split. */
export function outdateHistories(db: Database, codes: Iterable<Code>): void {
  db.assertTransaction();
  const update = db.statement('UPDATE price_histories SET full_fetched_at = NULL WHERE code = ?');
  for (const code of codes) update.run(code);
}

const batch = 50;
/** Every column is given, so the row that takes another's place leaves nothing of it. `code` is a `?` or a name. */
const insertSql = (rows: number, code: string): string =>
  `INSERT OR REPLACE INTO prices (code, ${barColumns}) VALUES ${Array(rows).fill(`(${code}, ?, ?, ?, ?, ?, ?, ?)`).join(', ')}`;

/** Puts the texts of a bar into `values` from `at` on, and answers where they end. */
function putTexts(values: string[], at: number, bar: Bar): number {
  values[at] = bar.date;
  values[at + 1] = decimalText(bar.open);
  values[at + 2] = decimalText(bar.high);
  values[at + 3] = decimalText(bar.low);
  values[at + 4] = decimalText(bar.close);
  values[at + 5] = decimalText(bar.adjustedClose);
  values[at + 6] = decimalText(bar.volume);
  return at + 7;
}

/** Writes the bars of one security, fifty at a time; its code is bound once for all of them. */
function writeHistory(db: Database, code: Code, bars: Iterable<Bar>): Span {
  db.assertTransaction();
  const full = db.statement(insertSql(batch, '@code'));
  const single = db.statement(insertSql(1, '@code'));
  const bound = { code };
  const span = spanOf();
  const width = 7;
  // One array for all batches: what is bound is copied, and garbage of this size keeps the collector busy.
  const values = Array<string>(batch * width).fill('');
  let end = 0;
  for (const bar of bars) {
    end = putTexts(values, end, bar);
    span.add(bar.date);
    if (end < values.length) continue;
    // Passed one by one, values are bound faster than as an array.
    full.run(bound, ...values);
    end = 0;
  }
  for (let at = 0; at < end; at += width) single.run(bound, ...values.slice(at, at + width));
  return span;
}

/** Writes the bars of many securities in the order they come, fifty at a time. */
function writeMarket(db: Database, bars: Iterable<readonly [Code, Bar]>): Map<Code, Span> {
  db.assertTransaction();
  const full = db.statement(insertSql(batch, '?'));
  const single = db.statement(insertSql(1, '?'));
  const spans = new Map<Code, Span>();
  const width = 8;
  const values = Array<string>(batch * width).fill('');
  let end = 0;
  for (const [code, bar] of bars) {
    values[end] = code;
    end = putTexts(values, end + 1, bar);
    let span = spans.get(code);
    if (span === undefined) {
      span = spanOf();
      spans.set(code, span);
    }
    span.add(bar.date);
    if (end < values.length) continue;
    full.run(...values);
    end = 0;
  }
  for (let at = 0; at < end; at += width) single.run(...values.slice(at, at + width));
  return spans;
}

type Span = ReturnType<typeof spanOf>;

/** The first and last day of the bars of one security. */
function spanOf() {
  let first: LocalDate | undefined;
  let last: LocalDate | undefined;
  return {
    add(date: LocalDate): void {
      if (first === undefined || date < first) first = date;
      if (last === undefined || date > last) last = date;
    },
    store(db: Database, code: Code, fetch: Fetch, fullFetchedAt: Instant | null): void {
      if (first === undefined) return;
      db.statement(
        `INSERT INTO price_histories (code, first_date, last_date, fetched_at, full_fetched_at, source)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (code) DO UPDATE SET first_date = min(first_date, excluded.first_date),
           last_date = max(last_date, excluded.last_date), fetched_at = excluded.fetched_at,
           full_fetched_at = coalesce(excluded.full_fetched_at, full_fetched_at), source = excluded.source`,
      ).run(code, first, last, fetch.at, fullFetchedAt, fetch.source);
    },
  };
}
