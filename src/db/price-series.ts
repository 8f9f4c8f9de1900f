/** Price series read for charts and for the value of a portfolio over time: floats, never money. */
import { addDays, type LocalDate } from '../domain/date.ts';
import { toFloat } from '../domain/decimal.ts';
import { findRebase } from '../domain/market/as-traded.ts';
import type { SplitEvent } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import type { Database } from './database.ts';
import { dividendsOf } from './dividends.ts';
import { barsOf } from './prices.ts';
import { splitsOf, splitsSince } from './splits.ts';

export type DatedClose = { readonly date: LocalDate; readonly close: number };
export type ChartBar = DatedClose & { readonly volume: number };

type Row = { date: LocalDate; close: string; volume: string };
const select = 'SELECT date, close, volume FROM prices WHERE code = ? AND date >= ? ORDER BY date';
/** From the last bar before the day on, so that a security that has not traded since is carried into the series. */
const selectCarried = `SELECT date, close FROM prices WHERE code = @code
  AND date >= coalesce((SELECT max(date) FROM prices WHERE code = @code AND date <= @from), @from) ORDER BY date`;

/** New units for one old one over the splits after `date`. */
export const laterSplits = (splits: readonly SplitEvent[], date: LocalDate): number =>
  splits.reduce(
    (ratio, each) => (each.date > date ? ratio * (toFloat(each.newUnits) / toFloat(each.oldUnits)) : ratio),
    1,
  );

/** Closes and volumes in today's units: a split leaves no cliff. Dividends are not taken out. */
export function chartBars(db: Database, code: Code, from: LocalDate): ChartBar[] {
  const splits = splitsOf(db, code);
  // EODHD has the later splits in the volume already.
  return db
    .statement<Row>(select)
    .all(code, from)
    .map(row => ({
      date: row.date,
      close: Number(row.close) / laterSplits(splits, row.date),
      volume: Number(row.volume),
    }));
}

/** As-traded closes from the last one up to `from` on: as sent, with a provider's re-base taken out where its factor is known. */
export function tradedCloses(db: Database, code: Code, from: LocalDate): DatedClose[] {
  const rows = db.statement<Pick<Row, 'date' | 'close'>>(selectCarried).all({ code, from });
  const last = rows.at(-1);
  // Dividends carry the factor of a re-base; without any there is none to find.
  const dividends = last === undefined ? [] : dividendsOf(db, code, addDays(from, -400));
  const isScaled = dividends.some(each => each.adjustedPerUnit !== undefined && !each.adjustedPerUnit.eq(each.perUnit));
  const rebase = isScaled ? findRebase(barsOf(db, code, from), dividends, splitsOf(db, code)) : undefined;
  const factor = rebase?.factor === undefined ? 1 : toFloat(rebase.factor);
  return rows.map(row => ({
    date: row.date,
    close: rebase !== undefined && row.date < rebase.before ? Number(row.close) / factor : Number(row.close),
  }));
}

export type TradedDay = ChartBar & { readonly open: number; readonly high: number; readonly low: number };

/** As `chartBars`, with what was paid in the day, up to a day. */
export function tradedDays(db: Database, code: Code, from: LocalDate, to: LocalDate): TradedDay[] {
  const splits = splitsOf(db, code);
  return barsOf(db, code, from, to).map(bar => {
    const ratio = laterSplits(splits, bar.date);
    return {
      date: bar.date,
      open: toFloat(bar.open) / ratio,
      high: toFloat(bar.high) / ratio,
      low: toFloat(bar.low) / ratio,
      close: toFloat(bar.close) / ratio,
      volume: toFloat(bar.volume),
    };
  });
}

export type CloseRange = {
  /** Low and high close, in today's units; undefined where there is no bar. */
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** The last closes, oldest first, in today's units. */
  readonly recent: readonly number[];
};

const selectRange = 'SELECT min(0.0 + close) AS low, max(0.0 + close) AS high FROM prices WHERE code = ? AND date >= ?';
const selectRecent = 'SELECT close FROM prices WHERE code = ? AND date >= ? ORDER BY date DESC LIMIT ?';

/** The range of each code's closes from a day on, and the last `count` of them; made for thousands of codes at once. */
export function closeRanges(
  db: Database,
  codes: readonly Code[],
  from: LocalDate,
  count: number,
): Map<Code, CloseRange> {
  const split = new Set(splitsSince(db, from).map(each => each.code));
  const range = db.statement<{ low: number | null; high: number | null }>(selectRange);
  const recent = db.statement<{ close: string }>(selectRecent);
  return new Map(
    codes.map(code => {
      if (split.has(code)) {
        const closes = chartBars(db, code, from).map(bar => bar.close);
        const ends = closes.length === 0 ? [] : [Math.min(...closes), Math.max(...closes)];
        return [code, { low: ends[0], high: ends[1], recent: closes.slice(-count) }];
      }
      const found = range.get(code, from);
      const last = recent.all(code, from, count).map(row => Number(row.close));
      return [code, { low: found?.low ?? undefined, high: found?.high ?? undefined, recent: last.reverse() }];
    }),
  );
}
