import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day, hour, type Instant, parseLocalDate } from '../../../src/domain/date.ts';
import { areSignalsDue, isJobDue } from '../../../src/domain/schedule/due.ts';

const now = Date.UTC(2026, 9, 4, 3);
const weekly = { every: 7 * day, pause: day };

describe('a job that runs once in so long', () => {
  test('is due when it never ran, and a week after it ended well', () => {
    expect(isJobDue(now, { doneAt: undefined, triedAt: undefined }, weekly)).toBe(true);
    expect(isJobDue(now, { doneAt: now - 7 * day, triedAt: now - 7 * day }, weekly)).toBe(true);
    expect(isJobDue(now, { doneAt: now - 7 * day + 1, triedAt: now - 7 * day + 1 }, weekly)).toBe(false);
  });

  test('waits a day after a failure', () => {
    expect(isJobDue(now, { doneAt: undefined, triedAt: now - hour }, weekly)).toBe(false);
    expect(isJobDue(now, { doneAt: now - 9 * day, triedAt: now - day }, weekly)).toBe(true);
  });

  test('asked every quarter of an hour for weeks, with the machine asleep now and then, it runs once a week and no more', () => {
    const naps = fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 50, maxLength: 400 });
    fc.assert(
      fc.property(naps, quarters => {
        let at: Instant = now;
        let doneAt: Instant | undefined;
        const runs: Instant[] = [];
        for (const count of quarters) {
          at += count * 15 * 60_000;
          if (!isJobDue(at, { doneAt, triedAt: doneAt }, weekly)) continue;
          runs.push(at);
          doneAt = at;
        }
        // Never two within a week, and never an asking that found it older than a week and left it.
        expect(runs.every((each, index) => index === 0 || each - (runs[index - 1] as Instant) >= 7 * day)).toBe(true);
        expect(doneAt === undefined || at - doneAt < 7 * day).toBe(true);
      }),
    );
  });
});

describe('the signals of a day', () => {
  const [tuesday, wednesday] = [parseLocalDate('2026-10-06'), parseLocalDate('2026-10-07')];
  const asked = (said: typeof tuesday | undefined, newestBar: typeof tuesday | undefined, triedAt?: Instant) =>
    areSignalsDue(now, { newestBar, said }, { triedAt }, 3 * hour);

  test('are due when a newer bar is stored than the day they are of', () => {
    expect([asked(undefined, tuesday), asked(tuesday, wednesday), asked(tuesday, tuesday)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(asked(undefined, undefined)).toBe(false);
  });

  test('a run that failed is tried again after three hours', () => {
    expect(asked(tuesday, wednesday, now - hour)).toBe(false);
    expect(asked(tuesday, wednesday, now - 3 * hour)).toBe(true);
  });
});
