import { expect, test } from 'vitest';
import { classRecords, sidesRecord } from '../../../../src/domain/signals/evaluation/class-record.ts';
import { judgedRows } from './judged-rows.ts';

test('hits of each class against all that was judged on the same dates', () => {
  const records = classRecords(
    judgedRows([
      // One of two buys rose, two of four rows did.
      [
        { signal: 'BUY', forward: 0.1 },
        { signal: 'BUY', forward: -0.02 },
        { signal: 'SELL', forward: -0.04 },
        { signal: 'HOLD', forward: 0.04 },
      ],
      // The buy rose, as one of three rows did; a return of 0 neither rose nor fell.
      [
        { signal: 'BUY', forward: 0.07 },
        { signal: 'SELL', forward: 0 },
        { signal: 'HOLD', forward: -0.01 },
      ],
    ]),
  );
  const [strongBuy, buy, hold, sell, strongSell] = records;
  expect(buy).toMatchObject({ signal: 'BUY', count: 3, hitRate: 2 / 3, meanReturn: expect.closeTo(0.05, 12) });
  // Two rows at a base of 2/4, one at 1/3.
  expect(buy?.baseRate).toBeCloseTo((2 * 0.5 + 1 / 3) / 3, 12);
  expect(buy?.baseReturn).toBeCloseTo((2 * 0.02 + 0.02) / 3, 12);
  // Per date .5 - .5 and 1 - 1/3.
  expect(buy?.excess).toMatchObject({ value: expect.closeTo(1 / 3, 12), blocks: 2, low: undefined });
  expect(sell).toMatchObject({ count: 2, hitRate: 0.5, baseRate: expect.closeTo((0.5 + 1 / 3) / 2, 12) });
  expect(hold).toMatchObject({
    count: 2,
    hitRate: undefined,
    baseRate: undefined,
    excess: undefined,
    meanReturn: 0.015,
  });
  for (const none of [strongBuy, strongSell]) {
    expect(none).toMatchObject({ count: 0, hitRate: undefined, baseRate: undefined, meanReturn: undefined });
    expect(none?.excess?.value).toBeUndefined();
  }
});

test('in a market where all rises a buy has no excess', () => {
  const date = [
    { signal: 'BUY' as const, forward: 0.01 },
    { signal: 'HOLD' as const, forward: 0.05 },
  ];
  const buy = classRecords(judgedRows(Array.from({ length: 8 }, () => date)))[1];
  expect([buy?.hitRate, buy?.baseRate, buy?.excess?.value]).toEqual([1, 1, 0]);
});

test('all classes that take a side together, against what went their way on the same dates', () => {
  const first = [
    { signal: 'BUY' as const, forward: 0.1 },
    { signal: 'STRONG_BUY' as const, forward: -0.02 },
    { signal: 'SELL' as const, forward: -0.04 },
    { signal: 'HOLD' as const, forward: 0.04 },
  ];
  const second = [
    { signal: 'STRONG_SELL' as const, forward: -0.01 },
    { signal: 'HOLD' as const, forward: 0 },
    { forward: 0.03 },
  ];
  // Two of three went the way; of the date two of four rose and two fell, so half of three did by chance. Then 1 of 1 at a third.
  const record = sidesRecord(judgedRows([first, second]));
  expect(record).toMatchObject({ count: 4, hitRate: 3 / 4 });
  expect(record.baseRate).toBeCloseTo((3 * 0.5 + 1 / 3) / 4, 12);
  expect(record.excess.value).toBeCloseTo((1 / 6 + 2 / 3) / 2, 12);
  const held = sidesRecord(judgedRows([[{ signal: 'HOLD', forward: 0.1 }]]));
  expect([held.count, held.hitRate, held.baseRate, held.excess.value]).toEqual([0, undefined, undefined, undefined]);
});
