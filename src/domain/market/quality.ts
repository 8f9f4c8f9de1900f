/**
 * What is wrong with the stored prices of one security.
 *
 * Bars are held against the ASX calendar: sessions missing between the first and the last are a gap, one finding for each
 * run of them; of a security that is missing on one session in twenty or more it is said once that it trades thinly. A
 * last bar five sessions or more before the close that is due is an end, which a suspended security has too. Impossible
 * bars and jumps are told by `quality-jumps`. Ten sessions without volume at a close that does not move, a bar of a day
 * that is yet to come, and a closing quote over half a percent and a tick away from the bar of its day complete the list.
 *
 * Thousands of series are checked at once: days, closes and volumes are read as floats, which are compared and never
 * reckoned with; exact bars are wanted of a series that has something to judge.
 */
import { compareText } from '../compare-text.ts';
import { type Instant, type LocalDate, localDate, sydneyDate } from '../date.ts';
import { decimal, plain } from '../decimal.ts';
import { remembered } from '../remembered.ts';
import type { SentBars } from '../signals/sent-bars.ts';
import { isClose } from './age.ts';
import { type CalendarOverrides, sessionsBetween, tradingDays } from './calendar.ts';
import type { Bar, Quote } from './price.ts';
import { type JudgedPrices, jumps } from './quality-jumps.ts';
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
  readonly sent: SentBars;
  /** From before the bar that `firstToJudge` finds; undefined where there is nothing to judge. */
  readonly judged: JudgedPrices | undefined;
  readonly quote: (Quote & { readonly fetchedAt: Instant }) | undefined;
  /** The bar of the day on which the quote was traded. */
  readonly quoteBar: Bar | undefined;
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

export function findings({ sent, judged, quote, quoteBar }: StoredPrices, time: QualityTime): Finding[] {
  const days = Array.from(sent.days, day => dayOf(day));
  const ahead = days.filter(day => day > time.today);
  const past = ahead.length === 0 ? days : days.slice(0, -ahead.length);
  return [
    ...gaps(past, time),
    ...end(past, time),
    ...(judged ? jumps({ ...judged, bars: judged.bars.filter(bar => bar.date <= time.today) }, time.overrides) : []),
    ...quietRuns(past, sent),
    ...ahead.map((date): Finding => ({ kind: 'future', date, detail: `a bar of ${date}, which is yet to come` })),
    ...quoteAgainstClose(quote, quoteBar, time),
  ].sort((a, b) => compareText(a.date, b.date));
}

/** The day that a sent bar has as a number. Thousands of series share a few thousand days. */
export const dayOf = remembered(
  (day: number): LocalDate => localDate(Math.floor(day / 10_000), Math.floor(day / 100) % 100, day % 100),
);

function gaps(days: readonly LocalDate[], { overrides }: QualityTime): Finding[] {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const sessions = tradingDays(first, last, overrides);
  const runs: LocalDate[][] = [];
  let at = 0;
  let isMissing = false;
  for (const session of sessions) {
    while ((days[at] as LocalDate) < session) at += 1;
    if (days[at] === session) isMissing = false;
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

function end(days: readonly LocalDate[], { closed, overrides }: QualityTime): Finding[] {
  const last = days.at(-1);
  if (last === undefined || last >= closed) return [];
  const since = sessionsBetween(last, closed, overrides);
  if (since < endSessions) return [];
  return [
    { kind: 'end', date: last, detail: `no bar since ${last}, ${since} sessions ago: suspended, or not fetched` },
  ];
}

/** A close that moves without volume begins a run of its own. */
function quietRuns(days: readonly LocalDate[], { close, volume }: SentBars): Finding[] {
  const found: Finding[] = [];
  let start = 0;
  for (let at = 1; at <= days.length; at += 1) {
    const goesOn = at < days.length && volume[at] === 0 && volume[start] === 0 && close[at] === close[start];
    if (goesOn) continue;
    const run = days.slice(start, at);
    if (volume[start] === 0 && run.length >= quietSessions) {
      found.push({ kind: 'volume', date: run[0] as LocalDate, detail: spanOf('no volume', run) });
    }
    start = at;
  }
  return found;
}

function quoteAgainstClose(quote: StoredPrices['quote'], bar: Bar | undefined, { overrides }: QualityTime): Finding[] {
  if (bar === undefined || quote?.price === undefined || quote.at === undefined) return [];
  if (!isClose({ kind: 'quote', tradedAt: quote.at, fetchedAt: quote.fetchedAt }, overrides)) return [];
  const date = sydneyDate(quote.at);
  if (bar.date !== date) return [];
  const away = bar.close.minus(quote.price).abs();
  if (away.lte(bar.close.times(quoteShare)) || ticksBetween(bar.close, quote.price).lte(decimal('1'))) return [];
  return [
    { kind: 'quote', date, detail: `closed at ${plain(bar.close)}, but the last quote says ${plain(quote.price)}` },
  ];
}
