/**
 * The past by which alerts are judged: a close some sessions back, the volumes of a month, the closes of 52 weeks. What
 * moves far is read as exact bars, and those that cannot be believed are left out.
 */
import type { YearOfCloses } from '../domain/alerts/facts.ts';
import { addDays, addMonths, type LocalDate, sydneyDate } from '../domain/date.ts';
import { toFloat } from '../domain/decimal.ts';
import type { CalendarOverrides } from '../domain/market/calendar.ts';
import type { KnownPrice } from '../domain/market/known-price.ts';
import type { Bar, SplitEvent } from '../domain/market/price.ts';
import { reviewBars } from '../domain/market/sanity.ts';
import type { Code } from '../domain/market/security.ts';
import { closesOf, dateOfKey, readCloses } from '../domain/returns/closes.ts';
import type { Database } from './database.ts';
import { lastBars } from './last-bars.ts';
import { laterSplits } from './price-series.ts';
import { barsOf } from './prices.ts';
import { quotesOf } from './quotes.ts';
import { hasJump } from './traded-closes.ts';

/** What is needed to judge a bar. */
export type Judging = {
  readonly splits: readonly SplitEvent[];
  readonly released: ReadonlySet<LocalDate> | undefined;
  readonly overrides: CalendarOverrides | undefined;
};

const goodBars = (bars: readonly Bar[], { splits, released, overrides }: Judging): Bar[] =>
  reviewBars(bars, splits, { released, overrides }).good;

/** How many days before a day a close may be and still stand for it: a share that trades seldom, not a gap of weeks. */
const mayBeOlder = 14;

/** Of each security the close of a day, or the last one before it, in the units of today. */
export function closesOn(
  db: Database,
  codes: Iterable<Code>,
  day: LocalDate,
  judgingOf: (code: Code) => Judging,
): Map<Code, number> {
  const oldest = addDays(day, -mayBeOlder);
  const found = new Map<Code, number>();
  for (const [code, bars] of lastBars(db, codes, day)) {
    const judging = judgingOf(code);
    const bar = goodBars(bars, judging).at(-1);
    if (bar !== undefined && bar.date >= oldest) {
      found.set(code, toFloat(bar.close) / laterSplits(judging.splits, bar.date));
    }
  }
  return found;
}

const packedVolumes = `SELECT value AS code, (
    SELECT max(date) || ' ' || group_concat(volume, ' ')
    FROM (SELECT date, volume FROM prices WHERE code = value AND date < @before ORDER BY date DESC LIMIT @count)
  ) AS volumes FROM json_each(@codes)`;

/** Of each security the volumes of the last `count` sessions before a day, in the units of today. */
export function volumesBefore(
  db: Database,
  codes: readonly Code[],
  { before, count }: { readonly before: LocalDate; readonly count: number },
  judgingOf: (code: Code) => Judging,
): Map<Code, number[]> {
  const rows = db
    .statement<{ code: Code; volumes: string | null }>(packedVolumes)
    .all({ codes: JSON.stringify(codes), before, count });
  const found = new Map<Code, number[]>();
  for (const { code, volumes } of rows) {
    const [last, ...sent] = volumes?.split(' ') ?? [];
    if (last === undefined) continue;
    // The provider has every split up to the last bar in the volumes already.
    const since = laterSplits(judgingOf(code).splits, last as LocalDate);
    found.set(
      code,
      sent.map(volume => Number(volume) * since),
    );
  }
  return found;
}

const volumesOn = 'SELECT code, volume FROM json_each(?) CROSS JOIN prices ON code = value AND date = ?';

/** What was traded in a session: by the bar, or by the quote where there is no bar yet. */
export function volumesOfSession(db: Database, codes: readonly Code[], session: LocalDate): Map<Code, number> {
  const found = new Map<Code, number>();
  for (const [code, { at, volume }] of quotesOf(db, codes)) {
    if (at !== undefined && volume !== undefined && sydneyDate(at) === session) found.set(code, toFloat(volume));
  }
  const bars = db.statement<{ code: Code; volume: string }>(volumesOn).all(JSON.stringify(codes), session);
  for (const { code, volume } of bars) found.set(code, Number(volume));
  return found;
}

/** One text a security: grouping rows would sort them first. */
const yearRanges = `SELECT value AS code, (
    SELECT concat_ws(' ', min(date), min(0.0 + close), max(0.0 + close))
    FROM prices WHERE code = value AND date >= @from AND date < @on
  ) AS range FROM json_each(@codes)`;
/** Days by which a year of closes may begin late: a long break around New Year, or a share that trades seldom. */
const mayBeginLate = 14;
const monthDays = 28;

/** Of each security the closes of the 52 weeks before the session of its price; one without any is left out. */
export function readYears(
  db: Database,
  prices: ReadonlyMap<Code, KnownPrice>,
  judgingOf: (code: Code) => Judging,
): Map<Code, YearOfCloses> {
  const found = new Map<Code, YearOfCloses>();
  for (const [on, group] of Map.groupBy(prices, ([, price]) => price.on)) {
    const from = addMonths(on, -12);
    for (const { code, first, low, high } of rangesOf(db, group, { from, on })) {
      const judging = judgingOf(code);
      const year = isCalm(low, high, judging)
        ? { low, high, ...beginning(first, from) }
        : yearOf(db, code, { from, on }, judging);
      if (year !== undefined) found.set(code, year);
    }
  }
  return found;
}

/**
 * Those whose price lies within the closes of the last four weeks, with that range: it is no high and no low of the year
 * either, and nearly all are such on any day.
 */
export function readMonths(
  db: Database,
  prices: ReadonlyMap<Code, KnownPrice>,
  judgingOf: (code: Code) => Judging,
): Map<Code, YearOfCloses> {
  const found = new Map<Code, YearOfCloses>();
  for (const [on, group] of Map.groupBy(prices, ([, price]) => price.on)) {
    for (const { code, first, low, high } of rangesOf(db, group, { from: addDays(on, -monthDays), on })) {
      const price = toFloat((prices.get(code) as KnownPrice).price);
      const isWithin = isCalm(low, high, judgingOf(code)) && price >= low && price <= high;
      if (isWithin) found.set(code, { low, high, first, isWhole: true });
    }
  }
  return found;
}

type Days = { readonly from: LocalDate; readonly on: LocalDate };

function rangesOf(db: Database, group: readonly (readonly [Code, KnownPrice])[], { from, on }: Days) {
  const codes = JSON.stringify(group.map(([code]) => code));
  const rows = db.statement<{ code: Code; range: string }>(yearRanges).all({ codes, from, on });
  return rows.flatMap(({ code, range }) => {
    const [first = '', low, high] = range.split(' ');
    return first === '' ? [] : [{ code, first: first as LocalDate, low: Number(low), high: Number(high) }];
  });
}

/** Closes that lie within so much of each other have no move that wants judging. */
const calmRange = 1.39;
const isCalm = (low: number, high: number, { splits }: Judging): boolean =>
  low > 0 && high <= low * calmRange && splits.length === 0;

const beginning = (first: LocalDate, from: LocalDate) => ({ first, isWhole: first <= addDays(from, mayBeginLate) });

const packedCloses = `SELECT group_concat(date || close, ' ') AS closes
  FROM (SELECT date, close FROM prices WHERE code = ? AND date >= ? AND date < ? ORDER BY date)`;

/** The same of closes that move far: in the units of today, and without bars that cannot be believed. */
function yearOf(db: Database, code: Code, { from, on }: Days, judging: Judging): YearOfCloses | undefined {
  const row = db.statement<{ closes: string | null }>(packedCloses).get(code, from, on);
  const sent = readCloses(row?.closes ?? '');
  const { days, closes, places } = hasJump(sent)
    ? closesOf(goodBars(barsOf(db, code, addDays(from, -30), addDays(on, -1)), judging).filter(bar => bar.date >= from))
    : sent;
  const unit = 10 ** places;
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (let at = 0; at < closes.length; at += 1) {
    const date = judging.splits.length === 0 ? undefined : dateOfKey(days[at] as number);
    const close = (closes[at] as number) / unit / (date === undefined ? 1 : laterSplits(judging.splits, date));
    low = Math.min(low, close);
    high = Math.max(high, close);
  }
  const first = days[0];
  return first === undefined ? undefined : { low, high, ...beginning(dateOfKey(first), from) };
}
