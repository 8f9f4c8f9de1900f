/**
 * What the trained model A says of the securities of one day: the probability that a security is higher 21 sessions on,
 * the return to expect, the class of both, and what each input added.
 *
 * A day's inputs are compared with each other, so they must be those of the same kind of securities that the model
 * learned from, all at once. The reasons are in log-odds and sum with the bias to the score before calibration.
 *
 * Troubles a user sees: too few securities to compare with, too many unknown inputs (a short history), a stored model
 * that learned from other inputs. The first two abstain.
 */
import { Failure } from '../../failure.ts';
import type { Code } from '../market/security.ts';
import { type Abstention, conviction, modelAClass, type SignalClass } from './classes.ts';
import { expectedReturn } from './learner/expected-return.ts';
import { reasonsAt, scoreAt } from './learner/forest.ts';
import { calibrated } from './learner/isotonic.ts';
import { prepared } from './learner/prepare.ts';
import { leastSecurities } from './learner/train.ts';
import type { Trained } from './learner/trained.ts';

/** The inputs of a day: rows by features, NaN where unknown. */
export type DayRows = {
  readonly features: readonly string[];
  readonly codes: readonly Code[];
  readonly values: Float64Array;
};

export type Reason = {
  readonly feature: string;
  /** As it was computed; undefined is unknown. */
  readonly value: number | undefined;
  /** As the trees saw it: standard deviations from the day's mean. */
  readonly standardised: number | undefined;
  readonly logOdds: number;
};

export type JudgedA = {
  readonly code: Code;
  readonly signal: SignalClass;
  /** 0 to 1, of a return above 0 over the next 21 sessions. */
  readonly probability: number;
  /** Over the next 21 sessions; 0.05 is 5%. */
  readonly expectedReturn: number;
  readonly conviction: number;
  /** Before calibration: the bias and the reasons. */
  readonly logOdds: number;
  readonly bias: number;
  /** The strongest first, whichever way it points. */
  readonly reasons: readonly Reason[];
};

export type VoteA = JudgedA | (Abstention & { readonly code: Code });

/** Of the inputs, so much must be known. */
const leastKnown = 0.75;

/** One vote for each code, in their order. */
export function modelA(trained: Trained, day: DayRows): VoteA[] {
  const { features } = trained.forest;
  if (features.join() !== day.features.join()) {
    throw new Failure('refused', 'The stored model learned from other inputs than this version computes', {
      hint: 'Train it anew: asxos signals run --train.',
    });
  }
  const { codes, values } = day;
  if (codes.length < leastSecurities) {
    const reason = `too few peers: it takes ${leastSecurities} securities to compare, and there are ${codes.length}`;
    return codes.map(code => ({ code, signal: undefined, reason }));
  }
  const width = features.length;
  const seen = prepared(values, width, Int32Array.of(0, codes.length), trained.bounds);
  return codes.map((code, row) => {
    const unknown = features.filter((_, feature) => !Number.isFinite(values[row * width + feature]));
    return unknown.length > (1 - leastKnown) * width
      ? { code, signal: undefined, reason: `too little history: ${unknown.join(', ')} unknown` }
      : judged(trained, code, values, seen, row * width);
  });
}

function judged(trained: Trained, code: Code, values: Float64Array, seen: Float64Array, start: number): JudgedA {
  const { forest, calibration, returns } = trained;
  const logOdds = scoreAt(forest, seen, start);
  const { bias, byFeature } = reasonsAt(forest, seen, start);
  const probability = calibrated(calibration, logOdds);
  const expected = expectedReturn(returns, probability);
  const reasons = forest.features.map((feature, index) => ({
    feature,
    value: known(values[start + index]),
    standardised: known(seen[start + index]),
    logOdds: byFeature[index] as number,
  }));
  return {
    code,
    signal: modelAClass(probability, expected),
    probability,
    expectedReturn: expected,
    conviction: conviction(probability),
    logOdds,
    bias,
    reasons: reasons.sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds)),
  };
}

const known = (value: number | undefined): number | undefined => (Number.isFinite(value) ? value : undefined);
