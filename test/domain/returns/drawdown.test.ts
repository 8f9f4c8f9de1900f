import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/domain/date.ts';
import { maxDrawdown } from '../../../src/domain/returns/drawdown.ts';
import { on } from '../../support/ledger.ts';

const monday = on('2026-03-02');
const days = (...returns: (number | undefined)[]) =>
  returns.map((timeWeighted, index) => ({ date: addDays(monday, index), isTradingDay: index !== 2, timeWeighted }));

describe('maxDrawdown', () => {
  it('is from peak to trough of the linked index, with the day that reached the peak again', () => {
    // 1.1, 0.88, 0.88, 0.792, 0.99, 1.1
    const fall = maxDrawdown(days(0.1, -0.2, undefined, -0.1, 0.25, 1 / 9), on('2026-03-01'));
    expect(fall).toEqual({
      maxPct: expect.closeTo(28, 9),
      peakOn: '2026-03-02',
      troughOn: '2026-03-05',
      recoveredOn: '2026-03-07',
      sessionsUnderWater: 4,
    });
  });

  it('is of the last day at the peak, and over on the day that reaches it exactly', () => {
    // 2, 2, 1, 2, 4
    const fall = maxDrawdown(days(1, 0, -0.5, 1, 1), on('2026-03-01'));
    expect(fall).toEqual({
      maxPct: 50,
      peakOn: '2026-03-03',
      troughOn: '2026-03-04',
      recoveredOn: '2026-03-05',
      sessionsUnderWater: 1,
    });
  });

  it('is the deepest, and of two of the same depth the earlier', () => {
    // 1/2, 1, 1/2, 1, 3/4
    expect(maxDrawdown(days(-0.5, 1, -0.5, 1, -0.25), on('2026-03-01'))).toMatchObject({
      maxPct: 50,
      peakOn: '2026-03-01',
      recoveredOn: '2026-03-03',
    });
    expect(maxDrawdown(days(-0.25, 3, -0.5), on('2026-03-01'))).toMatchObject({ maxPct: 50, troughOn: '2026-03-04' });
  });

  it('may begin at the close before the first day, and not be over', () => {
    expect(maxDrawdown(days(-0.5, 0.1), on('2026-03-01'))).toEqual({
      maxPct: 50,
      peakOn: '2026-03-01',
      troughOn: '2026-03-02',
      recoveredOn: undefined,
      sessionsUnderWater: 2,
    });
  });

  it('there is none where the index never fell', () => {
    expect(maxDrawdown(days(0.1, 0, undefined), on('2026-03-01'))).toBeUndefined();
    expect(maxDrawdown([], on('2026-03-01'))).toBeUndefined();
  });
});
