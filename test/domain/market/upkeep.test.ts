import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cheapestDays, type Upkeep } from '../../../src/domain/market/upkeep.ts';

const day = 300;
const many = (count: number, sessions: number, alone = 3, besideDays = 0): Upkeep[] =>
  Array.from({ length: count }, () => ({ sessions, alone, besideDays }));

describe('days of the exchange', () => {
  test.each([
    ['100 that lack one session cost 300 either way: one day', many(100, 1), 1],
    ['99 cost 297 by themselves', many(99, 1), 0],
    ['2,400 that lack three sessions: 900 against 7,200', many(2400, 3), 3],
    ['2,400 that lack 25 sessions: 7,500 against 7,200', many(2400, 25), 0],
    ['the few that lack more are asked for by themselves', [...many(2400, 1), ...many(99, 2)], 1],
    ['unless they are many', [...many(2400, 1), ...many(101, 2)], 2],
    ['what is asked for beside the day is not saved', [...many(90, 1), ...many(100, 1, 3, 2)], 1],
    ['and does not pay for it', [...many(60, 1), ...many(100, 1, 3, 2)], 0],
    ['nothing lacks', many(500, 0), 0],
    ['nothing is wanted', [], 0],
  ])('%s', (_what, upkeep, days) => {
    expect(cheapestDays(upkeep, day)).toBe(days);
  });

  test('no other number of days costs less', () => {
    const upkeep = fc.array(
      fc.record({
        sessions: fc.integer({ min: 1, max: 6 }),
        alone: fc.integer({ min: 1, max: 3 }),
        besideDays: fc.constant(0),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(upkeep, fc.integer({ min: 1, max: 40 }), (list, callsOfDay) => {
        const cost = (days: number): number =>
          days * callsOfDay +
          list.reduce((sum, each) => sum + (each.sessions <= days ? each.besideDays : each.alone), 0);
        const chosen = cost(cheapestDays(list, callsOfDay));
        for (let days = 0; days <= 7; days += 1) expect(chosen).toBeLessThanOrEqual(cost(days));
      }),
    );
  });
});
