import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  isoInstant,
  type LocalDate,
  parseLocalDate,
  readInstant,
  sydneyClock,
} from '../../../src/domain/date.ts';
import {
  type CalendarOverrides,
  isTradingDay,
  lastCompletedSession,
  latestSession,
  marketPhase,
  nextTradingDay,
  previousTradingDay,
  session,
  sessionsBetween,
  tradingDays,
} from '../../../src/domain/market/calendar.ts';
import { calendarHorizon } from '../../../src/domain/market/holidays.ts';

const on = (text: string) => parseLocalDate(text);
const at = (text: string): number => {
  const instant = readInstant(text);
  if (instant === undefined) throw new Error(`not an instant: ${text}`);
  return instant;
};
const weekdaysClosed = (year: number): string[] => {
  const open = new Set(tradingDays(on(`${year}-01-01`), on(`${year}-12-31`)));
  const closed: string[] = [];
  for (let date = on(`${year}-01-01`); date <= on(`${year}-12-31`); date = addDays(date, 1)) {
    const weekday = new Date(`${date}T00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !open.has(date)) closed.push(date);
    if (weekday === 0 || weekday === 6) expect(open.has(date)).toBe(false);
  }
  return closed;
};

describe('trading days', () => {
  it('are closed on the published holidays of 2025 to 2027 and on no other weekday', () => {
    expect(weekdaysClosed(2025)).toEqual(
      ['01-01', '01-27', '04-18', '04-21', '04-25', '06-09', '12-25', '12-26'].map(day => `2025-${day}`),
    );
    expect(weekdaysClosed(2026)).toEqual(
      ['01-01', '01-26', '04-03', '04-06', '06-08', '12-25', '12-28'].map(day => `2026-${day}`),
    );
    expect(weekdaysClosed(2027)).toEqual(
      ['01-01', '01-26', '03-26', '03-29', '06-14', '12-27', '12-28'].map(day => `2027-${day}`),
    );
  });

  it.each([
    [2025, 253],
    [2026, 254],
    [2027, 254],
  ])('%i has %i sessions', (year, count) => {
    expect(tradingDays(on(`${year}-01-01`), on(`${year}-12-31`))).toHaveLength(count);
    expect(sessionsBetween(on(`${year - 1}-12-31`), on(`${year}-12-31`))).toBe(count);
  });

  it('keep 27 April 2026, 26 April 2027 and Labour Day open, and 22 September 2022 closed', () => {
    for (const open of ['2026-04-27', '2027-04-26', '2025-10-06', '2026-10-05', '2022-09-21', '2022-09-23']) {
      expect([open, isTradingDay(on(open))]).toEqual([open, true]);
    }
    expect(isTradingDay(on('2022-09-22'))).toBe(false);
    expect(calendarHorizon).toBe('2027-12-31');
  });

  it('list a range with both ends, across years, and nothing for a range turned round', () => {
    expect(tradingDays(on('2025-12-24'), on('2026-01-02'))).toEqual([
      '2025-12-24',
      '2025-12-29',
      '2025-12-30',
      '2025-12-31',
      '2026-01-02',
    ]);
    expect(tradingDays(on('2026-01-02'), on('2025-12-24'))).toEqual([]);
  });

  it('step over Easter and Christmas', () => {
    expect(previousTradingDay(on('2026-04-07'))).toBe('2026-04-02');
    expect(nextTradingDay(on('2026-04-02'))).toBe('2026-04-07');
    expect(nextTradingDay(on('2027-12-24'))).toBe('2027-12-29');
    expect(previousTradingDay(on('2026-03-03'))).toBe('2026-03-02');
  });

  const anyDay = fc.integer({ min: 0, max: 14_000 }).map(days => addDays(on('1995-01-01'), days));

  it('count sessions as the list has them, for any two days', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -400, max: 1500 }), (from, length) => {
        const to = addDays(from, length);
        expect(sessionsBetween(from, to)).toBe(tradingDays(addDays(from, 1), to).length);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('step to a neighbour with no session between, for any day', () => {
    fc.assert(
      fc.property(anyDay, date => {
        const [before, after] = [previousTradingDay(date), nextTradingDay(date)];
        expect([before < date, after > date]).toEqual([true, true]);
        expect([isTradingDay(before), isTradingDay(after)]).toEqual([true, true]);
        expect(sessionsBetween(before, after)).toBe(isTradingDay(date) ? 2 : 1);
      }),
      { seed: 12, numRuns: 300 },
    );
  });
});

describe('a session', () => {
  it.each([
    ['2026-01-05', '2026-01-04T23:00:00Z', '2026-01-05T05:00:00Z'],
    ['2026-04-02', '2026-04-01T23:00:00Z', '2026-04-02T05:00:00Z'],
    ['2026-04-07', '2026-04-07T00:00:00Z', '2026-04-07T06:00:00Z'],
    ['2026-10-02', '2026-10-02T00:00:00Z', '2026-10-02T06:00:00Z'],
    ['2026-10-05', '2026-10-04T23:00:00Z', '2026-10-05T05:00:00Z'],
  ])('of %s opens at %s and closes at %s', (date, opens, closes) => {
    const found = session(on(date));
    expect(found && [isoInstant(found.opensAt), isoInstant(found.closesAt)]).toEqual([opens, closes]);
  });

  const clock = (instant: number | undefined): string =>
    instant === undefined
      ? '-'
      : `${Math.floor(sydneyClock(instant).minutes / 60)}:${sydneyClock(instant).minutes % 60}`;

  it('has its auction at 16:10 and its closing price at 16:31', () => {
    const found = session(on('2026-03-02'));
    expect([found?.closesAt, found?.auctionAt, found?.closingPriceAt].map(clock)).toEqual(['16:0', '16:10', '16:31']);
    expect(found?.earlyClose).toBe(false);
  });

  it.each(['2025-12-24', '2025-12-31', '2026-12-24', '2026-12-31', '2027-12-24', '2027-12-31'])(
    'closes early on %s',
    date => {
      const found = session(on(date));
      expect([found?.closesAt, found?.auctionAt, found?.closingPriceAt].map(clock)).toEqual(['14:0', '14:10', '14:31']);
      expect(found?.earlyClose).toBe(true);
    },
  );

  it('never closed early in 2022, and is none on a holiday or a weekend', () => {
    expect(tradingDays(on('2022-01-01'), on('2022-12-31')).filter(date => session(date)?.earlyClose)).toEqual([]);
    expect(session(on('2026-04-03'))).toBeUndefined();
    expect(session(on('2026-03-01'))).toBeUndefined();
  });
});

describe('now', () => {
  it('the latest session is the one that has opened', () => {
    expect(latestSession(at('2026-03-01T22:59:59Z'))).toBe('2026-02-27');
    expect(latestSession(at('2026-03-01T23:00:00Z'))).toBe('2026-03-02');
    expect(latestSession(at('2026-04-05T23:30:00Z'))).toBe('2026-04-02');
  });

  it('a session is complete when a delayed feed has its closing price', () => {
    expect(lastCompletedSession(at('2026-03-02T05:30:59Z'))).toBe('2026-02-27');
    expect(lastCompletedSession(at('2026-03-02T05:31:00Z'))).toBe('2026-03-02');
    expect(lastCompletedSession(at('2026-12-24T03:31:00Z'))).toBe('2026-12-24');
  });

  it.each([
    ['2026-03-01T19:59:59Z', 'closed', '2026-03-01T20:00:00Z'],
    ['2026-03-01T20:00:00Z', 'pre-open', '2026-03-01T23:00:00Z'],
    ['2026-03-01T23:00:00Z', 'open', '2026-03-02T05:00:00Z'],
    ['2026-03-02T05:00:00Z', 'auction', '2026-03-02T05:10:00Z'],
    ['2026-03-02T05:10:00Z', 'closed', '2026-03-02T20:00:00Z'],
    ['2026-12-24T03:05:00Z', 'auction', '2026-12-24T03:10:00Z'],
    ['2026-04-02T05:30:00Z', 'closed', '2026-04-06T21:00:00Z'],
    ['2026-04-04T16:30:00Z', 'closed', '2026-04-06T21:00:00Z'],
  ])('at %s the market is %s until %s', (now, phase, until) => {
    const found = marketPhase(at(now));
    expect([found.phase, isoInstant(found.until)]).toEqual([phase, until]);
  });
});

describe('overrides of the exchange details', () => {
  const days = (...texts: string[]): ReadonlySet<LocalDate> => new Set(texts.map(on));
  const overrides: CalendarOverrides = {
    closed: days('2026-03-02', '2026-03-07'),
    open: days('2026-04-06', '2026-03-02'),
    earlyClose: days('2026-03-04'),
  };

  it('close, open and shorten days, a closed day winning, and leave the built-in calendar alone', () => {
    expect(isTradingDay(on('2026-03-02'), overrides)).toBe(false);
    expect(isTradingDay(on('2026-04-06'), overrides)).toBe(true);
    expect(session(on('2026-03-04'), overrides)?.earlyClose).toBe(true);
    expect(sessionsBetween(on('2026-02-27'), on('2026-03-04'), overrides)).toBe(2);
    expect(previousTradingDay(on('2026-04-07'), overrides)).toBe('2026-04-06');
    expect(isTradingDay(on('2026-03-02'))).toBe(true);
    expect(isTradingDay(on('2026-04-06'))).toBe(false);
    expect(session(on('2026-03-04'))?.earlyClose).toBe(false);
  });
});

const shared = new URL('../../../../shared/data/', import.meta.url);
describe.skipIf(!existsSync(shared))('the recorded histories (skipped where the shared test data is absent)', () => {
  const bhp: { date: string }[] = existsSync(shared)
    ? JSON.parse(readFileSync(new URL('eodhd/eod-BHP.AU-full-1993-2025.json', shared), 'utf8'))
    : [];

  it('trade on no closed day, and miss trading days only in the holes of 1993 to 1996', () => {
    const traded = new Set(bhp.map(bar => bar.date));
    expect(bhp).toHaveLength(8194);
    expect(bhp.filter(bar => !isTradingDay(on(bar.date)))).toEqual([]);
    const missing = tradingDays(on('1993-04-01'), on('2025-10-03')).filter(date => !traded.has(date));
    expect(missing.filter(date => date >= '1996-10-29')).toEqual([]);
    expect(missing).toHaveLength(34);
  });

  it.each(['AXJO', 'BHP.AX', 'CBA.AX'])('%s of 2017 to 2022 has exactly the trading days', name => {
    const text = readFileSync(new URL(`prices/${name}-yahoo-2017-2022.csv`, shared), 'utf8');
    const dates = text
      .trim()
      .split('\n')
      .slice(1)
      .map(line => on(line.slice(0, 10)));
    const [first, last] = [dates[0], dates.at(-1)];
    expect(dates).toEqual(first && last ? tradingDays(first, last) : []);
  });
});
