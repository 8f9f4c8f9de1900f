/** All that model A needs to judge a day: the bounds of its inputs, its trees, and what their scores mean. */
import { hash } from '../../random.ts';
import type { ReturnTable } from './expected-return.ts';
import type { Forest } from './forest.ts';
import { forestText, parseForest } from './forest-text.ts';
import type { Calibration } from './isotonic.ts';
import type { Bounds } from './prepare.ts';

export type Trained = {
  readonly bounds: Bounds;
  readonly forest: Forest;
  readonly calibration: Calibration;
  readonly returns: ReturnTable;
};

/** JSON has no NaN, which a bound is where no training row knew the input. */
const known = (numbers: Float64Array): (number | null)[] =>
  Array.from(numbers, number => (Number.isNaN(number) ? null : number));

const bound = (stored: readonly (number | null)[]): Float64Array =>
  Float64Array.from(stored, number => number ?? Number.NaN);

export const trainedText = ({ bounds, forest, calibration, returns }: Trained): string =>
  JSON.stringify({
    low: known(bounds.low),
    high: known(bounds.high),
    forest: forestText(forest),
    calibration,
    returns,
  });

/** Of a text that `trainedText` made: the same numbers, bit for bit. */
export function parseTrained(text: string): Trained {
  const stored = JSON.parse(text);
  return {
    bounds: { low: bound(stored.low), high: bound(stored.high) },
    forest: parseForest(stored.forest),
    calibration: stored.calibration,
    returns: stored.returns,
  };
}

/** A short name of what was learned: the same for the same trees and tables, on every machine. */
export function modelVersion(trained: Trained): string {
  const text = trainedText(trained);
  const digits = (prefix: string): string =>
    hash(prefix + text)
      .toString(16)
      .padStart(8, '0');
  return `a-${digits('')}${digits('second').slice(0, 4)}`;
}
