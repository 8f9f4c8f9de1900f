import { describe, expect, it } from 'vitest';
import { decimal, plain, price, units } from '../../../src/domain/decimal.ts';
import { scaledUnits } from '../../../src/domain/returns/cents.ts';
import { closesOf, dayKey } from '../../../src/domain/returns/closes.ts';
import { restatement, valuer } from '../../../src/domain/returns/day-valuation.ts';
import { on } from '../../support/ledger.ts';

const days = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06'].map(on);
const split = (day: string, newPerOld: string) => ({ on: on(day), newPerOld: decimal(newPerOld) });
const priced = {
  closes: closesOf([
    { date: on('2026-03-02'), close: price('10') },
    { date: on('2026-03-05'), close: price('4.995') },
  ]),
  // In no order.
  splits: [split('2026-03-06', '0.5'), split('2026-03-04', '3')],
};
const factorAt = restatement(priced, Int32Array.from(days, dayKey));

describe('a close that is carried', () => {
  it('is restated by the splits after its day, up to and with the day that it is carried to', () => {
    // Of the 2nd on each of the days, then of the 5th on its own day and the next.
    const factors = [...days.map((_, index) => factorAt(0, index)), ...[3, 4].map(index => factorAt(1, index))];
    expect(factors.map(factor => factor && plain(factor))).toEqual([
      undefined,
      undefined,
      '3',
      '3',
      '1.5',
      undefined,
      '0.5',
    ]);
  });

  it('a split of the day of a close is in it already', () => {
    const own = { ...priced, splits: [split('2026-03-02', '2')] };
    expect(restatement(own, Int32Array.from(days, dayKey))(0, 4)).toBeUndefined();
  });

  it('values units in cents, half a cent up', () => {
    const valuation = valuer(priced, factorAt);
    expect(valuation(units('10'), 0, 1)).toBe(10_000);
    // 10 / 3 for each of 10 units, rounded at the end: 33.33.
    expect(valuation(units('10'), 0, 2)).toBe(3333);
    // 4.995 x 1 is 5.00; restated by a half it is 9.99.
    expect([valuation(units('1'), 1, 3), valuation(scaledUnits(units('1')), 1, 4)]).toEqual([500, 999]);
  });
});
