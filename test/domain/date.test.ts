import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayOfWeek,
  daysBetween,
  daysInMonth,
  earlier,
  financialYear,
  hour,
  isLocalDate,
  isoInstant,
  localDate,
  minute,
  parseLocalDate,
  partsOf,
  readDate,
  readInstant,
  sydneyClock,
  sydneyDate,
  sydneyInstant,
  sydneyOffset,
} from '../../src/domain/date.ts';

const on = (text: string) => parseLocalDate(text);
const wall = new Intl.DateTimeFormat('en-AU', {
  timeZone: 'Australia/Sydney',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const wallClock = (instant: number): { date: string; minutes: number } => {
  const parts = Object.fromEntries(wall.formatToParts(instant).map(part => [part.type, part.value]));
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  };
};
const years = Array.from({ length: 30 }, (_, index) => 2008 + index);
const anyDay = fc.integer({ min: 0, max: 60_000 }).map(days => addDays(on('1970-01-01'), days));

describe('Sydney time', () => {
  it('shows the wall clock that the system time zone shows, at 6,000 instants from 2008 to 2037', () => {
    const [from, to] = [Date.UTC(2008, 0, 1), Date.UTC(2037, 11, 31)];
    const step = Math.floor((to - from) / 6000 / minute) * minute;
    for (let instant = from; instant < to; instant += step) {
      const { date, minutes } = sydneyClock(instant);
      expect({ date, minutes }).toEqual(wallClock(instant));
    }
  });

  it('changes on the same minute as the system time zone, at both edges of every year', () => {
    for (const year of years) {
      const changes: { at: string; to: number }[] = [];
      for (const [from, to] of [
        [Date.UTC(year, 2, 31), Date.UTC(year, 3, 9)],
        [Date.UTC(year, 8, 29), Date.UTC(year, 9, 9)],
      ] as const) {
        for (let instant = from; instant < to; instant += hour) {
          for (const near of [instant, instant + hour - minute]) {
            const { date, minutes } = sydneyClock(near);
            expect({ date, minutes }).toEqual(wallClock(near));
          }
          const offset = sydneyOffset(instant);
          if (offset !== sydneyOffset(instant - minute)) changes.push({ at: isoInstant(instant), to: offset });
        }
      }
      expect(changes.map(change => change.to)).toEqual([600, 660]);
      for (const { at } of changes) expect(at.slice(11)).toBe('16:00:00Z');
    }
  });

  it('names its zone', () => {
    expect(sydneyClock(Date.UTC(2026, 0, 5)).zone).toBe('AEDT');
    expect(sydneyClock(Date.UTC(2026, 6, 5)).zone).toBe('AEST');
  });

  it('changes the date at Sydney midnight', () => {
    expect(sydneyDate(Date.UTC(2026, 6, 5, 13, 59))).toBe('2026-07-05');
    expect(sydneyDate(Date.UTC(2026, 6, 5, 14, 0))).toBe('2026-07-06');
    expect(sydneyDate(Date.UTC(2026, 0, 5, 12, 59))).toBe('2026-01-05');
    expect(sydneyDate(Date.UTC(2026, 0, 5, 13, 0))).toBe('2026-01-06');
  });

  it('turns a wall clock into the instant that shows it, on any day, outside the hour that is skipped', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 3 * 60, max: 24 * 60 - 1 }), (date, minutes) => {
        expect(sydneyClock(sydneyInstant(date, minutes))).toMatchObject({ date, minutes });
      }),
      { seed: 31, numRuns: 2000 },
    );
  });

  it('turns midnight and one o’clock into their instants on the days of the change', () => {
    for (const year of years) {
      for (const [month, last] of [
        [4, 7],
        [10, 7],
      ] as const) {
        for (let dayOfMonth = 1; dayOfMonth <= last; dayOfMonth += 1) {
          const date = localDate(year, month, dayOfMonth);
          for (const minutes of [0, 60, 119]) {
            expect(sydneyClock(sydneyInstant(date, minutes))).toMatchObject({ date, minutes });
          }
        }
      }
    }
  });
});

describe('dates', () => {
  it('are real days or none', () => {
    expect(['2026-02-28', '2024-02-29', '2000-02-29', '1900-01-01', '2200-12-31'].every(isLocalDate)).toBe(true);
    const wrong = ['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-01', '2026-04-31', '2026-4-1', '26-04-01'];
    expect([...wrong, '1899-12-31', '2201-01-01', '2026-04-01T00:00', '', '0000-00-00'].filter(isLocalDate)).toEqual(
      [],
    );
    expect(readDate(2026, 4, 1.5)).toBeUndefined();
    expect(() => parseLocalDate('31/12/2026')).toThrow(/^"31\/12\/2026" is not a date$/);
    expect(() => parseLocalDate('31/12/2026', '--from')).toThrow(/^--from is "31\/12\/2026", which is not a date$/);
  });

  it('agree with the UTC calendar of the system on the next day, the weekday and the distance', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => {
        const moved = new Date(Date.parse(date) + days * 86_400_000);
        expect(addDays(date, days)).toBe(moved.toISOString().slice(0, 10));
        expect(dayOfWeek(addDays(date, days))).toBe(moved.getUTCDay());
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
      { seed: 32, numRuns: 2000 },
    );
  });

  it('add months clamped to the end of the month', () => {
    expect(addMonths(on('2024-01-31'), 1)).toBe('2024-02-29');
    expect(addMonths(on('2025-01-31'), 1)).toBe('2025-02-28');
    expect(addMonths(on('2024-02-29'), 12)).toBe('2025-02-28');
    expect(addMonths(on('2025-11-30'), 3)).toBe('2026-02-28');
    expect(addMonths(on('2026-01-15'), -1)).toBe('2025-12-15');
    expect(addMonths(on('2026-01-15'), -13)).toBe('2024-12-15');
    expect(daysInMonth(2100, 2)).toBe(28);
  });

  it('fall in the financial year that ends in June', () => {
    expect(['2025-06-30', '2025-07-01', '2026-01-01', '2026-06-30', '2026-07-01'].map(on).map(financialYear)).toEqual([
      2025, 2026, 2026, 2026, 2027,
    ]);
    fc.assert(
      fc.property(anyDay, date => {
        const fy = financialYear(date);
        expect([`${fy - 1}-07-01` <= date, date <= `${fy}-06-30`]).toEqual([true, true]);
      }),
      { seed: 33 },
    );
  });

  it('compare as text and come apart', () => {
    expect(earlier(on('2026-01-02'), on('2025-12-31'))).toBe('2025-12-31');
    expect(earlier(on('2025-12-31'), on('2026-01-02'))).toBe('2025-12-31');
    expect(partsOf(on('2026-03-02'))).toEqual({ year: 2026, month: 3, day: 2 });
  });
});

describe('instants', () => {
  it('are written and read as ISO text', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000_000, max: 7_000_000_000_000 }), instant => {
        expect(readInstant(isoInstant(instant))).toBe(instant);
        expect(Date.parse(isoInstant(instant))).toBe(instant);
      }),
      { seed: 34, numRuns: 1000 },
    );
  });

  it.each([
    ['2024-09-30', '2024-09-30T00:00:00Z'],
    ['2024-09-30T10:00Z', '2024-09-30T10:00:00Z'],
    ['2026-07-19T22:08:00+00:00', '2026-07-19T22:08:00Z'],
    ['2026-03-02T16:10:00+11:00', '2026-03-02T05:10:00Z'],
    ['2026-03-02T01:00:00-05:30', '2026-03-02T06:30:00Z'],
    ['2026-03-02T01:00:00.5Z', '2026-03-02T01:00:00.500Z'],
  ])('%s is %s', (text, iso) => {
    expect(isoInstant(readInstant(text) ?? Number.NaN)).toBe(iso);
  });

  it.each(['', 'now', '2026-02-30', '2026-03-02T24:00Z', '2026-03-02T10:60Z', '2026-03-02T10:00', '2026-03-02 10:00Z'])(
    '"%s" is none',
    text => {
      expect(readInstant(text)).toBeUndefined();
    },
  );
});
