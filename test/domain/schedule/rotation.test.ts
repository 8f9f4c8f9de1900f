import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type LocalDate, parseLocalDate } from '../../../src/domain/date.ts';
import { keptDays } from '../../../src/domain/schedule/rotation.ts';

const first = parseLocalDate('2025-01-01');

/** The days that are there after a backup on each of these days, thinned out each time. */
function kept(days: Iterable<LocalDate>): LocalDate[] {
  let there: readonly LocalDate[] = [];
  for (const day of days) there = [...keptDays([...there, day])];
  return [...there].sort();
}

test('a backup a day for 500 days: 7 days, the last of 4 weeks and of 12 months', () => {
  const days = Array.from({ length: 500 }, (_, index) => addDays(first, index));
  // The last is Friday 15 May 2026.
  expect(kept(days)).toEqual([
    ...['2025-06-30', '2025-07-31', '2025-08-31', '2025-09-30', '2025-10-31', '2025-11-30', '2025-12-31'],
    ...['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-26', '2026-04-30', '2026-05-03'],
    ...['2026-05-09', '2026-05-10', '2026-05-11', '2026-05-12', '2026-05-13', '2026-05-14', '2026-05-15'],
  ]);
});

test('whatever the days: the newest stays, at most 23 stay, and the last seven always do', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 60 }), gaps => {
      let day = first;
      const days = gaps.map(gap => {
        day = addDays(day, gap);
        return day;
      });
      const there = kept(days);
      expect(there.length).toBeLessThanOrEqual(23);
      expect(there.slice(-7)).toEqual(days.slice(-7));
    }),
    { numRuns: 200 },
  );
});
