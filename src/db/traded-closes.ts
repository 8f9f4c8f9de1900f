/**
 * The as-traded closes of a security over years, read for the value of a portfolio day by day.
 *
 * They are the prices at which `known-prices` values a day: as sent, a provider's re-base taken out where its factor is
 * known, without bars that cannot be believed. SQLite writes a series into one text, which is several times faster than
 * rows; only a series with something to judge in it is read as bars.
 */
import { addDays, type LocalDate } from '../domain/date.ts';
import { asTraded, findRebase } from '../domain/market/as-traded.ts';
import type { CalendarOverrides } from '../domain/market/calendar.ts';
import type { SplitEvent } from '../domain/market/price.ts';
import { reviewBars } from '../domain/market/sanity.ts';
import type { Code } from '../domain/market/security.ts';
import { type Closes, closesOf, readCloses } from '../domain/returns/closes.ts';
import type { Database } from './database.ts';
import { dividendsOf } from './dividends.ts';
import { barsOf } from './prices.ts';
import { splitsOf } from './splits.ts';

const lastUpTo = 'SELECT max(date) AS date FROM prices WHERE code = ? AND date <= ?';
const packed = `SELECT group_concat(date || close, ' ') AS closes
  FROM (SELECT date, close FROM prices WHERE code = ? AND date >= ? ORDER BY date)`;
/** Whether one of the bars is impossible; texts of one length are in the order of their numbers, and cheaper to compare. */
const impossible = `SELECT 1 FROM prices WHERE code = ? AND date >= ?
  AND (length(low) <> length(high) OR length(close) <> length(high) OR length(open) <> length(high)
    OR close > high OR close < low OR open > high OR open < low OR low <= '0')
  AND (0.0 + close > 0.0 + high OR 0.0 + close < 0.0 + low OR 0.0 + open > 0.0 + high
    OR 0.0 + open < 0.0 + low OR 0.0 + low <= 0) LIMIT 1`;

type Options = {
  /** The ledger's own splits: a price that jumps by one is believed before the provider lists it. */
  readonly recordedSplits: readonly SplitEvent[];
  readonly released: ReadonlySet<LocalDate> | undefined;
  readonly overrides: CalendarOverrides | undefined;
};

/** Bars before the first day by which its close is judged, as a day's valuation judges it. */
const daysToReview = 400;

/** What was read since the data last changed: several views of one history ask for the same closes. */
type Kept = { readonly revision: number; readonly closes: Map<string, Closes>; values: number };
const kept = new WeakMap<Database, Kept>();
/** 36 megabytes; what comes after is read each time. */
const mostValues = 3_000_000;

/** The closes from the last one up to `from` on, so that what has not traded since is carried. */
export function tradedCloses(db: Database, code: Code, from: LocalDate, options: Options): Closes {
  // What a transaction has written is not of a revision yet.
  if (db.raw.inTransaction) return readTraded(db, code, from, options);
  const keep = keptOf(db);
  const question = JSON.stringify([code, from, options.recordedSplits]);
  const found = keep.closes.get(question);
  if (found !== undefined) return found;
  const closes = readTraded(db, code, from, options);
  if (keep.values + closes.days.length <= mostValues) {
    keep.values += closes.days.length;
    keep.closes.set(question, closes);
  }
  return closes;
}

function keptOf(db: Database): Kept {
  const revision = db.revision();
  const last = kept.get(db);
  if (last?.revision === revision) return last;
  const fresh: Kept = { revision, closes: new Map(), values: 0 };
  kept.set(db, fresh);
  return fresh;
}

function readTraded(db: Database, code: Code, from: LocalDate, options: Options): Closes {
  const first = db.statement<{ date: LocalDate | null }>(lastUpTo).get(code, from)?.date ?? from;
  const closes = readCloses(db.statement<{ closes: string | null }>(packed).get(code, first)?.closes ?? '');
  const dividends = dividendsOf(db, code, addDays(from, -daysToReview));
  // Dividends carry the factor of a re-base; without any there is none to find.
  const isScaled = dividends.some(each => each.adjustedPerUnit !== undefined && !each.adjustedPerUnit.eq(each.perUnit));
  const isOdd = hasJump(closes) || db.statement(impossible).get(code, first) !== undefined;
  if (!isScaled && !isOdd) return closes;
  return judgedCloses(db, code, first, isScaled, options);
}

/** Wider than the move that is looked at closely, so that none is missed for a rounding. */
const closeLook = 1.39;

/** Whether a series moves so far in a day that its bars want judging. */
export function hasJump({ closes }: Closes): boolean {
  for (let index = 1; index < closes.length; index += 1) {
    const before = closes[index - 1] ?? 0;
    const close = closes[index] ?? 0;
    if (close > before * closeLook || before > close * closeLook || close <= 0) return true;
  }
  return false;
}

function judgedCloses(db: Database, code: Code, from: LocalDate, isScaled: boolean, options: Options): Closes {
  const { recordedSplits, released, overrides } = options;
  const bars = barsOf(db, code, addDays(from, -daysToReview));
  const splits = splitsOf(db, code);
  const rebase = isScaled ? findRebase(bars, dividendsOf(db, code), splits) : undefined;
  const { good } = reviewBars(bars, [...splits, ...recordedSplits], { released, overrides });
  const traded = good.map(bar => ({ date: bar.date, close: asTraded(bar, splits, rebase).close }));
  const carried = traded.findLastIndex(each => each.date <= from);
  return closesOf(traded.slice(Math.max(0, carried)));
}
