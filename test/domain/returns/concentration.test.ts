import { describe, expect, test } from 'vitest';
import { concentration } from '../../../src/domain/returns/concentration.ts';
import { on } from '../../support/ledger.ts';
import { held } from './holdings-worth.ts';

const asOf = on('2026-03-03');
const of = (...rows: readonly string[]) => {
  const { herfindahl, top1Pct, top5Pct } = concentration(held(...rows), asOf);
  return [herfindahl.value, top1Pct.value, top5Pct.value];
};

describe('concentration', () => {
  test('50, 30 and 20: 0.25 + 0.09 + 0.04, 50% and all of it', () => {
    const [herfindahl, top1, top5] = of('BHP 5000', 'CBA 3000', 'CSL 2000');
    expect(herfindahl).toBeCloseTo(0.38, 12);
    expect([top1, top5]).toEqual([50, 100]);
  });

  test('n equal holdings have 1/n, one has 1', () => {
    expect(of('AAA 10', 'BBB 10', 'CCC 10', 'DDD 10')[0]).toBeCloseTo(0.25, 12);
    expect(of('AAA 0.01')).toEqual([1, 100, 100]);
  });

  test('the five largest of eight', () => {
    expect(of('AAA 30', 'BBB 20', 'CCC 10', 'DDD 10', 'EEE 10', 'FFF 10', 'GGG 5', 'HHH 5')[2]).toBeCloseTo(80, 12);
  });

  test('the largest wherever it stands', () => {
    expect(of('AAA 10', 'BBB 60', 'CCC 5', 'DDD 5', 'EEE 5', 'FFF 5', 'GGG 10')).toEqual([
      expect.closeTo(0.39, 12),
      60,
      expect.closeTo(90, 12),
    ]);
  });

  test('a holding without a price is left out and not counted', () => {
    const { herfindahl } = concentration(held('BHP 50', 'CBA 50', 'XYZ ?'), asOf);
    expect(herfindahl).toEqual({ value: 0.5, reason: undefined, from: asOf, to: asOf, observations: 2 });
  });

  test.each([
    [[], 'no security is held'],
    [['BHP ?', 'CBA ?'], 'no security that is held has a price'],
    [['BHP 0'], 'what is held is worth nothing'],
  ])('%j: %s', (rows, reason) => {
    const { herfindahl, top1Pct, top5Pct } = concentration(held(...rows), asOf);
    for (const figure of [herfindahl, top1Pct, top5Pct]) expect(figure).toMatchObject({ value: undefined, reason });
  });
});
