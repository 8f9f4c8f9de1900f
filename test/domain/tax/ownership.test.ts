import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, money, noMoney, plain, sum } from '../../../src/domain/decimal.ts';
import { shareOf } from '../../../src/domain/tax/ownership.ts';

const pcts = (...texts: string[]) => texts.map(text => decimal(text));

describe("an owner's share", () => {
  it('is in cents, and the odd cent goes to the first of equals', () => {
    const halves = pcts('50', '50');
    expect([0, 1].map(at => plain(shareOf(money('0.01'), { pcts: halves, at })))).toEqual(['0.01', '0']);
    const thirds = pcts('33.34', '33.33', '33.33');
    expect([0, 1, 2].map(at => plain(shareOf(money('100'), { pcts: thirds, at })))).toEqual([
      '33.34',
      '33.33',
      '33.33',
    ]);
  });

  it('of an unknown amount is unknown', () => {
    expect(shareOf(undefined, { pcts: pcts('50', '50'), at: 1 })).toBeUndefined();
  });

  it('law: the shares sum to the whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        fc.integer({ min: 1, max: 99 }),
        (cents, first) => {
          const amount = money(decimal(String(cents)).div('100').toFixed());
          const both = pcts(String(first), String(100 - first));
          expect(
            plain(
              sum(
                [0, 1].map(at => shareOf(amount, { pcts: both, at })),
                noMoney,
              ),
            ),
          ).toBe(plain(amount));
        },
      ),
      { numRuns: 200 },
    );
  });
});
