/**
 * What was said against what happened: each stored signal beside the return of the 21 sessions after its date.
 *
 * The bar of a date is that of the nearest session, at most a week away, the earlier of two as near. What happened is the
 * change of the adjusted close over the 21 sessions after that bar, as in the panel that the learner learns from: where a
 * security did not trade on the last one its close before stands. A signal is open while the 21 sessions are not over,
 * and cannot be judged without prices. Figures are against all that was said on the same dates; see `evaluation` for what
 * each is and what its interval is worth.
 */
import { compareText } from '../compare-text.ts';
import { addDays, daysBetween, type LocalDate } from '../date.ts';
import { sessionsBetween, tradingDays } from '../market/calendar.ts';
import type { Code } from '../market/security.ts';
import type { SignalClass } from './classes.ts';
import { type Evaluation, evaluation } from './evaluation/evaluation.ts';
import { startsOf } from './learner/prepare.ts';
import { sessionsAhead } from './panel.ts';

export type StoredSignal = {
  readonly asOf: LocalDate;
  readonly code: Code;
  /** Undefined where the model abstained. */
  readonly signal: SignalClass | undefined;
  /** A probability for model A; a score otherwise. */
  readonly score: number | undefined;
};

/** Adjusted closes by date, ascending. */
export type DatedCloses = { readonly dates: readonly LocalDate[]; readonly closes: readonly number[] };

export type Scorecard = {
  readonly said: number;
  readonly abstained: number;
  /** Their 21 sessions are not over. */
  readonly open: number;
  /** Without a price near the date. */
  readonly unpriced: number;
  readonly judged: number;
  readonly evaluation: Evaluation;
};

const farthestDays = 7;

export type ScorecardRules = {
  /** True for model A. */
  readonly isProbability: boolean;
  /** The last session of which closes are known. */
  readonly knownUntil: LocalDate;
  /** Of the random rankings that the ranking is held against. */
  readonly seed: number;
};

export function scorecard(
  signals: readonly StoredSignal[],
  closesOf: (code: Code) => DatedCloses | undefined,
  { isProbability, knownUntil, seed }: ScorecardRules,
): Scorecard {
  const rows: { readonly signal: StoredSignal; readonly score: number; readonly forward: number }[] = [];
  const counts = { abstained: 0, open: 0, unpriced: 0 };
  for (const signal of latestOfEach(signals)) {
    if (signal.signal === undefined || signal.score === undefined) {
      counts.abstained += 1;
      continue;
    }
    const forward = forwardReturn(closesOf(signal.code), signal.asOf, knownUntil);
    if (typeof forward === 'string') counts[forward] += 1;
    else rows.push({ signal, score: signal.score, forward });
  }
  rows.sort((a, b) => compareText(a.signal.asOf, b.signal.asOf) || compareText(a.signal.code, b.signal.code));
  const dates = [...new Set(rows.map(({ signal }) => signal.asOf))];
  const place = new Map(dates.map((date, index) => [date, index]));
  const score = Float64Array.from(rows, row => row.score);
  const judged = {
    dates,
    sessions: dates.map(date => sessionsBetween(dates[0] as LocalDate, date)),
    starts: startsOf(
      Int32Array.from(rows, ({ signal }) => place.get(signal.asOf) as number),
      dates.length,
    ),
    score,
    probability: isProbability ? score : score.map(() => Number.NaN),
    signal: rows.map(({ signal }) => signal.signal),
    forward: Float64Array.from(rows, row => row.forward),
  };
  const said = counts.abstained + counts.open + counts.unpriced + rows.length;
  return { said, ...counts, judged: rows.length, evaluation: evaluation(judged, seed) };
}

/** Of several signals of one security and date, as several versions of a model give, the last one. */
const latestOfEach = (signals: readonly StoredSignal[]): StoredSignal[] => [
  ...new Map(signals.map(signal => [`${signal.asOf} ${signal.code}`, signal])).values(),
];

/** The return of the 21 sessions after the bar nearest to a date, or why it is unknown. */
export function forwardReturn(
  series: DatedCloses | undefined,
  asOf: LocalDate,
  knownUntil: LocalDate,
): number | 'open' | 'unpriced' {
  if (series === undefined) return 'unpriced';
  const { dates, closes } = series;
  const found = dates.findIndex(date => date >= asOf);
  const after = found < 0 ? dates.length : found;
  const away = (index: number): number => {
    const date = dates[index];
    return date === undefined ? Number.POSITIVE_INFINITY : Math.abs(daysBetween(asOf, date));
  };
  const bar = away(after - 1) <= away(after) ? after - 1 : after;
  const [date, from] = [dates[bar], closes[bar]];
  if (date === undefined || from === undefined || away(bar) > farthestDays || !(from > 0)) return 'unpriced';
  const end = sessionsLater(date);
  if (end > knownUntil) return 'open';
  let last = bar;
  while (last + 1 < dates.length && (dates[last + 1] as LocalDate) <= end) last += 1;
  return (closes[last] as number) / from - 1;
}

/** The session that ends what a date foretells; there are more than 21 of them in 45 days of any calendar. */
const sessionsLater = (date: LocalDate): LocalDate =>
  tradingDays(addDays(date, 1), addDays(date, 45))[sessionsAhead - 1] as LocalDate;
