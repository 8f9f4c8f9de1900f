import { describe, expect, test } from 'vitest';
import { decimal, plain } from '../../../src/domain/decimal.ts';
import { evaluate, type Value } from '../../../src/domain/explain/formula.ts';

const inputs = new Map<string, Value>([
  ['units', decimal('250')],
  ['price', decimal('45.965')],
  ['cost', decimal('10575')],
  ['nothing', decimal('0')],
  ['missing', undefined],
  ['rate', 0.05],
  ['parcels', [decimal('4230.10'), decimal('6344.90')]],
  ['partly', [decimal('1'), undefined, decimal('2')]],
  ['returns', [0.01, -0.02, 0.03]],
  ['flows', [decimal('-1000'), decimal('1100')]],
  ['yearApart', [0, 365]],
  ['halfApart', [100, 282]],
]);
const text = (formula: string): string | number | undefined => {
  const value = evaluate(formula, inputs);
  if (Array.isArray(value)) throw new Error('a list');
  return value === undefined || typeof value === 'number' ? value : plain(value as ReturnType<typeof decimal>);
};

test.each([
  ['1 + 2 * 3', '7'],
  ['(1 + 2) * 3', '9'],
  ['10 - 3 - 2', '5'],
  ['2 * -3', '-6'],
  ['0.1 + 0.2', '0.3'],
  ['units * price', '11491.25'],
  ['round(units * price, 1)', '11491.3'],
  ['round(-0.125, 2)', '-0.13'],
  ['roundUp(0.1201, 2)', '0.13'],
  ['roundUp(units * price, 2)', '11491.25'],
  // A cent that does not divide goes to the largest remainder: 2/3 of a cent before 1/3.
  ['allocated(0.01, parcels, 1)', '0'],
  ['allocated(0.01, parcels, 2)', '0.01'],
  ['units * price - cost', '916.25'],
  ['sum(parcels)', '10575'],
  ['sum(parcels, 25)', '10600'],
  ['min(parcels)', '4230.1'],
  ['max(parcels, 7000)', '7000'],
  ['sum(parcels * 2)', '21150'],
  ['sum(known(partly))', '3'],
  ['abs(cost - units * price)', '916.25'],
  ['product(partly + 0 * 1 - partly + 2)', undefined],
])('%s is %s, exactly', (formula, expected) => {
  expect(text(formula)).toBe(expected);
});

test.each([
  ['count(parcels)', 2],
  ['2 ^ 3 ^ 2', 512],
  ['percent(1, 8)', 12.5],
  ['percent(cost, nothing)', undefined],
  ['sqrt(252)', Math.sqrt(252)],
  ['sqrt(-1)', undefined],
  ['mean(returns)', 0.02 / 3],
  ['product(1 + returns) - 1', 1.01 * 0.98 * 1.03 - 1],
  // Deviations from 0.02 / 3: the sum of squares is 0.0014 - 3 x (0.02 / 3)^2, divided by 2.
  ['stdev(returns)', Math.sqrt((0.0014 - 3 * (0.02 / 3) ** 2) / 2)],
  ['stdev(rate)', undefined],
  ['round(rate / 7, 4)', 0.0071],
  ['mean(shortfall(returns) ^ 2)', 0.0004 / 3],
  // Sums of squares again: a sample's covariance with itself is its variance.
  ['covariance(returns, returns)', (0.0014 - 3 * (0.02 / 3) ** 2) / 2],
  ['covariance(returns, returns * -2)', -(0.0014 - 3 * (0.02 / 3) ** 2)],
  ['covariance(rate, rate)', undefined],
  // 1,000 in and 1,100 back a year later is 10%; half a year later it is the 10% of that half year.
  ['xirr(flows, yearApart)', 10],
  ['xirr(flows, halfApart)', 10],
  ['xirr(partly, returns)', undefined],
  ['(1 + rate) ^ 2', 1.05 ** 2],
])('%s is the float %s', (formula, expected) => {
  const found = text(formula);
  if (expected === undefined) expect(found).toBeUndefined();
  else expect(found).toBeCloseTo(expected, 12);
});

test.each([
  'missing + 1',
  'sum(partly)',
  'round(missing, 2)',
  '1 / nothing',
  'rate / nothing',
  'percent(missing, cost)',
])('%s is unknown, not zero', formula => {
  expect(text(formula)).toBeUndefined();
});

describe('a formula that is a mistake', () => {
  test.each(['1 +', '(1', '1 2', 'sum(1', '$a', 'unknownName', 'shout(1)', '1 ** 2', ''])(
    '"%s" is an error',
    formula => {
      expect(() => text(formula)).toThrow(/formula/);
    },
  );
});
