import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { taughtTo, walkForward } from '../../../../src/domain/signals/learner/folds.ts';

const everySession = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('walk-forward', () => {
  test('a date teaches where its 21 bars and five more are over before the first test date', () => {
    // Session 73 + 21 + 5 = 99 is before 100, session 74 + 26 = 100 is not.
    expect(taughtTo(everySession(200), 100)).toBe(74);
    expect(taughtTo([0, 50, 73, 74, 100, 101], 4)).toBe(3);
    expect(taughtTo([0, 10, 20], 2)).toBe(0);
  });

  test('folds follow each other to the end', () => {
    expect(walkForward(everySession(420), { leastTaught: 252, tested: 63 })).toEqual([
      { taughtTo: 252, from: 278, to: 341 },
      { taughtTo: 315, from: 341, to: 404 },
      { taughtTo: 378, from: 404, to: 420 },
    ]);
  });

  test('there are none where there is too little', () => {
    expect(walkForward(everySession(278), { leastTaught: 252, tested: 63 })).toEqual([]);
    expect(walkForward([], { leastTaught: 252, tested: 63 })).toEqual([]);
  });

  test('on any calendar no label of a teaching date overlaps a test date, and no date is tested twice', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 300 });
    const rules = fc.record({
      leastTaught: fc.integer({ min: 1, max: 400 }),
      tested: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(gaps, rules, fc.nat(1000), (steps, given, start) => {
        let session = start;
        const sessions = steps.map(step => (session += step));
        const tested = new Set<number>();
        for (const { taughtTo: taught, from, to } of walkForward(sessions, given)) {
          expect(from).toBeLessThan(to);
          for (let date = from; date < to; date += 1) {
            expect(tested.has(date)).toBe(false);
            tested.add(date);
          }
          expect(taught).toBeGreaterThan(0);
          const lastLabelDay = sessions[taught - 1]! + 21;
          expect(lastLabelDay + 5).toBeLessThan(sessions[from]!);
          // And nothing is left out that may teach.
          expect(sessions[taught]! + 26).toBeGreaterThanOrEqual(sessions[from]!);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
