import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LocalDate, parseLocalDate, readInstant } from '../../../src/domain/date.ts';
import { decimal, price, units } from '../../../src/domain/decimal.ts';
import { tradingDays } from '../../../src/domain/market/calendar.ts';
import type { Bar } from '../../../src/domain/market/price.ts';
import { type JudgedPrices, jumps } from '../../../src/domain/market/quality-jumps.ts';
import { parseCode } from '../../../src/domain/market/security.ts';

const sessions = tradingDays(parseLocalDate('2026-01-05'), parseLocalDate('2026-03-31'));
const bar = (date: LocalDate, close: string): Bar => {
  const at = price(close);
  return { date, open: at, high: at, low: at, close: at, adjustedClose: at, volume: decimal('1000') };
};
/** 5 February 2026. */
const at = sessions[22]!;
const code = parseCode('ABC');
const clean = sessions.map(date => bar(date, '10'));
const halved = clean.map(each => (each.date < at ? each : bar(each.date, '4.9')));
const spike = clean.map(each => (each.date === at ? bar(at, '20') : each));
const stayed = [`jump ${at}: moved from 10 to 4.9 and stayed, with no split or other action near it`];

const found = (bars: readonly Bar[], more: Partial<JudgedPrices> = {}) =>
  jumps({ bars, splits: [], dividends: [], actions: [], released: new Map(), ...more }, undefined).map(
    each => `${each.kind} ${each.date}: ${each.detail}`,
  );
const released = (instant: string, byHand = false) => new Map([[at, { at: readInstant(instant)!, byHand }]]);

describe('a price that moves too far and comes back', () => {
  test('is a jump, until the user accepts it', () => {
    expect(found(spike)).toEqual([`jump ${at}: closed at 20 after 10`]);
    expect(found(spike, { released: released('2026-02-05T09:00Z') })).toEqual([]);
  });
  test('is one too where an action would explain a move that stays: it is not used', () => {
    expect(found(spike, { actions: [at] })).toEqual([`jump ${at}: closed at 20 after 10`]);
  });
});

describe('a price that moves too far and stays', () => {
  test('is a jump where nothing explains it', () => {
    expect(at).toBe('2026-02-05');
    expect(found(halved)).toEqual(stayed);
  });
  test('is one still after the next bar has released it; not where the user accepted it before', () => {
    // The next session's auction is on 6 February at 16:10 Sydney, 05:10Z.
    expect(found(halved, { released: released('2026-02-06T09:00Z') })).toEqual(stayed);
    expect(found(halved, { released: released('2026-02-06T05:10Z') })).toEqual(stayed);
    expect(found(halved, { released: released('2026-02-06T05:09Z') })).toEqual([]);
    expect(found(halved, { released: released('2026-03-06T05:09Z', true) })).toEqual([]);
  });
  test('is explained by a split and by an entry within five sessions', () => {
    const split = { code, date: at, newUnits: units('2'), oldUnits: units('1') };
    expect(found(halved, { splits: [split] })).toEqual([]);
    expect(found(halved, { actions: [sessions[27]!] })).toEqual([]);
    expect(found(halved, { actions: [sessions[17]!] })).toEqual([]);
    expect(found(halved, { actions: [sessions[28]!] })).toEqual(stayed);
  });
  test('is explained by a dividend that leaves 40% or less of the move, of that very day', () => {
    const paid = (perUnit: string, exDate = at, currency = 'AUD') => ({
      dividends: [{ code, exDate, perUnit: price(perUnit), currency }],
    });
    // 10 - 2 = 8, and 4.9 is 38.75% below; 10 - 1.5 = 8.5, and 4.9 is 42.4% below.
    expect(found(halved, paid('2'))).toEqual([]);
    expect(found(halved, paid('1.5'))).toEqual(stayed);
    expect(found(halved, paid('2', sessions[21]))).toEqual(stayed);
    expect(found(halved, paid('2', at, 'USD'))).toEqual(stayed);
    expect(found(halved, paid('12'))).toEqual(stayed);
  });
});

test('closes that move less than a third a day are never a jump', () => {
  const moves = fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 2, maxLength: sessions.length });
  fc.assert(
    fc.property(moves, list => {
      let cents = 1000;
      const bars = list.map((move, index) => {
        cents = Math.max(1, Math.round(cents * (1 + move / 100)));
        return bar(sessions[index]!, (cents / 100).toFixed(2));
      });
      expect(found(bars)).toEqual([]);
    }),
  );
});
