import { describe, expect, test } from 'vitest';
import { money } from '../../../src/domain/decimal.ts';
import { frankedShare } from '../../../src/domain/returns/franked-share.ts';
import { on } from '../../support/ledger.ts';

const paid = (date: string, amount: string, franked: string | undefined) => ({
  on: on(date),
  amount: money(amount),
  franked: franked === undefined ? undefined : money(franked),
});
const window = { from: on('2026-01-01'), to: on('2026-06-30') };

describe('the franked share of income', () => {
  test('100 franked in full and 300 of which 60 is: 40%', () => {
    const share = frankedShare(
      [
        paid('2025-12-31', '999', '999'),
        paid('2026-01-01', '100', '100'),
        paid('2026-06-30', '300', '60'),
        paid('2026-07-01', '999', '999'),
      ],
      window,
    );
    expect(share).toEqual({ pct: { value: 40, reason: undefined, observations: 2, ...window }, unknown: 0 });
  });

  test('income of unknown franking is left out and counted', () => {
    const share = frankedShare([paid('2026-02-01', '100', '50'), paid('2026-03-01', '900', undefined)], window);
    expect(share).toMatchObject({ pct: { value: 50, observations: 1 }, unknown: 1 });
  });

  test('unfranked is 0%, and that is known', () => {
    expect(frankedShare([paid('2026-02-01', '100', '0')], window).pct.value).toBe(0);
  });

  test.each([
    [[], 'there was no income'],
    [[paid('2026-02-01', '100', undefined)], 'the franking of the income is not known'],
    [[paid('2026-02-01', '0', '0')], 'the income comes to nothing'],
  ])('%#: %s', (income, reason) => {
    expect(frankedShare(income, window).pct).toMatchObject({ value: undefined, reason });
  });
});
