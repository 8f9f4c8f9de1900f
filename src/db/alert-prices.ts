/**
 * The series by which alerts are judged: the sessions before that of a price, and the closes of the 52 weeks before it.
 * An ordinary series is read as one text; one with something odd in it is read as exact bars, and those that cannot be
 * believed are left out.
 */
import type { RecentSessions, SessionVolume, YearOfCloses } from '../domain/alerts/facts.ts';
import { addDays, addMonths, type LocalDate } from '../domain/date.ts';
import { toFloat } from '../domain/decimal.ts';
import type { CalendarOverrides } from '../domain/market/calendar.ts';
import type { KnownPrice } from '../domain/market/known-price.ts';
import type { Bar, SplitEvent } from '../domain/market/price.ts';
import { reviewBars } from '../domain/market/sanity.ts';
import type { Code } from '../domain/market/security.ts';
import { dateOfKey, dayKey, readCloses } from '../domain/returns/closes.ts';
import { readSentBars, wantsJudging } from '../domain/signals/sent-bars.ts';
import type { Database } from './database.ts';
import { laterSplits } from './price-series.ts';
import { barsOf, recentBars } from './prices.ts';
import { quotesOf } from './quotes.ts';
import { packedBars } from './signal-bars.ts';
import { hasJump } from './traded-closes.ts';

/** What is needed to judge a bar. */
export type Judging = {
  readonly splits: readonly SplitEvent[];
  readonly released: ReadonlySet<LocalDate> | undefined;
  readonly overrides: CalendarOverrides | undefined;
};

/** Bars before the first one asked for by which it is judged. */
const barsToReview = 12;

/** The last `count` sessions of a security before a day. */
export function readRecent(
  db: Database,
  code: Code,
  { before, count }: { readonly before: LocalDate; readonly count: number },
  judging: Judging,
): RecentSessions {
  const until = addDays(before, -1);
  const packed = packedBars(db, code, until, count);
  const sent = readSentBars(packed.text, packed.count);
  if (wantsJudging(sent)) {
    const bars = (recentBars(db, [code], count + barsToReview, until).get(code) ?? []).reverse();
    return inTodaysUnits(goodBars(bars, judging).slice(-count), judging.splits);
  }
  if (judging.splits.length === 0) return { days: sent.days, closes: sent.close, volumes: sent.volume };
  return scaled(sent.days, sent.close, sent.volume, judging.splits);
}

const goodBars = (bars: readonly Bar[], { splits, released, overrides }: Judging): Bar[] =>
  reviewBars(bars, splits, { released, overrides }).good;

const inTodaysUnits = (bars: readonly Bar[], splits: readonly SplitEvent[]): RecentSessions =>
  scaled(
    bars.map(bar => dayKey(bar.date)),
    bars.map(bar => toFloat(bar.close)),
    bars.map(bar => toFloat(bar.volume)),
    splits,
  );

/** The provider has every split up to the last bar in the volume already, and none in the price. */
function scaled(
  days: ArrayLike<number>,
  closes: ArrayLike<number>,
  volumes: ArrayLike<number>,
  splits: readonly SplitEvent[],
): RecentSessions {
  const dates = Array.from(days, dateOfKey);
  const last = dates.at(-1);
  const sinceLast = last === undefined ? 1 : laterSplits(splits, last);
  return {
    days,
    closes: dates.map((date, at) => (closes[at] as number) / laterSplits(splits, date)),
    volumes: Array.from(volumes, volume => volume * sinceLast),
  };
}

const packedCloses = `SELECT group_concat(date || close, ' ') AS closes
  FROM (SELECT date, close FROM prices WHERE code = ? AND date >= ? AND date < ? ORDER BY date)`;
/** Days by which a year of closes may begin late: a long break around New Year, or a share that trades seldom. */
const mayBeginLate = 14;

/** The closes of the 52 weeks before the session of a price; undefined where there are none. */
export function readYear(db: Database, code: Code, on: LocalDate, judging: Judging): YearOfCloses | undefined {
  const from = addMonths(on, -12);
  const row = db.statement<{ closes: string | null }>(packedCloses).get(code, from, on);
  const series = readCloses(row?.closes ?? '');
  if (hasJump(series)) return yearOf(judgedYear(db, code, { from, on }, judging), from);
  const unit = 10 ** series.places;
  const { splits } = judging;
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (let at = 0; at < series.closes.length; at += 1) {
    const close = series.closes[at] as number;
    const ratio = splits.length === 0 ? 1 : laterSplits(splits, dateOfKey(series.days[at] as number));
    low = Math.min(low, close / unit / ratio);
    high = Math.max(high, close / unit / ratio);
  }
  const first = series.days[0];
  return first === undefined ? undefined : { low, high, ...beginning(dateOfKey(first), from) };
}

const beginning = (first: LocalDate, from: LocalDate) => ({ first, isWhole: first <= addDays(from, mayBeginLate) });

function judgedYear(
  db: Database,
  code: Code,
  { from, on }: { readonly from: LocalDate; readonly on: LocalDate },
  judging: Judging,
): { date: LocalDate; close: number }[] {
  return goodBars(barsOf(db, code, addDays(from, -30), addDays(on, -1)), judging)
    .filter(bar => bar.date >= from)
    .map(bar => ({ date: bar.date, close: toFloat(bar.close) / laterSplits(judging.splits, bar.date) }));
}

function yearOf(closes: readonly { date: LocalDate; close: number }[], from: LocalDate): YearOfCloses | undefined {
  const [first] = closes;
  if (first === undefined) return undefined;
  const values = closes.map(each => each.close);
  return { low: Math.min(...values), high: Math.max(...values), ...beginning(first.date, from) };
}

/** What was traded in the session of a price: by the quote, or by the bar where that is the newer. */
export function readVolume(db: Database, code: Code, price: KnownPrice): SessionVolume | undefined {
  const { on, source } = price;
  if (source === 'quote') {
    const volume = quotesOf(db, [code]).get(code)?.volume;
    return volume && { on, volume: toFloat(volume) };
  }
  const bar = db.statement<{ volume: string }>('SELECT volume FROM prices WHERE code = ? AND date = ?').get(code, on);
  return bar && { on, volume: Number(bar.volume) };
}
