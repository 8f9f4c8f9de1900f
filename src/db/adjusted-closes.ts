/**
 * The adjusted closes of a security, for the statistics of its returns: a dividend or a split is no move in them.
 *
 * A series that moves so far in a day that it wants judging is read as bars, and those that cannot be believed are left
 * out; the others are read as one text, which is several times faster.
 */
import { addDays, type LocalDate } from '../domain/date.ts';
import { isPositive } from '../domain/decimal.ts';
import { reviewBars } from '../domain/market/sanity.ts';
import type { Code } from '../domain/market/security.ts';
import { type Closes, closesOf, readCloses } from '../domain/returns/closes.ts';
import type { AdjustedCloses } from '../domain/returns/correlation.ts';
import type { Database } from './database.ts';
import { barsOf } from './prices.ts';
import { splitsOf } from './splits.ts';
import { releasedDays } from './suspects.ts';
import { hasJump } from './traded-closes.ts';
import { readOverrides } from './trading-days.ts';

const packed = `SELECT group_concat(date || adjusted_close, ' ') AS closes FROM (
  SELECT date, adjusted_close FROM prices WHERE code = ? AND date BETWEEN ? AND ? ORDER BY date)`;

/** Bars before the first day by which its close is judged. */
const daysToReview = 400;

/** From `from` to `to`, both included. */
export function readAdjustedCloses(
  db: Database,
  codes: readonly Code[],
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
): AdjustedCloses[] {
  const select = db.statement<{ closes: string | null }>(packed);
  return codes.map(code => {
    const closes = readCloses(select.get(code, from, to)?.closes ?? '');
    return { code, closes: hasJump(closes) ? judgedCloses(db, code, from, to) : closes };
  });
}

function judgedCloses(db: Database, code: Code, from: LocalDate, to: LocalDate): Closes {
  const bars = barsOf(db, code, addDays(from, -daysToReview), to);
  const options = { released: releasedDays(db).get(code), overrides: readOverrides(db) };
  const { good } = reviewBars(bars, splitsOf(db, code), options);
  return closesOf(
    good
      .filter(bar => bar.date >= from && isPositive(bar.adjustedClose))
      .map(bar => ({ date: bar.date, close: bar.adjustedClose })),
  );
}
