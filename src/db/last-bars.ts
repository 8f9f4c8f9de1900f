/**
 * The last bars of many securities at once: all that is needed to judge the last one, which is asked far more often than
 * a whole history is.
 *
 * Two bars that are possible and close within 20% of each other are both good, whatever was before them: the later one
 * would confirm the earlier. Only where they are not are more bars read.
 */
import type { LocalDate } from '../domain/date.ts';
import { decimal, price } from '../domain/decimal.ts';
import type { Bar } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import type { Database } from './database.ts';
import { recentBars } from './prices.ts';

const lastTwo = `SELECT value AS code, (
    SELECT group_concat(concat_ws(' ', date, open, high, low, close, adjusted_close, volume), ' ')
    FROM (SELECT date, open, high, low, close, adjusted_close, volume
      FROM prices WHERE code = value AND date <= @day ORDER BY date DESC LIMIT 2)
  ) AS bars FROM json_each(@codes)`;

/** Enough to judge a jump, and to see it confirmed or not. */
const barsToReview = 12;

/** By code, oldest first: the last two where there is nothing to judge, else more; codes without any are left out. */
export function lastBars(db: Database, codes: Iterable<Code>, onOrBefore?: LocalDate): Map<Code, readonly Bar[]> {
  const day = onOrBefore ?? '~';
  const rows = db
    .statement<{ code: Code; bars: string | null }>(lastTwo)
    .all({ codes: JSON.stringify([...codes]), day });
  const found = new Map<Code, readonly Bar[]>();
  const odd: Code[] = [];
  for (const { code, bars } of rows) {
    if (bars === null) continue;
    const words = bars.split(' ');
    if (isOrdinary(words)) found.set(code, [readBar(words, fields), readBar(words, 0)]);
    else odd.push(code);
  }
  for (const [code, bars] of recentBars(db, odd, barsToReview, onOrBefore)) found.set(code, bars.reverse());
  return found;
}

const fields = 7;
/** A little less than what confirms a close, so that none is missed for a rounding. */
const confirmedWithin = 0.199;

function isOrdinary(words: readonly string[]): boolean {
  if (words.length !== 2 * fields || !isPossible(words, 0) || !isPossible(words, fields)) return false;
  const [close, before] = [Number(words[4]), Number(words[4 + fields])];
  return Math.abs(close - before) <= confirmedWithin * Math.min(close, before);
}

function isPossible(words: readonly string[], at: number): boolean {
  const [open, high, low, close] = [1, 2, 3, 4].map(field => Number(words[at + field])) as [
    number,
    number,
    number,
    number,
  ];
  return low > 0 && open >= low && open <= high && close >= low && close <= high;
}

function readBar(words: readonly string[], at: number): Bar {
  const text = (field: number): string => words[at + field] as string;
  return {
    date: text(0) as LocalDate,
    open: price(text(1)),
    high: price(text(2)),
    low: price(text(3)),
    close: price(text(4)),
    adjustedClose: price(text(5)),
    volume: decimal(text(6)),
  };
}
