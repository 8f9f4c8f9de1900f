import { describe, expect, test } from 'vitest';
import { addDays, type LocalDate } from '../../../../src/domain/date.ts';
import { tradingDays } from '../../../../src/domain/market/calendar.ts';
import { randomFrom } from '../../../../src/domain/random.ts';
import { shuffle } from '../../../../src/domain/signals/evaluation/edge.ts';
import { rankCorrelation, rocAuc } from '../../../../src/domain/signals/evaluation/ranking.ts';
import { scores } from '../../../../src/domain/signals/learner/forest.ts';
import { prepared, startsOf } from '../../../../src/domain/signals/learner/prepare.ts';
import { type Training, train, trainRules } from '../../../../src/domain/signals/learner/train.ts';
import { modelVersion, parseTrained, trainedText } from '../../../../src/domain/signals/learner/trained.ts';
import type { Panel } from '../../../../src/domain/signals/panel.ts';
import { simulatedPanel } from '../simulated-panel.ts';

const rules = { ...trainRules, trees: 25, shrinkage: 0.1 };
const small = { securities: 40, years: 4, features: 4 };

function trained(panel: Panel): Training {
  const outcome = train(panel, rules);
  if ('missing' in outcome) throw new Error(outcome.missing.join());
  return outcome.training;
}

/** What happened is dealt anew to the securities of each date. */
function permuted(panel: Panel, seed: number): Panel {
  const random = randomFrom(seed);
  const forward = panel.forward.slice();
  const starts = startsOf(panel.dateOf, panel.dates.length);
  for (const date of panel.dates.keys()) shuffle(forward.subarray(starts[date], starts[date + 1]), random);
  return { ...panel, forward };
}

/** The mean figures over all dates of a panel that the model has not seen. */
function worth({ trained: { bounds, forest } }: Training, panel: Panel): { rankIc: number; auc: number } {
  const starts = startsOf(panel.dateOf, panel.dates.length);
  const score = scores(forest, prepared(panel.values, panel.features.length, starts, bounds));
  const over = (measure: typeof rocAuc): number => {
    const figures = panel.dates.flatMap((_, date) => {
      const forward = panel.forward.subarray(starts[date], starts[date + 1]);
      return forward.includes(Number.NaN)
        ? []
        : (measure(score.subarray(starts[date], starts[date + 1]), forward) ?? []);
    });
    return figures.reduce((sum, each) => sum + each, 0) / figures.length;
  };
  return { rankIc: over(rankCorrelation), auc: over(rocAuc) };
}

describe('what is there to learn', () => {
  const panel = simulatedPanel({ ...small, seed: 1, edge: 0.4 });
  const training = trained(panel);

  test('is found, and the score is right within its interval', () => {
    const { ranking } = training.evaluation;
    expect(ranking.isEdgeShown).toBe(true);
    // What the model's ranking is truly worth: on 12 other years of the same market.
    const truth = worth(training, simulatedPanel({ ...small, seed: 99, edge: 0.4, years: 12 }));
    expect(ranking.rankIc.low).toBeLessThan(truth.rankIc);
    expect(ranking.rankIc.high).toBeGreaterThan(truth.rankIc);
    expect(ranking.auc.low).toBeLessThan(truth.auc);
    expect(ranking.auc.high).toBeGreaterThan(truth.auc);
    expect(ranking.rankIc.blocks).toBeGreaterThan(25);
    // One that knew the edge of .4 own deviations beside sectors of 5 to 16 would reach a correlation of
    // .4 / sqrt(1.16 + (5/16)²), and Spearman's is 6 / pi x asin(half of it).
    const most = (6 / Math.PI) * Math.asin(0.4 / Math.sqrt(1.16 + (5 / 16) ** 2) / 2);
    expect(truth.rankIc).toBeLessThan(most);
    expect(truth.rankIc).toBeGreaterThan(0.85 * most);
  });

  test('the input that tells is the important one', () => {
    const [first, second] = training.importance;
    expect(first?.feature).toBe('input_0');
    expect(first?.gainShare).toBeGreaterThan(0.5);
    expect(first?.aucLoss).toBeGreaterThan(0.08);
    expect(second?.aucLoss).toBeLessThan(0.01);
    expect(training.importance.reduce((sum, each) => sum + each.gainShare, 0)).toBeCloseTo(1, 9);
  });

  test('higher probabilities rise more often and more', () => {
    const { probability, expected, row } = training.heldOut;
    const said = [...row.keys()]
      .filter(index => !Number.isNaN(probability[index]))
      .sort((a, b) => probability[a]! - probability[b]!);
    const third = Math.floor(said.length / 3);
    const rose = (indexes: number[]): number =>
      indexes.filter(index => panel.forward[row[index]!]! > 0).length / indexes.length;
    expect(rose(said.slice(-third)) - rose(said.slice(0, third))).toBeGreaterThan(0.15);
    expect(expected[said.at(-1)!]).toBeGreaterThan(expected[said[0]!]!);
    expect(training.evaluation.classes.find(each => each.signal === 'BUY')?.excess?.value).toBeGreaterThan(0.05);
  });

  test('says what it learned from', () => {
    const through = panel.dates[panel.dateOf[panel.forward.findLastIndex(change => !Number.isNaN(change))]!];
    expect(training).toMatchObject({ from: panel.dates[0], through, securities: 40, folds: 12 });
    expect(training.rows).toBe(panel.forward.filter(change => !Number.isNaN(change)).length);
    expect(training.through < panel.dates.at(-1)!).toBe(true);
  });

  test('the same seed gives the same model bit for bit, and it comes back from its text', () => {
    const text = trainedText(training.trained);
    expect(trainedText(trained(simulatedPanel({ ...small, seed: 1, edge: 0.4 })).trained)).toBe(text);
    expect(parseTrained(text)).toEqual(training.trained);
    expect(modelVersion(parseTrained(text))).toBe(modelVersion(training.trained));
    expect(modelVersion(training.trained)).toMatch(/^a-[0-9a-f]{12}$/);
    const other = train(panel, { ...rules, seed: 2 });
    expect('training' in other && modelVersion(other.training.trained)).not.toBe(modelVersion(training.trained));
  });

  test('what is said of a date knows nothing of what came after, nor of what overlaps it', () => {
    for (const cut of [70, 95, 120]) {
      // From the cut on everything is noise, and so is what was still to happen at the cut.
      const random = randomFrom(cut);
      const isAfter = (row: number): boolean => panel.dateOf[row]! >= cut;
      const changed: Panel = {
        ...panel,
        values: panel.values.map((value, at) => (isAfter(Math.floor(at / 4)) ? random() : value)),
        forward: panel.forward.map((change, row) => (panel.dateOf[row]! + 21 / 7 >= cut ? random() - 0.5 : change)),
      };
      const [before, after] = [training.heldOut, trained(changed).heldOut];
      const until = before.row.findIndex(isAfter);
      expect(until).toBeGreaterThan(100);
      for (const column of ['row', 'score', 'probability', 'expected'] as const)
        expect(after[column].subarray(0, until)).toEqual(before[column].subarray(0, until));
    }
  });
});

test('what is dealt anew within dates shows no edge', () => {
  const panel = simulatedPanel({ ...small, seed: 2, edge: 0.4 });
  const shown = [1, 2, 3, 4, 5, 6].filter(seed => trained(permuted(panel, seed)).evaluation.ranking.isEdgeShown);
  expect(shown).toEqual([]);
});

describe('too little history', () => {
  const missing = (panel: Panel): readonly string[] => {
    const outcome = train(panel, rules);
    return 'missing' in outcome ? outcome.missing : [];
  };

  test('says what is missing', () => {
    expect(missing(simulatedPanel({ ...small, seed: 1, edge: 0, securities: 29 }))).toEqual([
      '30 securities with prices to learn from; there are 29',
    ]);
    expect(missing(simulatedPanel({ ...small, seed: 1, edge: 0, years: 1.9 }))).toEqual([
      'two years of prices to learn from; there are those from 2020-01-02 to 2021-11-24',
    ]);
  });

  test('an empty panel has nothing', () => {
    const none = new Int32Array();
    const empty: Panel = {
      features: [],
      dates: [] as LocalDate[],
      codes: [],
      rows: 0,
      values: new Float64Array(),
      dateOf: none,
      codeOf: none,
      forward: new Float64Array(),
    };
    expect(missing(empty)).toEqual([
      '30 securities with prices to learn from; there are 0',
      'two years of prices; there are none',
    ]);
  });

  test('dates before the first row are no history', () => {
    const panel = simulatedPanel({ ...small, seed: 1, edge: 0.4, years: 1.9 });
    const older = tradingDays(addDays(panel.dates[0]!, -200), addDays(panel.dates[0]!, -1));
    const later = panel.dateOf.map(date => date + older.length);
    expect(missing({ ...panel, dates: [...older, ...panel.dates], dateOf: later })).toEqual([
      'two years of prices to learn from; there are those from 2020-01-02 to 2021-11-24',
    ]);
    const whole = simulatedPanel({ ...small, seed: 1, edge: 0.4, years: 2.5 });
    const shifted = {
      ...whole,
      dates: [...older, ...whole.dates],
      dateOf: whole.dateOf.map(date => date + older.length),
    };
    expect(trained(shifted)).toEqual(trained(whole));
  });

  test('just over two years are enough for a model', () => {
    const { evaluation, folds } = trained(simulatedPanel({ ...small, seed: 1, edge: 0.4, years: 2.05 }));
    expect(folds).toBe(4);
    // Its scores are ranked, and what they mean is known too late for a probability to be judged by.
    expect(evaluation.ranking.rankIc.blocks).toBe(11);
    expect(evaluation.brier?.count).toBeLessThan(500);
  });
});
