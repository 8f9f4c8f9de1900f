/**
 * Walk-forward by date: each fold is tested on dates after all those that it learned from.
 *
 * What a row says happened within the 21 sessions after its date. A date may teach a fold only where this was over before
 * the fold's first test date, and five sessions more (Lopez de Prado, "Advances in Financial Machine Learning", 2018,
 * chapter 7: purge and embargo). Rows are never split by security. What is learned from a fold's scores on its test
 * dates, such as the calibration of a later fold, obeys the same rule.
 */
import { sessionsAhead } from '../panel.ts';

const embargo = 5;
/** From a date that teaches to the first test date lie more sessions than these. */
const apart = sessionsAhead + embargo;

export type Fold = {
  /** The dates from the first up to this one, itself not included, teach. */
  readonly taughtTo: number;
  /** The test dates, the end not included. */
  readonly from: number;
  readonly to: number;
};

export type FoldRules = {
  /** Sessions that the first fold learns from, at least. */
  readonly leastTaught: number;
  /** Sessions that a fold is tested on. */
  readonly tested: number;
};

/** The number of leading dates that may teach what is tested from `first` on; `sessions` number the dates, ascending. */
export function taughtTo(sessions: readonly number[], first: number): number {
  const start = sessions[first] as number;
  const end = sessions.findIndex(session => session + apart >= start);
  return end < 0 ? first : Math.min(end, first);
}

/** The folds over the dates, whose numbers among the sessions of the market ascend; none where there are too few. */
export function walkForward(sessions: readonly number[], { leastTaught, tested }: FoldRules): Fold[] {
  const folds: Fold[] = [];
  const start = (sessions[0] ?? 0) + leastTaught + apart;
  let from = sessions.findIndex(session => session >= start);
  while (from >= 0 && from < sessions.length) {
    const end = (sessions[from] as number) + tested;
    const next = sessions.findIndex(session => session >= end);
    const to = next < 0 ? sessions.length : next;
    const taught = taughtTo(sessions, from);
    if (taught > 0) folds.push({ taughtTo: taught, from, to });
    from = next;
  }
  return folds;
}
