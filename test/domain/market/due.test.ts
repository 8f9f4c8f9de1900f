import { describe, expect, it } from 'vitest';
import { type Instant, minute, parseLocalDate, readInstant } from '../../../src/domain/date.ts';
import { areActionsDue, isHistoryDue, isQuoteDue } from '../../../src/domain/market/due.ts';

const at = (text: string): Instant => readInstant(text) ?? Number.NaN;
const date = parseLocalDate;
const never = { stamp: undefined, askedAt: undefined };
const asked = (text: string) => ({ stamp: undefined, askedAt: at(text) });
/** A quote of the last trade, asked for at that instant. */
const traded = (trade: string, fetched = trade) => ({
  stamp: { kind: 'quote', tradedAt: at(trade), fetchedAt: at(fetched) } as const,
  askedAt: at(fetched),
});

// Tuesday 3 March 2026 in Sydney: open 23:00Z on the 2nd to 05:00Z, auction 05:10Z, closing price 05:31Z.
describe('isQuoteDue in a session', () => {
  it('is when the last asking is an interval old', () => {
    const known = traded('2026-03-03T01:00Z');
    expect(isQuoteDue(known, undefined, at('2026-03-03T01:14Z'), 15 * minute)).toBe(false);
    expect(isQuoteDue(known, undefined, at('2026-03-03T01:15Z'), 15 * minute)).toBe(true);
    expect(isQuoteDue(never, undefined, at('2026-03-03T01:15Z'), 15 * minute)).toBe(true);
  });

  it('holds between the auction and the closing price too, also on the first day after a weekend', () => {
    // Monday 2 March, 16:20 Sydney.
    const known = traded('2026-03-02T05:00Z');
    expect(isQuoteDue(known, date('2026-02-27'), at('2026-03-02T05:20Z'), 15 * minute)).toBe(true);
    expect(isQuoteDue(known, date('2026-02-27'), at('2026-03-02T05:14Z'), 15 * minute)).toBe(false);
    // Tuesday 7 April, the first day after Easter; Sydney is at UTC+10 by then.
    expect(isQuoteDue(traded('2026-04-07T05:59Z'), date('2026-04-02'), at('2026-04-07T06:20Z'), minute)).toBe(true);
  });
});

describe('isQuoteDue after the close', () => {
  it('is until the closing price is there, and asked once after it can be', () => {
    const before = traded('2026-03-03T04:40Z', '2026-03-03T05:00Z');
    expect(isQuoteDue(before, date('2026-03-02'), at('2026-03-03T05:31Z'), minute)).toBe(true);
    const closing = traded('2026-03-03T05:10Z', '2026-03-03T05:32Z');
    expect(isQuoteDue(closing, date('2026-03-02'), at('2026-03-03T06:00Z'), minute)).toBe(false);
  });

  it('is not for a suspended security that was asked for since', () => {
    const suspended = { ...traded('2026-02-10T03:00Z'), askedAt: at('2026-03-03T05:40Z') };
    expect(isQuoteDue(suspended, date('2026-02-10'), at('2026-03-03T09:00Z'), minute)).toBe(false);
    expect(isQuoteDue(asked('2026-03-03T05:40Z'), undefined, at('2026-03-03T09:00Z'), minute)).toBe(false);
    // The next session asks again.
    expect(isQuoteDue(asked('2026-03-03T05:40Z'), undefined, at('2026-03-03T23:30Z'), minute)).toBe(true);
  });

  it('is not where the bar of the day is stored, nor over the weekend', () => {
    expect(isQuoteDue(never, date('2026-03-03'), at('2026-03-03T09:00Z'), minute)).toBe(false);
    const friday = traded('2026-03-06T05:10Z', '2026-03-06T06:00Z');
    expect(isQuoteDue(friday, undefined, at('2026-03-08T03:00Z'), minute)).toBe(false);
    expect(isQuoteDue(friday, undefined, at('2026-03-08T22:30Z'), minute)).toBe(false);
  });

  it('is for a quote of another day than the last session', () => {
    const thursday = traded('2026-03-05T05:10Z', '2026-03-05T06:00Z');
    expect(isQuoteDue(thursday, undefined, at('2026-03-07T03:00Z'), minute)).toBe(true);
  });

  it('knows an early close: on 24 December the closing price is there from 14:31', () => {
    const noon = traded('2026-12-24T01:00Z');
    expect(isQuoteDue(noon, undefined, at('2026-12-24T03:31Z'), 15 * minute)).toBe(true);
    const closed = traded('2026-12-24T03:10Z', '2026-12-24T03:32Z');
    expect(isQuoteDue(closed, undefined, at('2026-12-24T04:00Z'), minute)).toBe(false);
  });
});

describe('isHistoryDue', () => {
  it('is from 19:30 Sydney, once for each end of day', () => {
    const last = date('2026-03-02');
    expect(isHistoryDue(last, undefined, at('2026-03-03T08:29Z'))).toBe(false);
    expect(isHistoryDue(last, undefined, at('2026-03-03T08:30Z'))).toBe(true);
    expect(isHistoryDue(date('2026-03-03'), undefined, at('2026-03-03T08:30Z'))).toBe(false);
    // Asked at 19:40 and nothing came: not again until the next end of day.
    expect(isHistoryDue(last, at('2026-03-03T08:40Z'), at('2026-03-04T08:00Z'))).toBe(false);
    expect(isHistoryDue(last, at('2026-03-03T08:40Z'), at('2026-03-04T08:30Z'))).toBe(true);
    // An asking from before the end of day counts for nothing.
    expect(isHistoryDue(last, at('2026-03-03T08:20Z'), at('2026-03-03T08:30Z'))).toBe(true);
  });

  it('is again after an hour, then after as long as the provider is late, while no security has the bar of the day', () => {
    const last = date('2026-03-02');
    const late = { isPublished: false };
    // Due at 19:30, which is 08:30Z: asked at 19:35, 20:35, 21:40, 23:50 and so on.
    for (const [askedAt, again] of [
      ['2026-03-03T08:35Z', '2026-03-03T09:35Z'],
      ['2026-03-03T09:35Z', '2026-03-03T10:40Z'],
      ['2026-03-03T10:40Z', '2026-03-03T12:50Z'],
      ['2026-03-03T12:50Z', '2026-03-03T17:10Z'],
    ] as const) {
      expect([askedAt, isHistoryDue(last, at(askedAt), at(again) - minute, late)]).toEqual([askedAt, false]);
      expect([askedAt, isHistoryDue(last, at(askedAt), at(again), late)]).toEqual([askedAt, true]);
    }
    expect(isHistoryDue(date('2026-03-03'), at('2026-03-03T08:35Z'), at('2026-03-03T12:00Z'), late)).toBe(false);
  });

  it('is for one that was never stored, also at noon', () => {
    expect(isHistoryDue(undefined, undefined, at('2026-03-03T01:00Z'))).toBe(true);
  });

  it('is not on a public holiday for want of its bar', () => {
    expect(isHistoryDue(date('2026-04-02'), undefined, at('2026-04-06T10:00Z'))).toBe(false);
  });
});

describe('areActionsDue', () => {
  it('is once for each end of day', () => {
    expect(areActionsDue(undefined, at('2026-03-03T01:00Z'))).toBe(true);
    expect(areActionsDue(at('2026-03-02T09:00Z'), at('2026-03-03T08:29Z'))).toBe(false);
    expect(areActionsDue(at('2026-03-02T09:00Z'), at('2026-03-03T08:30Z'))).toBe(true);
  });
});

describe('after the clock was set back', () => {
  it('what was asked in the future is asked again', () => {
    const [ahead, now] = [at('2027-03-03T09:00Z'), at('2026-03-03T01:00Z')];
    expect(isQuoteDue({ stamp: undefined, askedAt: ahead }, undefined, now, 15 * minute)).toBe(true);
    const evening = at('2026-03-03T09:00Z');
    expect(isQuoteDue({ stamp: undefined, askedAt: ahead }, undefined, evening, minute)).toBe(true);
    expect(isHistoryDue(date('2026-03-02'), ahead, evening)).toBe(true);
    expect(areActionsDue(ahead, evening)).toBe(true);
  });
});
