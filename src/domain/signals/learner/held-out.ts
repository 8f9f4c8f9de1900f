/**
 * Scores of rows by trees that had not seen them, and what such scores turned out to mean: the probability of a rise and
 * the return to expect.
 */
import type { LocalDate } from '../../date.ts';
import { modelAClass, type SignalClass } from '../classes.ts';
import type { Judged } from '../evaluation/judged.ts';
import type { Panel } from '../panel.ts';
import { expectedReturn, type ReturnTable, returnTable } from './expected-return.ts';
import { type Calibration, calibrated, calibration } from './isotonic.ts';
import { startsOf } from './prepare.ts';

/** What was said of the panel's rows by trees that had not seen them; a row that has none of a number has NaN. */
export type HeldOut = {
  /** The rows of the panel, ascending. */
  readonly row: Int32Array;
  readonly score: Float64Array;
  readonly probability: Float64Array;
  readonly expected: Float64Array;
};

export type Meaning = { readonly calibration: Calibration; readonly returns: ReturnTable };

/** What scores of rows before `end` turned out to mean; undefined where they are of too few sessions. */
export function meaning(
  { forward, dateOf }: Panel,
  { row, score }: HeldOut,
  end: number,
  leastSessions: number,
  sessions: readonly number[],
): Meaning | undefined {
  const after = row.findIndex(each => each >= end);
  const count = after < 0 ? row.length : after;
  const sessionOf = (index: number): number => sessions[dateOf[row[index] as number] as number] as number;
  if (count === 0 || sessionOf(count - 1) - sessionOf(0) < leastSessions) return undefined;
  const returns = Float64Array.from(row.subarray(0, count), each => forward[each] as number);
  const labels = Uint8Array.from(returns, change => (change > 0 ? 1 : 0));
  const table = calibration(score.slice(0, count), labels);
  const probabilities = score.slice(0, count).map(each => calibrated(table, each));
  return { calibration: table, returns: returnTable(probabilities, returns) };
}

/** Scores with what they mean, where that is known. */
export function told(row: Int32Array, score: Float64Array, means: Meaning | undefined): HeldOut {
  const unknown = (): Float64Array => new Float64Array(score.length).fill(Number.NaN);
  if (means === undefined) return { row, score, probability: unknown(), expected: unknown() };
  const probability = score.map(each => calibrated(means.calibration, each));
  return { row, score, probability, expected: probability.map(each => expectedReturn(means.returns, each)) };
}

export function joined(parts: readonly HeldOut[]): HeldOut {
  const numbers = (of: (part: HeldOut) => Float64Array): Float64Array =>
    Float64Array.from(parts.flatMap(part => [...of(part)]));
  return {
    row: Int32Array.from(parts.flatMap(part => [...part.row])),
    score: numbers(part => part.score),
    probability: numbers(part => part.probability),
    expected: numbers(part => part.expected),
  };
}

/** The held-out rows beside what happened. */
export function judgedOf({ dates, dateOf, forward }: Panel, sessions: readonly number[], heldOut: HeldOut): Judged {
  const tested = [...new Set(heldOut.row.map(row => dateOf[row] as number))];
  const place = new Map(tested.map((date, index) => [date, index]));
  const placeOf = heldOut.row.map(row => place.get(dateOf[row] as number) as number);
  const classOf = (probability: number, index: number): SignalClass | undefined =>
    Number.isNaN(probability) ? undefined : modelAClass(probability, heldOut.expected[index] as number);
  return {
    dates: tested.map(date => dates[date] as LocalDate),
    sessions: tested.map(date => sessions[date] as number),
    starts: startsOf(placeOf, tested.length),
    score: heldOut.score,
    probability: heldOut.probability,
    signal: Array.from(heldOut.probability, classOf),
    forward: Float64Array.from(heldOut.row, row => forward[row] as number),
  };
}
