import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLocalDate } from '../../../src/domain/date.ts';
import { decimal, price } from '../../../src/domain/decimal.ts';
import { tradingDays } from '../../../src/domain/market/calendar.ts';
import type { Bar } from '../../../src/domain/market/price.ts';
import { findings, type StoredPrices } from '../../../src/domain/market/quality.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { readSentBars, wantsJudging } from '../../../src/domain/signals/sent-bars.ts';

const day = parseLocalDate;
const sessions = tradingDays(day('2026-01-05'), day('2026-03-31'));
const time = { today: day('2026-03-31'), closed: day('2026-03-31') };

const bar = (date: (typeof sessions)[number], close = '10', volume = '1000'): Bar => ({
  date,
  open: price(close),
  high: price(close),
  low: price(close),
  close: price(close),
  adjustedClose: price(close),
  volume: decimal(volume),
});
const clean = sessions.map(date => bar(date));
const sentOf = (bars: readonly Bar[]) => {
  const words = bars.toReversed().map(each => {
    const { date, open, high, low, close, adjustedClose, volume } = each;
    return [date, ...[open, high, low, close, adjustedClose, volume].map(figure => figure.toFixed())].join(' ');
  });
  return readSentBars(words.join(' '), bars.length);
};
const found = (bars: readonly Bar[], quote?: StoredPrices['quote']) => {
  const sent = sentOf(bars);
  const unjudged = { bars, splits: [], dividends: [], actions: [], released: new Map() };
  const judged = wantsJudging(sent) ? unjudged : undefined;
  return findings({ sent, judged, quote, quoteBar: bars.at(-1) }, time).map(
    each => `${each.kind} ${each.date}: ${each.detail}`,
  );
};

test('a whole series has no finding, and no series has none either', () => {
  expect(found(clean)).toEqual([]);
  expect(found([])).toEqual([]);
});

test('taking sessions out of the middle is one gap of so many', () => {
  const most = clean.length;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: most - 3 }), fc.integer({ min: 1, max: 8 }), (from, length) => {
      const to = Math.min(from + length, most - 1);
      const bars = [...clean.slice(0, from), ...clean.slice(to)];
      const gone = sessions.slice(from, to);
      const words = gone.length === 1 ? `on ${gone[0]}` : `on ${gone.length} sessions, ${gone[0]} to ${gone.at(-1)}`;
      expect(found(bars)).toEqual([`gap ${gone[0]}: no bar ${words}`]);
    }),
  );
});

test('a security that is missing now and then trades thinly, and is told once', () => {
  const bars = clean.filter((_, index) => index % 6 !== 3);
  const missing = clean.length - bars.length;
  expect(found(bars)).toEqual([
    `thin ${sessions[3]}: no bar on ${missing} of ${sessions.length} sessions: it trades thinly, or bars are missing`,
  ]);
});

test('a last bar five sessions before the close that is due is an end, four are not', () => {
  expect(found(clean.slice(0, -5))).toEqual([
    `end ${sessions.at(-6)}: no bar since ${sessions.at(-6)}, 5 sessions ago: suspended, or not fetched`,
  ]);
  expect(found(clean.slice(0, -4))).toEqual([]);
});

test('an impossible bar, a bar of tomorrow and ten sessions without volume', () => {
  const odd = { ...bar(sessions[5]!), high: price('9') };
  expect(found(clean.map(each => (each.date === odd.date ? odd : each)))).toEqual([
    `impossible ${odd.date}: opened at 10 outside 10 to 9`,
  ]);
  expect(found([...clean, bar(day('2026-04-01'))])).toEqual([
    'future 2026-04-01: a bar of 2026-04-01, which is yet to come',
  ]);
  const quiet = (count: number) => clean.map((each, index) => (index < count ? bar(each.date, '10', '0') : each));
  expect(found(quiet(9))).toEqual([]);
  expect(found(quiet(10))).toEqual([
    `volume ${sessions[0]}: no volume on 10 sessions, ${sessions[0]} to ${sessions[9]}`,
  ]);
});

test('a close that moves without volume ends the run', () => {
  const quiet = (moved: number) =>
    clean.map((each, index) => (index < 16 ? bar(each.date, index < moved ? '10' : '10.1', '0') : each));
  expect(found(quiet(8))).toEqual([]);
  expect(found(quiet(10))).toEqual([
    `volume ${sessions[0]}: no volume on 10 sessions, ${sessions[0]} to ${sessions[9]}`,
  ]);
});

test('a bar of a day without a session is no gap and hides none', () => {
  const saturday = day('2026-01-10');
  const monday = day('2026-01-12');
  const bars = [...clean, bar(saturday)].sort((a, b) => (a.date < b.date ? -1 : 1));
  expect(found(bars)).toEqual([]);
  expect(found(bars.filter(each => each.date !== monday))).toEqual([`gap ${monday}: no bar on ${monday}`]);
});

test('a closing quote is held against the bar of its day, one in the session is not', () => {
  const quote = (at: string, close: string) => ({
    code: parseCode('ABC'),
    at: Date.parse(at),
    fetchedAt: Date.parse(at),
    price: price(close),
  });
  // 31 March 2026 is in daylight saving: 16:35 Sydney is 05:35Z.
  expect(found(clean, quote('2026-03-31T05:35Z', '10.4'))).toEqual([
    'quote 2026-03-31: closed at 10, but the last quote says 10.4',
  ]);
  expect(found(clean, quote('2026-03-31T05:35Z', '10.04'))).toEqual([]);
  expect(found(clean, quote('2026-03-31T03:00Z', '10.4'))).toEqual([]);
});
