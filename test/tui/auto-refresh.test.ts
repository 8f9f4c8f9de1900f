import { describe, expect, test } from 'vitest';
import { type Instant, minute, readInstant } from '../../src/domain/date.ts';
import { dueRefresh, refreshedAt, refreshInterval } from '../../src/tui/auto-refresh.ts';

/** Sydney is 11 hours ahead in November: 23:00Z is 10:00 the next morning. */
const at = (text: string): Instant => readInstant(text) ?? 0;
const every = refreshInterval(false);
const due = (now: string, last: string) => dueRefresh(at(now), refreshedAt(at(last)), every);

describe('dueRefresh', () => {
  test('in a session every two minutes', () => {
    expect(every).toBe(2 * minute);
    expect(due('2026-11-20T01:01Z', '2026-11-20T01:00Z')).toBeUndefined();
    expect(due('2026-11-20T01:02Z', '2026-11-20T01:00Z')).toBe('prices');
  });
  test('more often on the simulated market, which costs nothing', () => {
    expect(refreshInterval(true)).toBe(15_000);
  });
  test('between the auction and the closing price of a delayed feed it goes on', () => {
    expect(due('2026-11-20T05:15Z', '2026-11-20T05:12Z')).toBe('prices');
  });
  test('once for the closing price, once for the end of day, then nothing until the next session', () => {
    expect(due('2026-11-20T05:32Z', '2026-11-20T05:29Z')).toBe('all');
    expect(due('2026-11-20T06:30Z', '2026-11-20T05:32Z')).toBeUndefined();
    expect(due('2026-11-20T08:31Z', '2026-11-20T06:00Z')).toBe('all');
    expect(due('2026-11-20T20:00Z', '2026-11-20T08:31Z')).toBeUndefined();
  });
  test('on a weekend nothing', () => {
    expect(due('2026-11-21T03:00Z', '2026-11-20T09:00Z')).toBeUndefined();
    expect(due('2026-11-22T03:00Z', '2026-11-20T09:00Z')).toBeUndefined();
  });
  test('after a night on which the machine slept, at once', () => {
    expect(due('2026-11-23T00:30Z', '2026-11-20T01:00Z')).toBe('all');
  });
});
