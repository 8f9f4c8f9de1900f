import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type LocalDate, parseLocalDate } from '../../../src/domain/date.ts';
import { decimal, price } from '../../../src/domain/decimal.ts';
import { nextTradingDay } from '../../../src/domain/market/calendar.ts';
import type { Bar, Quote, SplitEvent } from '../../../src/domain/market/price.ts';
import { reviewBars, type SuspectBar, whySuspect } from '../../../src/domain/market/sanity.ts';
import { parseCode } from '../../../src/domain/market/security.ts';

const on = parseLocalDate;
const code = parseCode('WES');
const bar = (date: LocalDate, open: string, high: string, low: string, close: string): Bar => ({
  date,
  open: price(open),
  high: price(high),
  low: price(low),
  close: price(close),
  adjustedClose: price(close),
  volume: decimal('1000'),
});
/** Flat bars on following trading days from Monday 2 March 2026. */
const days = (...closes: string[]): Bar[] => {
  let date = addDays(on('2026-03-02'), -1);
  return closes.map(close => {
    date = nextTradingDay(date);
    return bar(date, close, close, close, close);
  });
};
const split = (date: string, newUnits: string, oldUnits: string): SplitEvent => ({
  code,
  date: on(date),
  newUnits: decimal(newUnits),
  oldUnits: decimal(oldUnits),
});
const dates = (bars: readonly Bar[]): string[] => bars.map(({ date }) => date);
const reasons = (suspect: readonly SuspectBar[]): string[] => suspect.map(({ bar, reason }) => `${bar.date} ${reason}`);

describe('an impossible bar', () => {
  it.each([
    ['opened at 9 outside 10 to 12', ['9', '12', '10', '11']],
    ['opened at 13 outside 10 to 12', ['13', '12', '10', '11']],
    ['closed at 9.5 outside 10 to 12', ['11', '12', '10', '9.5']],
    ['closed at 12.5 outside 10 to 12', ['11', '12', '10', '12.5']],
    ['opened at 11 outside 12 to 10', ['11', '10', '12', '11']],
    ['has a price that is not above zero', ['0', '0', '0', '0']],
    ['has a price that is not above zero', ['11', '12', '-1', '11']],
  ] as const)('%s', (reason, [open, high, low, close]) => {
    const sent = bar(on('2026-03-02'), open, high, low, close);
    expect(reviewBars([sent], [])).toEqual({
      good: [],
      confirmed: [],
      suspect: [{ bar: sent, kind: 'impossible', reason }],
    });
  });

  it('neither confirms nor clears a bar that waits', () => {
    const [first, jump, , last] = days('75.82', '41.71', '0', '41.9');
    const impossible = bar(on('2026-03-04'), '75', '75', '76', '75');
    if (!(first && jump && last)) throw new Error('no bars');
    const { good, suspect } = reviewBars([first, jump, impossible, last], []);
    expect(dates(good)).toEqual(['2026-03-02', '2026-03-03', '2026-03-05']);
    expect(suspect.map(({ kind }) => kind)).toEqual(['impossible']);
  });

  it('that touches its range is possible', () => {
    expect(reviewBars([bar(on('2026-03-02'), '10', '12', '10', '12')], []).suspect).toEqual([]);
  });
});

describe('a jump', () => {
  it('for one day is held back, and the last good close stands', () => {
    const { good, suspect } = reviewBars(days('75.8', '75.82', '41.71', '76.01'), []);
    expect(dates(good)).toEqual(['2026-03-02', '2026-03-03', '2026-03-05']);
    expect(reasons(suspect)).toEqual(['2026-03-04 closed at 41.71 after 75.82']);
    expect(suspect.map(({ kind }) => kind)).toEqual(['jump']);
  });

  it('is released when the next bar confirms it within 20%', () => {
    expect(reasons(reviewBars(days('10', '5'), []).suspect)).toEqual(['2026-03-03 closed at 5 after 10']);
    for (const next of ['4', '5', '6']) expect(reviewBars(days('10', '5', next), []).suspect).toEqual([]);
    const { good, confirmed } = reviewBars(days('10', '5', '6', '6.1'), []);
    expect([good.length, dates(confirmed)]).toEqual([4, ['2026-03-03']]);
    expect(dates(reviewBars(days('10', '5', '4.2', '4.1'), []).good)).toEqual([
      '2026-03-02',
      '2026-03-03',
      '2026-03-04',
      '2026-03-05',
    ]);
    expect(reasons(reviewBars(days('10', '5', '3.99'), []).suspect)).toEqual([
      '2026-03-03 closed at 5 after 10',
      '2026-03-04 closed at 3.99 after 10',
    ]);
    expect(reasons(reviewBars(days('10', '5', '6.01'), []).suspect)).toEqual(['2026-03-03 closed at 5 after 10']);
  });

  it('is confirmed by the very next bar only', () => {
    expect(reasons(reviewBars(days('10', '5', '10', '5'), []).suspect)).toEqual([
      '2026-03-03 closed at 5 after 10',
      '2026-03-05 closed at 5 after 10',
    ]);
  });

  it.each([
    ['10', '14', false],
    ['10', '14.01', true],
    ['10', '6', false],
    ['10', '5.99', true],
    ['0.01', '0.02', false],
    ['0.01', '0.021', true],
    ['0.021', '0.011', false],
    ['0.02', '0.009', true],
  ])('from %s to %s: over 40%% and over 10 ticks is %s', (from, to, isSuspect) => {
    expect(reviewBars(days(from, to), []).suspect).toHaveLength(isSuspect ? 1 : 0);
  });

  it.each([
    ['2026-03-10', 0],
    ['2026-03-17', 0],
    ['2026-03-18', 1],
    ['2026-03-03', 0],
    ['2026-03-02', 1],
  ])('on 2026-03-10 with a split on %s counts %i suspect', (date, count) => {
    const [before, after] = [
      bar(on('2026-03-09'), '10', '10', '10', '10'),
      bar(on('2026-03-10'), '2.5', '2.5', '2.5', '2.5'),
    ];
    expect(reviewBars([before, after], [split(date, '4', '1')]).suspect).toHaveLength(count);
  });

  it('is measured from the last good close that is stored', () => {
    const lastGood = { date: on('2026-02-27'), close: price('75.82') };
    expect(reasons(reviewBars(days('41.71'), [], { lastGood }).suspect)).toEqual([
      '2026-03-02 closed at 41.71 after 75.82',
    ]);
    expect(dates(reviewBars(days('41.71', '41.9'), [], { lastGood }).good)).toEqual(['2026-03-02', '2026-03-03']);
    expect(reviewBars(days('41.71'), []).suspect).toEqual([]);
  });

  it('is used when the user has released it, whatever follows', () => {
    const released = new Set([on('2026-03-03')]);
    const { good, suspect } = reviewBars(days('10', '5', '10.1'), [], { released });
    expect(dates(good)).toEqual(['2026-03-02', '2026-03-03']);
    expect(reasons(suspect)).toEqual(['2026-03-04 closed at 10.1 after 5']);
    const impossible = bar(on('2026-03-03'), '5', '4', '6', '5');
    expect(reviewBars([impossible], [], { released }).suspect).toEqual([]);
  });
});

describe('any series', () => {
  const closes = fc.array(
    fc.integer({ min: 1, max: 3000 }).map(cents => (cents / 100).toFixed(2)),
    { maxLength: 40 },
  );

  it('is parted without loss, each side in order of time, and calm series pass whole', () => {
    fc.assert(
      fc.property(closes, values => {
        const bars = days(...values);
        const { good, suspect } = reviewBars(bars, []);
        expect([...dates(good), ...suspect.map(({ bar: held }) => held.date)].sort()).toEqual(dates(bars));
        expect(dates(good)).toEqual(dates(good).sort());
        expect(suspect.map(({ bar: held }) => held.date)).toEqual(suspect.map(({ bar: held }) => held.date).sort());
      }),
      { seed: 71, numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1000, max: 1400 }), { maxLength: 40 }), values => {
        const calm = days(...values.map(cents => (cents / 100).toFixed(2)));
        expect(reviewBars(calm, []).suspect).toEqual([]);
      }),
      { seed: 72, numRuns: 100 },
    );
  });
});

describe('a quote', () => {
  const quote = (text: string, range: Partial<Quote> = {}): Quote => ({ code, price: price(text), ...range });
  const today = on('2026-03-03');
  const lastGood = { date: on('2026-03-02'), close: price('75.82') };

  it('is judged against the last good close', () => {
    expect(whySuspect(quote('41.71'), today, [], lastGood)).toBe('trades at 41.71 after 75.82');
    expect(whySuspect(quote('76'), today, [], lastGood)).toBeUndefined();
    expect(whySuspect(quote('41.71'), today, [], undefined)).toBeUndefined();
    expect(whySuspect(quote('18.95'), today, [split('2026-03-03', '4', '1')], lastGood)).toBeUndefined();
  });

  it('lies in its own range, as far as that is known, and above zero', () => {
    expect(whySuspect(quote('76', { low: price('77') }), today, [], lastGood)).toBe('trades at 76 outside 77 to –');
    expect(whySuspect(quote('76', { high: price('75.9') }), today, [], lastGood)).toBe(
      'trades at 76 outside – to 75.9',
    );
    expect(whySuspect(quote('76', { low: price('76'), high: price('76') }), today, [], lastGood)).toBeUndefined();
    expect(whySuspect(quote('0'), today, [], undefined)).toBe('trades at 0, which is not above zero');
    expect(whySuspect({ code }, today, [], lastGood)).toBeUndefined();
  });
});

const shared = new URL('../../../../shared/data/eodhd/', import.meta.url);
describe.skipIf(!existsSync(shared))('the recorded histories (skipped where the shared test data is absent)', () => {
  it('of BHP since 1993 hold nothing suspect, and one spoilt close is found', () => {
    const rows = JSON.parse(readFileSync(new URL('eod-BHP.AU-full-1993-2025.json', shared), 'utf8')) as {
      date: string;
      open: number;
      high: number;
      low: number;
      close: number;
    }[];
    const bars = rows.map(row =>
      bar(on(row.date), String(row.open), String(row.high), String(row.low), String(row.close)),
    );
    const { good, confirmed, suspect } = reviewBars(bars, []);
    expect([good, suspect]).toEqual([bars, []]);
    // A bonus issue that no split was passed for: the next close confirms it.
    expect(dates(confirmed)).toEqual(['2001-06-29']);
    const spoilt = bars.map(sent => (sent.date === '2024-09-30' ? bar(sent.date, '4.6', '4.6', '4.6', '4.6') : sent));
    expect(reasons(reviewBars(spoilt, []).suspect)).toEqual(['2024-09-30 closed at 4.6 after 44.74']);
  });
});
