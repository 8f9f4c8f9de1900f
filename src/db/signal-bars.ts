/**
 * The bars that signals are computed from, for thousands of securities at once. An ordinary series is read as one text;
 * one with something odd in it, or with dividends that a demerger re-based, is read as exact bars and judged.
 */
import { addDays, type LocalDate, parseLocalDate } from '../domain/date.ts';
import type { CalendarOverrides } from '../domain/market/calendar.ts';
import type { SplitEvent } from '../domain/market/price.ts';
import type { Code } from '../domain/market/security.ts';
import { judgedBars, ordinaryBars } from '../domain/signals/adjusted-bars.ts';
import type { SignalBars } from '../domain/signals/bars.ts';
import { readSentBars, type SentBars, wantsJudging } from '../domain/signals/sent-bars.ts';
import { finish, mapInSteps, type Steps } from '../domain/steps.ts';
import type { Database } from './database.ts';
import { dividendsOf } from './dividends.ts';
import { priceHistories, recentBars } from './prices.ts';
import { splitsSince } from './splits.ts';
import { releasedDays } from './suspects.ts';
import { readOverrides } from './trading-days.ts';

const packed = `SELECT count(*) AS count,
    group_concat(concat_ws(' ', date, open, high, low, close, adjusted_close, volume), ' ') AS bars
  FROM (SELECT date, open, high, low, close, adjusted_close, volume
    FROM prices WHERE code = ? AND date <= ? ORDER BY date DESC LIMIT ?)`;

/** Every bar of a security, as it was sent; empty where none is stored. */
export function readAllSentBars(db: Database, code: Code): SentBars {
  const { count = 0, bars } = db.statement<PackedBars>(packed).get(code, '~', -1) ?? {};
  return readSentBars(bars ?? '', count);
}

type PackedBars = { count: number; bars: string | null };

/** Codes with dividends since a day that the provider multiplied by a later split or demerger. */
const scaled = 'SELECT DISTINCT code FROM dividends WHERE ex_date >= ? AND adjusted_per_unit <> per_unit';

const longAgo = parseLocalDate('1900-01-01');
/** Bars before the first one asked for by which it is judged. */
const barsToReview = 60;
/** Days before the first bar asked for in which a dividend tells the factor of a re-base. */
const daysToReview = 400;

/** The newest bars on or before a day: never one after it. */
export type SignalBarsAsked = { readonly asOf: LocalDate; readonly most: number };

/** The bars of each code, in the order of the codes; a code without any has none, and none stops the others. */
export const readSignalBars = (db: Database, codes: readonly Code[], asked: SignalBarsAsked): SignalBars[] =>
  finish(signalBarsInSteps(db, codes, asked));

/** The same, a security a step. */
export function signalBarsInSteps(db: Database, codes: readonly Code[], asked: SignalBarsAsked): Steps<SignalBars[]> {
  const select = db.statement<PackedBars>(packed);
  const known = readKnown(db, asked);
  return mapInSteps(codes, code => {
    const { count = 0, bars } = select.get(code, asked.asOf, asked.most) ?? {};
    const sent = readSentBars(bars ?? '', count);
    if (known.scaled.has(code) || wantsJudging(sent)) return judged(db, code, asked, known);
    const splits = known.splits.get(code) ?? [];
    return ordinaryBars(code, sent, splits.length === 0 ? splits : inVolume(splits, lastDayOf(db, code)));
  });
}

type Known = {
  readonly splits: ReadonlyMap<Code, SplitEvent[]>;
  readonly scaled: ReadonlySet<Code>;
  readonly released: ReadonlyMap<Code, ReadonlySet<LocalDate>>;
  readonly overrides: CalendarOverrides | undefined;
  readonly dividendsFrom: LocalDate;
};

function readKnown(db: Database, { asOf, most }: SignalBarsAsked): Known {
  const dividendsFrom = addDays(asOf, -Math.ceil((most * 7) / 5) - daysToReview);
  return {
    splits: Map.groupBy(splitsSince(db, longAgo), split => split.code),
    scaled: new Set(
      db
        .statement<{ code: Code }>(scaled)
        .all(dividendsFrom)
        .map(row => row.code),
    ),
    released: releasedDays(db),
    overrides: readOverrides(db),
    dividendsFrom,
  };
}

const lastDayOf = (db: Database, code: Code): LocalDate => priceHistories(db, [code]).get(code)?.lastDate ?? longAgo;

const inVolume = (splits: readonly SplitEvent[], lastDay: LocalDate): SplitEvent[] =>
  splits.filter(split => split.date <= lastDay);

function judged(db: Database, code: Code, { asOf, most }: SignalBarsAsked, known: Known): SignalBars {
  const newestFirst = recentBars(db, [code], most + barsToReview, asOf).get(code) ?? [];
  return judgedBars(code, newestFirst.reverse(), {
    splits: known.splits.get(code) ?? [],
    lastDay: lastDayOf(db, code),
    dividends: known.scaled.has(code) ? dividendsOf(db, code, known.dividendsFrom) : [],
    released: known.released.get(code),
    overrides: known.overrides,
    most,
  });
}
