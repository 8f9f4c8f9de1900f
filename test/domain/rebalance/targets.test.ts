import { describe, expect, test } from 'vitest';
import { decimal, money, plain } from '../../../src/domain/decimal.ts';
import { brokerageOf } from '../../../src/domain/rebalance/costs.ts';
import { parseTargets, targetsWith, targetText } from '../../../src/domain/rebalance/targets.ts';
import { netGain } from '../../../src/domain/rebalance/taxable.ts';

const read = (...words: string[]): string[] =>
  parseTargets(words).map(
    each => `${targetText(each)} ${plain(each.weightPct)} ${each.bandPct === undefined ? '-' : plain(each.bandPct)}`,
  );

describe('targets as they are written', () => {
  test('with an equals sign, a band and a sector', () => {
    expect(read('cba=10', 'VAS.AX=40~3', 'sector:materials=20')).toEqual([
      'CBA 10 -',
      'VAS 40 3',
      'sector Materials 20 -',
    ]);
  });
  test('as words', () => {
    expect(read('CBA', '10', 'sector', 'Health', 'Care', '25%')).toEqual(['CBA 10 -', 'sector Health Care 25 -']);
    expect(read('sector Real Estate', '5~1')).toEqual(['sector Real Estate 5 1']);
  });
  test.each([
    [['CBA'], '"CBA" has no weight'],
    [['CBA=-1'], 'The weight of CBA is "-1"'],
    [['CBA=101'], 'not a percentage from 0 to 100'],
    [['CBA=ten'], 'The weight of CBA is "ten"'],
    [['CBA=1~x'], 'The band is "x"'],
    [['CBA=1', 'cba=2'], 'The target of CBA is given twice'],
    [['sector:Mining=1'], 'There is no GICS sector "Mining"'],
    [['C=1'], '"C" is not an ASX code'],
  ])('%j is refused', (words, message) => {
    expect(() => parseTargets(words)).toThrow(message);
  });
  test('more than 100% in sum is refused with the sum', () => {
    const before = parseTargets(['CBA=60', 'VAS=40']);
    expect(() => targetsWith(before, parseTargets(['BHP=0.5']))).toThrow('sum to 100.5%, which is over 100%');
    expect(targetsWith(before, parseTargets(['CBA=50', 'BHP=10'])).map(targetText)).toEqual(['BHP', 'CBA', 'VAS']);
  });
});

test.each([
  ['1000', '9.95'],
  ['9950', '9.95'],
  ['9950.01', '9.96'],
  ['25000', '25'],
])('brokerage of a trade of %s at 9.95 or 0.1%%: %s', (value, fee) => {
  expect(plain(brokerageOf({ flat: money('9.95'), pct: decimal('0.1') }, money(value)))).toBe(fee);
});

test.each([
  // other, discount, losses -> net of an individual
  ['100', '200', '0', '200'],
  ['100', '200', '40', '160'],
  ['100', '200', '150', '75'],
  ['100', '200', '400', '0'],
])('gains of %s and, with the discount, %s less losses of %s: %s', (other, discount, losses, net) => {
  const gains = { other: money(other), discount: money(discount), losses: money(losses) };
  expect(plain(netGain(gains, decimal('0.5')))).toBe(net);
});
