/**
 * The features of many securities on many dates, with what came after: what a learner learns from and drift is measured
 * against.
 *
 * A row is a date and a security that could be dealt in on it: it has a bar of that very day that was believed on the day,
 * trades enough and costs enough. Rows lie in order of date, then code. Features are those of `features`, computed on the
 * bars up to the date alone.
 *
 * `forward` is the change of the adjusted close over the next 21 sessions of the exchange. Sessions are counted, not bars,
 * so that it never reaches beyond them: where a security did not trade on the last one its close before stands, also when
 * it never trades again, or those that were delisted would be missing from what is learned. It is unknown where the 21st
 * session is not over yet.
 */
import { compareText } from '../compare-text.ts';
import { addDays, type LocalDate } from '../date.ts';
import { type CalendarOverrides, tradingDays } from '../market/calendar.ts';
import type { Code } from '../market/security.ts';
import { dayKey } from '../returns/closes.ts';
import type { Steps } from '../steps.ts';
import { barOn, type SignalBars } from './bars.ts';
import { featureNames, writeFeatures } from './features.ts';
import { medianOf } from './moments.ts';
import { type RankSettings, usualRankSettings } from './rank.ts';

export type Panel = {
  readonly features: readonly string[];
  readonly dates: readonly LocalDate[];
  readonly codes: readonly Code[];
  readonly rows: number;
  /** rows x features, row by row; NaN where unknown. */
  readonly values: Float64Array;
  /** Of each row, its place in `dates` and in `codes`. */
  readonly dateOf: Int32Array;
  readonly codeOf: Int32Array;
  /** Of each row, the change over the next 21 sessions; NaN where unknown. */
  readonly forward: Float64Array;
};

export type PanelOptions = {
  readonly gates?: RankSettings;
  /** The last day of which bars are known; that of the newest bar without it. */
  readonly knownUntil?: LocalDate | undefined;
  readonly overrides?: CalendarOverrides | undefined;
};

/** Sessions that a forward return is over. */
export const sessionsAhead = 21;

/** Rows in a step. */
const rowsInStep = 64;

/** `dates` oldest first, the securities in any order; a date and then some rows a step. */
export function* panelInSteps(
  securities: readonly SignalBars[],
  dates: readonly LocalDate[],
  { gates = usualRankSettings, knownUntil, overrides }: PanelOptions = {},
): Steps<Panel> {
  const sorted = [...securities].sort((a, b) => compareText(a.code, b.code));
  const last = knownUntil === undefined ? newestDay(sorted) : dayKey(knownUntil);
  const { dateOf, codeOf, barOf } = yield* dealtIn(sorted, dates, gates);
  const rows = dateOf.length;
  const values = new Float64Array(rows * featureNames.length);
  const forward = new Float64Array(rows);
  const ends = Int32Array.from(endsOf(dates, overrides), end => (end <= last ? end : 0));
  for (let row = 0; row < rows; row += 1) {
    const bars = sorted[codeOf[row] as number] as SignalBars;
    writeFeatures(bars, barOf[row] as number, values, row * featureNames.length);
    forward[row] = changeUntil(bars, barOf[row] as number, ends[dateOf[row] as number] as number);
    if (row % rowsInStep === 0) yield;
  }
  return { features: featureNames, dates, codes: sorted.map(bars => bars.code), rows, values, dateOf, codeOf, forward };
}

const newestDay = (securities: readonly SignalBars[]): number =>
  securities.reduce((newest, { days }) => Math.max(newest, days.at(-1) ?? 0), 0);

type Dealt = { readonly dateOf: Int32Array; readonly codeOf: Int32Array; readonly barOf: Int32Array };

/** The rows: by date, then code, where a security passes the gates of dealing. */
function* dealtIn(securities: readonly SignalBars[], dates: readonly LocalDate[], gates: RankSettings): Steps<Dealt> {
  const most = dates.length * securities.length;
  const [dateOf, codeOf, barOf] = [new Int32Array(most), new Int32Array(most), new Int32Array(most)];
  let rows = 0;
  for (const [date, day] of dates.entries()) {
    for (const [code, bars] of securities.entries()) {
      const bar = barOn(bars, day);
      if (bar < 0 || !isDealtIn(bars, bar, gates)) continue;
      dateOf[rows] = date;
      codeOf[rows] = code;
      barOf[rows] = bar;
      rows += 1;
    }
    yield;
  }
  return { dateOf: dateOf.slice(0, rows), codeOf: codeOf.slice(0, rows), barOf: barOf.slice(0, rows) };
}

const barsOfTurnover = 20;

/** Whether a security trades enough at a high enough price: the rank's own gates of dealing. */
export const isDealtIn = ({ turnover, traded }: SignalBars, bar: number, gates: RankSettings): boolean =>
  bar + 1 >= barsOfTurnover &&
  (traded[bar] as number) >= gates.leastPrice &&
  medianOf(turnover, bar, barsOfTurnover) >= gates.leastTurnover;

/** Of each date, the key of the session that lies 21 sessions after it. */
function endsOf(dates: readonly LocalDate[], overrides: CalendarOverrides | undefined): number[] {
  const [first, latest] = [dates[0], dates.at(-1)];
  if (first === undefined || latest === undefined) return [];
  const beyond = addDays(latest, 2 * sessionsAhead);
  const sessions = tradingDays(first, beyond, overrides);
  let after = 0;
  return dates.map(date => {
    while (after < sessions.length && (sessions[after] as LocalDate) <= date) after += 1;
    return dayKey(sessions[after + sessionsAhead - 1] as LocalDate);
  });
}

/** The change from a bar to the last one up to a day; unknown for the day 0. */
function changeUntil({ days, close }: SignalBars, from: number, end: number): number {
  if (end === 0) return Number.NaN;
  let to = from;
  while (to + 1 < days.length && (days[to + 1] as number) <= end) to += 1;
  return (close[to] as number) / (close[from] as number) - 1;
}
