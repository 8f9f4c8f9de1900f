import { describe, expect, it } from 'vitest';
import { contributionLines, daysOf, flowLines, moveLines } from './days-of.ts';

// XYZ has its first close on the Thursday.
const setting = { from: '2026-03-02', to: '2026-03-06', market: { XYZ: { '2026-03-05': '7' } } };
const atCost = 'XYZ comes in with its first price, at what was paid for it';
const atMarket = 'XYZ comes in with its first price, at its market value';

describe('a security that has its first price after it is held', () => {
  it('comes in at what was paid less what it brought, with its income and its brokerage', () => {
    const days = daysOf(
      ['buy 10 XYZ @ 5 fee 1 on 2026-03-02', 'dividend XYZ 4 withheld 1 on 2026-03-03', 'sell 2 XYZ @ 6 on 2026-03-04'],
      setting,
    );
    // 51 - 3 - 12 = 36 for what is worth 56.
    expect(flowLines(days)).toEqual([`03-05 income 4 ${atCost}`, `03-05 in 36 ${atCost}`]);
    expect(moveLines(days)).toEqual([`03-05 XYZ in 36 out 0 income 4 costs 2 ${atCost}`]);
    expect(contributionLines(days)).toEqual(['XYZ price 18 income 4 costs 2 profit 20']);
    expect(days.broughtIn).toEqual([{ code: 'XYZ', on: '2026-03-05', amount: 3600, at: 'cost' }]);
  });

  it('that brought more than it cost is money out', () => {
    const days = daysOf(['buy 10 XYZ @ 5 on 2026-03-02', 'sell 9 XYZ @ 6 on 2026-03-03'], setting);
    expect(flowLines(days)).toEqual([`03-05 out 4 ${atCost}`]);
    expect(moveLines(days)).toEqual([`03-05 XYZ in 0 out 4 income 0 costs 0 ${atCost}`]);
    // 7 at the end and 4 taken out.
    expect(contributionLines(days)).toEqual(['XYZ price 11 income 0 costs 0 profit 11']);
  });

  it('comes in at the cost that it was opened with, or was transferred with', () => {
    const lines = [
      'opening 10 XYZ cost 40 acquired 2020-01-06 on 2026-03-02',
      'transfer-in 5 XYZ cost 30 on 2026-03-03',
    ];
    for (const cash of [[], ['main']]) {
      const days = daysOf(lines, { ...setting, cash });
      expect(flowLines(days)).toEqual([`03-05 in 70 ${atCost}`]);
      // No money of the cash account passed.
      expect(moveLines(days)).toEqual([`03-05 XYZ in 70 out 0 income 0 costs 0 ${atCost}`]);
    }
  });

  it.each([
    ['a part was of unknown cost', 'opening 10 XYZ cost unknown on 2026-03-03', 14_000],
    ['units left, and how much of the cost with them is not known', 'transfer-out 4 XYZ on 2026-03-03', 4200],
  ])('comes in at its market value where %s', (_, line, amount) => {
    const days = daysOf(['buy 10 XYZ @ 5 fee 1 on 2026-03-02', line, 'dividend XYZ 4 on 2026-03-04'], setting);
    expect(days.broughtIn).toEqual([{ code: 'XYZ', on: '2026-03-05', amount, at: 'market' }]);
    expect(flowLines(days)).toEqual([`03-05 in ${amount / 100} ${atMarket}`]);
    // What it brought before is in neither.
    expect(contributionLines(days)).toEqual(['XYZ price 0 income 0 costs 0 profit 0']);
  });

  it('begins anew where all was sold before', () => {
    const days = daysOf(
      ['buy 10 XYZ @ 5 on 2026-03-02', 'sell 10 XYZ @ 8 on 2026-03-03', 'buy 10 XYZ @ 6 on 2026-03-04'],
      setting,
    );
    expect(flowLines(days)).toEqual([`03-05 in 60 ${atCost}`]);
  });

  it('money of a cash account leaves and comes back with each of its entries', () => {
    const days = daysOf(
      [
        'deposit 100 on 2026-03-02',
        'buy 10 XYZ @ 5 on 2026-03-02',
        'sell 2 XYZ @ 6 on 2026-03-03',
        // Tax withheld beyond the amount is paid.
        'dividend XYZ 4 withheld 5 on 2026-03-04',
      ],
      { ...setting, cash: ['main'] },
    );
    expect(flowLines(days)).toEqual([
      '03-02 out 50 entry-002',
      '03-03 in 12 entry-003',
      '03-04 out 1 entry-004',
      `03-05 income 4 ${atCost}`,
      `03-05 in 39 ${atCost}`,
      '03-02 in 100 entry-001',
    ]);
    expect(days.days.map(day => day.value / 100)).toEqual([50, 62, 61, 117, 117]);
    expect(contributionLines(days)).toEqual([
      'XYZ price 18 income 4 costs 5 profit 17',
      'cash price 0 income 0 costs 0 profit 0',
    ]);
  });

  it('what a cash account paid before the window is no flow of it', () => {
    const days = daysOf(['deposit 100 on 2026-02-26', 'buy 10 XYZ @ 5 on 2026-02-27'], { ...setting, cash: ['main'] });
    expect([days.startValue, flowLines(days)]).toEqual([5000, [`03-05 in 50 ${atCost}`]]);
    expect(contributionLines(days)).toEqual([
      'XYZ price 20 income 0 costs 0 profit 20',
      'cash price 0 income 0 costs 0 profit 0',
    ]);
    expect(moveLines(days)).toEqual([`03-05 XYZ in 50 out 0 income 0 costs 0 ${atCost}`]);
  });

  it('is there without ado where its first price was before the window', () => {
    const days = daysOf(['buy 10 XYZ @ 5 on 2026-03-02'], { ...setting, from: '2026-03-06' });
    expect([days.startValue, flowLines(days), days.broughtIn]).toEqual([7000, [], []]);
  });
});
