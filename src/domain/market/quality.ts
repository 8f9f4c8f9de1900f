/**
 * What is wrong with the stored prices of one security.
 *
 * Bars are held against the ASX calendar: sessions missing between the first and the last are a gap, one finding for each
 * run of them; of a security that is missing on one session in twenty or more it is said once that it trades thinly. A
 * last bar five sessions or more before the close that is due is an end, which a suspended security has too. A bar is
 * impossible, or a close jumps, as `sanity` judges it; a jump that stayed without a split or consolidation near it is
 * named as well, for an action may be missing. Ten sessions without volume, a bar of a day that is yet to come, and a
 * closing quote that is over half a percent and a tick away from the bar of its day complete the list.
 */
import { type Instant, type LocalDate, sydneyDate } from '../date.ts';
import { decimal, isZero, plain } from '../decimal.ts';
import { isClose } from './age.ts';
import { type CalendarOverrides, sessionsBetween, tradingDays } from './calendar.ts';
import type { Bar, Quote, SplitEvent } from './price.ts';
import { isNearSplit, reviewBars } from './sanity.ts';
import { ticksBetween } from './tick.ts';

export const findingKinds = ['gap', 'thin', 'end', 'impossible', 'jump', 'volume', 'future', 'quote'] as const;
export type FindingKind = (typeof findingKinds)[number];

export type Finding = {
  readonly kind: FindingKind;
  /** The first day that it is about. */
  readonly date: LocalDate;
  readonly detail: string;
};

export type StoredPrices = {
  /** Oldest first, as sent. */
  readonly bars: readonly Bar[];
  readonly splits: readonly SplitEvent[];
  readonly quote: (Quote & { readonly fetchedAt: Instant }) | undefined;
  /** Days whose close the user has declared right. */
  readonly released?: ReadonlySet<LocalDate> | undefined;
};

export type QualityTime = {
  readonly today: LocalDate;
  /** The last session whose close is due. */
  readonly closed: LocalDate;
  readonly overrides?: CalendarOverrides | undefined;
};

const thinShare = 1 / 20;
/** Fewer sessions say nothing about how often it trades. */
const leastSessions = 60;
const endSessions = 5;
const quietSessions = 10;
const quoteShare = decimal('0.005');

export function findings(prices: StoredPrices, time: QualityTime): Finding[] {
  const past = prices.bars.filter(bar => bar.date <= time.today);
  return [
    ...gaps(past, time),
    ...end(past, time),
    ...jumps(past, prices, time),
    ...quietRuns(past),
    ...prices.bars
      .filter(bar => bar.date > time.today)
      .map(
        (bar): Finding => ({ kind: 'future', date: bar.date, detail: `a bar of ${bar.date}, which is yet to come` }),
      ),
    ...quoteAgainstClose(past, prices.quote, time),
  ].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function gaps(bars: readonly Bar[], { overrides }: QualityTime): Finding[] {
  const [first, last] = [bars[0]?.date, bars.at(-1)?.date];
  if (first === undefined || last === undefined) return [];
  const traded = new Set(bars.map(bar => bar.date));
  const sessions = tradingDays(first, last, overrides);
  const runs: LocalDate[][] = [];
  let isMissing = false;
  for (const session of sessions) {
    if (traded.has(session)) isMissing = false;
    else if (isMissing) runs.at(-1)?.push(session);
    else {
      runs.push([session]);
      isMissing = true;
    }
  }
  const missing = runs.reduce((sum, run) => sum + run.length, 0);
  const from = runs[0]?.[0];
  if (
    from !== undefined &&
    runs.length > 5 &&
    sessions.length >= leastSessions &&
    missing > sessions.length * thinShare
  ) {
    const detail = `no bar on ${missing} of ${sessions.length} sessions: it trades thinly, or bars are missing`;
    return [{ kind: 'thin', date: from, detail }];
  }
  return runs.map(run => ({ kind: 'gap', date: run[0] as LocalDate, detail: spanOf('no bar', run) }));
}

const spanOf = (what: string, days: readonly LocalDate[]): string =>
  days.length === 1 ? `${what} on ${days[0]}` : `${what} on ${days.length} sessions, ${days[0]} to ${days.at(-1)}`;

function end(bars: readonly Bar[], { closed, overrides }: QualityTime): Finding[] {
  const last = bars.at(-1)?.date;
  if (last === undefined || last >= closed) return [];
  const since = sessionsBetween(last, closed, overrides);
  if (since < endSessions) return [];
  return [
    { kind: 'end', date: last, detail: `no bar since ${last}, ${since} sessions ago: suspended, or not fetched` },
  ];
}

function jumps(bars: readonly Bar[], { splits, released }: StoredPrices, { overrides }: QualityTime): Finding[] {
  const { suspect, confirmed } = reviewBars(bars, splits, { released, overrides });
  // The way back from a close that the user has declared right.
  const isExplained = (date: LocalDate): boolean =>
    isNearSplit(date, splits, overrides) ||
    [...(released ?? [])].some(day => day < date && sessionsBetween(day, date, overrides) <= endSessions);
  return [
    ...suspect.map(({ bar, kind, reason }): Finding => ({ kind, date: bar.date, detail: reason })),
    ...confirmed
      .filter(bar => !isExplained(bar.date))
      .map(
        (bar): Finding => ({
          kind: 'jump',
          date: bar.date,
          detail: `moved to ${plain(bar.close)} and stayed, with no split or consolidation near it`,
        }),
      ),
  ];
}

function quietRuns(bars: readonly Bar[]): Finding[] {
  const found: Finding[] = [];
  let run: LocalDate[] = [];
  const close = (): void => {
    const [date] = run;
    if (date !== undefined && run.length >= quietSessions) {
      found.push({ kind: 'volume', date, detail: spanOf('no volume', run) });
    }
    run = [];
  };
  for (const bar of bars) {
    if (isZero(bar.volume)) run.push(bar.date);
    else close();
  }
  close();
  return found;
}

function quoteAgainstClose(bars: readonly Bar[], quote: StoredPrices['quote'], { overrides }: QualityTime): Finding[] {
  if (quote?.price === undefined || quote.at === undefined) return [];
  if (!isClose({ kind: 'quote', tradedAt: quote.at, fetchedAt: quote.fetchedAt }, overrides)) return [];
  const date = sydneyDate(quote.at);
  const bar = bars.findLast(each => each.date === date);
  if (bar === undefined) return [];
  const away = bar.close.minus(quote.price).abs();
  if (away.lte(bar.close.times(quoteShare)) || ticksBetween(bar.close, quote.price).lte(decimal('1'))) return [];
  return [
    { kind: 'quote', date, detail: `closed at ${plain(bar.close)}, but the last quote says ${plain(quote.price)}` },
  ];
}
