import { describe, expect, test } from 'vitest';
import type { Code } from '../../../src/domain/market/security.ts';
import { conviction, modelAClass } from '../../../src/domain/signals/classes.ts';
import { train, trainRules } from '../../../src/domain/signals/learner/train.ts';
import { type DayRows, type JudgedA, modelA } from '../../../src/domain/signals/model-a.ts';
import { simulatedPanel } from './simulated-panel.ts';

const panel = simulatedPanel({ seed: 5, edge: 0.4, securities: 40, years: 3.2, features: 4, unknown: 0 });
const outcome = train(panel, { ...trainRules, trees: 30, shrinkage: 0.1 });
if ('missing' in outcome) throw new Error(outcome.missing.join());
const { trained } = outcome.training;

/** The last date of the panel, whose future is unknown. */
const today: DayRows = { features: panel.features, codes: panel.codes, values: panel.values.slice(-40 * 4) };

const changed = (change: (values: Float64Array) => void): DayRows => {
  const values = today.values.slice();
  change(values);
  return { ...today, values };
};

const judged = (day: DayRows): JudgedA[] =>
  modelA(trained, day).map(vote => {
    if (vote.signal === undefined) throw new Error(vote.reason);
    return vote;
  });

describe('a vote', () => {
  test('has a probability, the return to expect, and the class of both', () => {
    const votes = judged(today);
    expect(votes.map(vote => vote.code)).toEqual(panel.codes);
    for (const { signal, probability, expectedReturn, conviction: sure } of votes) {
      expect(probability).toBeGreaterThanOrEqual(0);
      expect(probability).toBeLessThanOrEqual(1);
      expect(signal).toBe(modelAClass(probability, expectedReturn));
      expect(sure).toBe(conviction(probability));
    }
    const byScore = votes.toSorted((a, b) => a.logOdds - b.logOdds);
    for (const [index, { probability, expectedReturn }] of byScore.entries()) {
      expect(probability).toBeGreaterThanOrEqual(byScore[index - 1]?.probability ?? 0);
      expect(expectedReturn).toBeGreaterThanOrEqual(byScore[index - 1]?.expectedReturn ?? -1);
    }
    expect(new Set(votes.map(vote => vote.signal)).size).toBeGreaterThan(1);
  });

  test('has reasons that sum with the bias to its log-odds to 1e-9, the strongest first', () => {
    for (const { bias, reasons, logOdds } of judged(today)) {
      expect(Math.abs(reasons.reduce((sum, reason) => sum + reason.logOdds, bias) - logOdds)).toBeLessThan(1e-9);
      expect(reasons.map(reason => Math.abs(reason.logOdds))).toEqual(
        reasons.map(reason => Math.abs(reason.logOdds)).sort((a, b) => b - a),
      );
      expect(reasons.map(reason => reason.feature).sort()).toEqual(panel.features);
    }
  });

  test('names each input as it was computed and as the trees saw it', () => {
    const [vote] = judged(changed(values => values.set([Number.NaN], 1)));
    const unknown = vote?.reasons.find(reason => reason.feature === 'input_1');
    expect(unknown).toMatchObject({ value: undefined, standardised: undefined });
    const known = vote?.reasons.find(reason => reason.feature === 'input_0');
    expect(known?.value).toBe(today.values[0]);
    expect(known?.standardised).not.toBe(known?.value);
  });

  test('is the same for inputs that are all larger: a day is only compared with itself', () => {
    const shifted = judged(
      changed(values => values.set(values.map((value, at) => (at % 4 === 0 ? value * 0.5 + 0.01 : value)))),
    );
    expect(shifted.map(vote => vote.signal)).toEqual(judged(today).map(vote => vote.signal));
  });

  test('follows the input that tells', () => {
    const [first] = judged(today);
    const high = judged(changed(values => values.set([2.2], 0)))[0];
    const low = judged(changed(values => values.set([-2.2], 0)))[0];
    expect(high?.probability).toBeGreaterThan(low?.probability ?? 1);
    expect(high?.code).toBe(first?.code);
  });
});

describe('abstains', () => {
  test('where too much of a history is unknown, and names it; the others vote on', () => {
    const [short, ...others] = modelA(
      trained,
      changed(values => values.fill(Number.NaN, 0, 2)),
    );
    expect(short).toEqual({ code: 'S000', signal: undefined, reason: 'too little history: input_0, input_1 unknown' });
    expect(others.every(vote => vote.signal !== undefined)).toBe(true);
  });

  test('where there are too few to compare with', () => {
    const few = { ...today, codes: panel.codes.slice(0, 29), values: today.values.slice(0, 29 * 4) };
    const reason = 'too few peers: it takes 30 securities to compare, and there are 29';
    expect(modelA(trained, few)).toEqual(few.codes.map(code => ({ code, signal: undefined, reason })));
    expect(modelA(trained, { ...today, codes: [] as Code[], values: new Float64Array() })).toEqual([]);
  });

  test('never says what is no number, whatever the inputs', () => {
    const wild = changed(values => values.set([Number.POSITIVE_INFINITY, 1e300, -1e300, 0, Number.NEGATIVE_INFINITY]));
    for (const vote of modelA(trained, wild)) {
      if (vote.signal === undefined) continue;
      expect([vote.probability, vote.expectedReturn, vote.logOdds, vote.bias].every(Number.isFinite)).toBe(true);
    }
  });
});

test('a model that learned from other inputs is refused', () => {
  expect(() => modelA(trained, { ...today, features: ['rsi_14', 'input_1', 'input_2', 'input_3'] })).toThrow(
    'The stored model learned from other inputs than this version computes',
  );
});
