import { describe, expect, test } from 'vitest';
import { normalsFrom, randomFrom } from '../../../../src/domain/random.ts';
import { type BoostRules, boost, type Lesson } from '../../../../src/domain/signals/learner/boost.ts';
import {
  type Forest,
  probabilityOf,
  reasonsAt,
  scoreAt,
  scores,
} from '../../../../src/domain/signals/learner/forest.ts';
import { forestText } from '../../../../src/domain/signals/learner/forest-text.ts';

const rules: BoostRules = {
  trees: 1,
  depth: 6,
  shrinkage: 1,
  l2: 1,
  leastLeafWeight: 0,
  rowShare: 1,
  columnShare: 1,
  seed: 1,
};

const lesson = (rows: readonly (readonly number[])[], labels: readonly number[]): Lesson => {
  const width = rows[0]!.length;
  return {
    rows: { values: Float64Array.from(rows.flat()), width, count: rows.length },
    features: Array.from({ length: width }, (_, index) => `f${index}`),
    labels: Uint8Array.from(labels),
  };
};

/** Rows of which one in ten is unknown; the odds depend on the first two inputs together and on the third being unknown. */
function simulated(count: number, width: number, seed: number): Lesson {
  const random = randomFrom(seed);
  const normal = normalsFrom(random);
  const rows: number[][] = [];
  const labels: number[] = [];
  for (let row = 0; row < count; row += 1) {
    const values = Array.from({ length: width }, () => (random() < 0.1 ? Number.NaN : normal()));
    const [a = 0, b = 0, c = 0] = values;
    const odds = (a > 0 === b > 0 ? 1.5 : -1.5) + (Number.isNaN(c) ? 2 : 0);
    rows.push(values);
    labels.push(random() < probabilityOf(odds) ? 1 : 0);
  }
  return lesson(rows, labels);
}

const logLoss = (forest: Forest, { rows, labels }: Lesson): number => {
  const all = scores(forest, rows.values);
  return (
    all.reduce((sum, score, row) => sum + Math.log1p(Math.exp(labels[row] === 1 ? -score : score)), 0) / all.length
  );
};

describe('one tree, by hand', () => {
  // Four rows of each label: the base is 0, every row has the slope 0.5 or -0.5 and the bend 0.25.
  const labels = [0, 0, 0, 1, 0, 1, 1, 1];
  const line = lesson(
    labels.map((_, index) => [index]),
    labels,
  );

  test('the split with the greatest gain, and leaves of -G / (H + l2)', () => {
    const forest = boost(line, { ...rules, depth: 1 });
    expect(forest.base).toBe(0);
    // Below 2.5: G 1.5, H .75. Above: G -1.5, H 1.25. The gain is 2.25/1.75 + 2.25/2.25 = 2.285714; at 4.5 it is the
    // same from the other side, and the earlier one counts. In the middle it would be 1/2 + 1/2 = 1.
    expect([...forest.threshold]).toEqual([2.5, 0, 0]);
    expect(forest.gain[0]).toBeCloseTo(2.285_714, 6);
    expect(scoreAt(forest, Float64Array.of(2), 0)).toBeCloseTo(-1.5 / 1.75, 12);
    expect(scoreAt(forest, Float64Array.of(3), 0)).toBeCloseTo(1.5 / 2.25, 12);
    // The root: (-.857143 x .75 + .666667 x 1.25) / 2.
    expect(forest.value[0]).toBeCloseTo((-0.857_143 * 0.75 + 0.666_667 * 1.25) / 2, 6);
  });

  test('shrinkage takes a part of the step', () => {
    const forest = boost(line, { ...rules, depth: 1, shrinkage: 0.1 });
    expect(scoreAt(forest, Float64Array.of(2), 0)).toBeCloseTo(-0.15 / 1.75, 12);
  });

  test('no leaf weighs less than the least', () => {
    const forest = boost(line, { ...rules, depth: 1, leastLeafWeight: 1 });
    expect([...forest.threshold]).toEqual([3.5, 0, 0]);
    expect(boost(line, { ...rules, leastLeafWeight: 1.01 }).feature).toEqual(Int16Array.of(-1));
  });

  test('the base is that of the labels, and labels of one kind have no infinite odds', () => {
    expect(boost(lesson([[1], [1], [1], [1]], [1, 1, 1, 0]), rules).base).toBeCloseTo(Math.log(3.5 / 1.5), 12);
    const sure = boost(lesson([[1], [2]], [1, 1]), rules);
    expect(sure.base).toBeCloseTo(Math.log(5), 12);
    expect(scoreAt(sure, Float64Array.of(1), 0)).toBeGreaterThan(sure.base);
  });

  test('what is unknown goes where it helps, or with the heavier side where none was', () => {
    const withUnknown = lesson([[1], [2], [3], [4], [Number.NaN], [Number.NaN]], [0, 0, 1, 1, 1, 1]);
    const forest = boost(withUnknown, { ...rules, depth: 1 });
    expect([forest.threshold[0], forest.unknownLeft[0]]).toEqual([2.5, 0]);
    const turned = boost(lesson([[1], [2], [3], [4], [Number.NaN], [Number.NaN]], [1, 1, 0, 0, 1, 1]), {
      ...rules,
      depth: 1,
    });
    expect(turned.unknownLeft[0]).toBe(1);
    // Below 2.5 are three of eight rows.
    expect(boost(line, { ...rules, depth: 1 }).unknownLeft[0]).toBe(0);
  });
});

describe('many trees', () => {
  const many = { ...rules, trees: 40, depth: 4, shrinkage: 0.3, leastLeafWeight: 2 };
  const taught = simulated(3000, 6, 1);
  const forest = boost(taught, many);

  test('learn what two inputs say together and what is unknown says, and hold for rows that they never saw', () => {
    const unseen = simulated(3000, 6, 2);
    const base = logLoss({ ...forest, roots: new Int32Array(0) }, unseen);
    expect(base).toBeGreaterThan(0.65);
    // The true odds have a loss of 0.50 on these rows; what is there to learn is learned for the most part.
    expect(logLoss(forest, unseen)).toBeLessThan(0.56);
  });

  test('reasons and bias sum to the score to 1e-9', () => {
    const { values, width, count } = simulated(500, 6, 3).rows;
    for (let row = 0; row < count; row += 1) {
      const { bias, byFeature } = reasonsAt(forest, values, row * width);
      const sum = byFeature.reduce((total, each) => total + each, bias);
      expect(Math.abs(sum - scoreAt(forest, values, row * width))).toBeLessThan(1e-9);
    }
  });

  test('an input that no tree looks at is no reason', () => {
    const { byFeature } = reasonsAt(boost(taught, { ...many, trees: 1, depth: 1 }), taught.rows.values, 0);
    expect(byFeature.filter(each => each !== 0)).toHaveLength(1);
  });

  test('no tree is deeper than it may be', () => {
    const depths = (node: number): number =>
      forest.feature[node]! < 0 ? 0 : 1 + Math.max(depths(node + 1), depths(forest.right[node]!));
    expect(Math.max(...[...forest.roots].map(depths))).toBe(4);
  });

  test('the same seed gives the same trees bit for bit, another seed others', () => {
    const drawn = { ...many, trees: 10, rowShare: 0.6, columnShare: 0.5 };
    const text = forestText(boost(taught, drawn));
    expect(forestText(boost(simulated(3000, 6, 1), drawn))).toBe(text);
    expect(forestText(boost(taught, { ...drawn, seed: 2 }))).not.toBe(text);
  });

  test('log-odds that are given are not learned again', () => {
    const { rows, labels } = taught;
    const given = Float64Array.from(labels, label => (label === 1 ? 6 : -6));
    const nothing = boost({ ...taught, given }, { ...many, leastLeafWeight: 20 });
    expect(Math.max(...scores(nothing, rows.values).map(score => Math.abs(score - nothing.base)))).toBeLessThan(0.1);
  });
});
