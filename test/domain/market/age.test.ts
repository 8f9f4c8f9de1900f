import { describe, expect, it } from 'vitest';
import { isoInstant, parseLocalDate, readInstant } from '../../../src/domain/date.ts';
import {
  freshness,
  isClose,
  isStale,
  latestCloseDue,
  type PriceStamp,
  priceAge,
} from '../../../src/domain/market/age.ts';
import type { CalendarOverrides } from '../../../src/domain/market/calendar.ts';

const at = (text: string): number => {
  const instant = readInstant(text);
  if (instant === undefined) throw new Error(`not an instant: ${text}`);
  return instant;
};
const close = (date: string): PriceStamp => ({ kind: 'close', on: parseLocalDate(date) });
const quote = (traded: string, fetched = traded): PriceStamp => ({
  kind: 'quote',
  tradedAt: at(traded),
  fetchedAt: at(fetched),
});

// The week of Monday 2 March 2026, in AEDT (UTC+11): 16:00 is 05:00Z and 19:30 is 08:30Z.
const friday = close('2026-02-27');
const monday = close('2026-03-02');

describe('a close', () => {
  it.each([
    ['Friday 17:00', '2026-02-27T06:00:00Z', 0, 'close'],
    ['Sunday noon', '2026-03-01T01:00:00Z', 0, 'close'],
    ['Monday before the open', '2026-03-01T22:59:59Z', 0, 'close'],
    ['Monday 11:00', '2026-03-02T00:00:00Z', 1, 'close'],
    ['Monday 17:00, between the close and the end of day', '2026-03-02T06:00:00Z', 1, 'close'],
    ['Monday 19:29', '2026-03-02T08:29:59Z', 1, 'close'],
    ['Monday 19:30', '2026-03-02T08:30:00Z', 1, 'stale'],
    ['Tuesday 11:00', '2026-03-03T00:00:00Z', 2, 'stale'],
  ])('of Friday on %s', (_, now, sessions, kind) => {
    expect(freshness(friday, at(now))).toMatchObject({ kind, ageSessions: sessions });
    expect(isStale(friday, at(now))).toBe(kind === 'stale');
    expect(priceAge(friday, at(now))).toBe(sessions);
  });

  it('is not stale for a public holiday, however long the weekend', () => {
    const thursday = close('2026-04-02');
    // Good Friday to Easter Monday; Tuesday 7 April is in AEST, so 19:30 is 09:30Z.
    expect(freshness(thursday, at('2026-04-06T12:00:00Z'))).toMatchObject({
      kind: 'close',
      ageSessions: 0,
      ageDays: 4,
    });
    expect(isStale(thursday, at('2026-04-07T09:29:59Z'))).toBe(false);
    expect(isStale(thursday, at('2026-04-07T09:30:00Z'))).toBe(true);
  });

  it('of today that came early is fresh', () => {
    expect(freshness(monday, at('2026-03-02T07:00:00Z'))).toMatchObject({ kind: 'close', ageSessions: 0, ageDays: 0 });
  });

  it('is from its auction, which is early on Christmas Eve', () => {
    const record = freshness(close('2026-12-24'), at('2026-12-27T01:00:00Z'));
    expect(record.kind === 'close' && isoInstant(record.at)).toBe('2026-12-24T03:10:00Z');
    expect(record).toMatchObject({ ageDays: 3, ageSessions: 0 });
  });

  it('that is three days old says so', () => {
    const record = freshness(friday, at('2026-03-02T09:00:00Z'));
    expect(record).toEqual({ kind: 'stale', ageSessions: 1, ageDays: 3, at: at('2026-02-27T05:10:00Z') });
  });
});

describe('a quote', () => {
  it('of the running session is delayed, from its last trade', () => {
    const morning = quote('2026-03-02T00:42:00Z');
    expect(freshness(morning, at('2026-03-02T01:05:00Z'))).toEqual({
      kind: 'delayed',
      ageSessions: 0,
      ageDays: 0,
      at: at('2026-03-02T00:42:00Z'),
    });
  });

  it.each([
    ['traded 16:29, fetched 16:29', '2026-03-02T05:29:00Z', '2026-03-02T05:29:00Z', false],
    ['traded 16:30', '2026-03-02T05:30:00Z', '2026-03-02T05:30:00Z', true],
    ['traded 16:30, with a clock that was set back', '2026-03-02T05:30:00Z', '2026-03-02T02:00:00Z', true],
    ['traded at the auction, fetched 16:31', '2026-03-02T05:10:10Z', '2026-03-02T05:31:00Z', true],
    ['last traded at noon, fetched 16:45', '2026-03-02T01:00:00Z', '2026-03-02T05:45:00Z', true],
    ['last traded at noon, fetched 12:20', '2026-03-02T01:00:00Z', '2026-03-02T01:20:00Z', false],
    ['last traded on Friday, fetched Monday 11:00', '2026-02-27T02:00:00Z', '2026-03-02T00:00:00Z', true],
    ['stamped on Sunday', '2026-03-01T02:00:00Z', '2026-03-01T02:00:00Z', true],
    ['early close, fetched 14:29', '2026-12-24T03:00:00Z', '2026-12-24T03:29:00Z', false],
    ['early close, fetched 14:30', '2026-12-24T03:00:00Z', '2026-12-24T03:30:00Z', true],
  ])('%s', (_, traded, fetched, expected) => {
    expect(isClose(quote(traded, fetched))).toBe(expected);
  });

  it('that is the close of its day is shown as from the auction and lasts until the next close is due', () => {
    const evening = quote('2026-03-02T01:00:00Z', '2026-03-02T05:45:00Z');
    const record = freshness(evening, at('2026-03-02T12:00:00Z'));
    expect(record).toMatchObject({ kind: 'close', ageSessions: 0, at: at('2026-03-02T05:10:00Z') });
    expect(isStale(evening, at('2026-03-03T08:29:59Z'))).toBe(false);
    expect(isStale(evening, at('2026-03-03T08:30:00Z'))).toBe(true);
  });

  it('of the session goes stale when the close of that day is due, not before', () => {
    const morning = quote('2026-03-02T00:42:00Z');
    expect(freshness(morning, at('2026-03-02T08:29:59Z')).kind).toBe('delayed');
    expect(freshness(morning, at('2026-03-02T08:30:00Z'))).toMatchObject({ kind: 'stale', ageSessions: 0 });
    expect(freshness(morning, at('2026-03-03T00:00:00Z'))).toMatchObject({ kind: 'stale', ageSessions: 1 });
  });
});

describe('the close that is due', () => {
  it('is that of the day from 19:30 Sydney, through both changes of daylight saving', () => {
    expect(latestCloseDue(at('2026-03-02T08:29:59Z'))).toBe('2026-02-27');
    expect(latestCloseDue(at('2026-03-02T08:30:00Z'))).toBe('2026-03-02');
    expect(latestCloseDue(at('2026-04-02T08:30:00Z'))).toBe('2026-04-02');
    expect(latestCloseDue(at('2026-04-07T09:29:59Z'))).toBe('2026-04-02');
    expect(latestCloseDue(at('2026-10-05T08:29:59Z'))).toBe('2026-10-02');
    expect(latestCloseDue(at('2026-10-05T08:30:00Z'))).toBe('2026-10-05');
  });
});

describe('no price', () => {
  it('is none, whatever the time', () => {
    expect(freshness(undefined, at('2026-03-02T01:05:00Z'))).toEqual({ kind: 'none' });
  });
});

describe('overrides', () => {
  it('count a day the exchange announced closed as no session', () => {
    const overrides: CalendarOverrides = {
      closed: new Set([parseLocalDate('2026-03-02')]),
      open: new Set(),
      earlyClose: new Set(),
    };
    const now = at('2026-03-02T09:00:00Z');
    expect(isStale(friday, now)).toBe(true);
    expect(isStale(friday, now, overrides)).toBe(false);
    expect(priceAge(friday, now, overrides)).toBe(0);
  });
});
