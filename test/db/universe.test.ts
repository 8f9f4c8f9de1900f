import { expect, test } from 'vitest';
import { storeIndexMembers } from '../../src/db/fundamentals.ts';
import { replaceHistory, storeBars } from '../../src/db/prices.ts';
import { storeSecurities } from '../../src/db/securities.ts';
import { storeSplits } from '../../src/db/splits.ts';
import { asx200, candidateCodes, liquidityFloor, universeCodes } from '../../src/db/universe.ts';
import { watch } from '../../src/db/watchlist.ts';
import { addDays } from '../../src/domain/date.ts';
import { decimal, price } from '../../src/domain/decimal.ts';
import type { Bar } from '../../src/domain/market/price.ts';
import { code, date, now, openWithPortfolios } from './open-database.ts';

const asOf = date('2026-03-02');
const bar = (back: number, close: string, volume: number): Bar => ({
  date: addDays(asOf, -back),
  open: price(close),
  high: price(close),
  low: price(close),
  close: price(close),
  adjustedClose: price(close),
  volume: decimal(String(volume)),
});

function market() {
  const db = openWithPortfolios();
  const fetch = { at: now, source: 'test' };
  const bars = (name: string, count: number, close: string, volume: number) =>
    storeBars(
      db,
      code(name),
      Array.from({ length: count }, (_, index) => bar(index, close, volume)),
      fetch,
    );
  db.transaction(() => {
    bars('BIG', 20, '10', 500_000);
    bars('SML', 20, '10', 499_999);
    bars('NEW', 19, '10', 900_000);
    bars('AXJO', 20, '8000', 0);
    bars('AUDUSD', 20, '0.65', 0);
    watch(db, { code: code('SML'), addedAt: now });
    storeIndexMembers(db, asx200, [code('BIG'), code('ZZZ')], now);
  });
  return db;
}

test('held and watched; the members; what trades enough; all that has prices', () => {
  const db = market();
  expect(universeCodes(db, 'held', { asOf })).toEqual(['SML']);
  expect(universeCodes(db, 'asx200', { asOf })).toEqual(['BIG', 'ZZZ']);
  expect(universeCodes(db, 'liquid', { asOf })).toEqual(['BIG']);
  expect(universeCodes(db, 'liquid', { asOf, floor: 4_999_990 })).toEqual(['BIG', 'SML']);
  expect(universeCodes(db, 'all', { asOf })).toEqual(['BIG', 'NEW', 'SML']);
});

test('the liquid ones come by what they trade, without those that have stopped', () => {
  const db = market();
  db.transaction(() => {
    const days = (back: number) => Array.from({ length: 20 }, (_, index) => bar(index + back, '10', 900_000));
    storeBars(db, code('TOP'), days(0), { at: now, source: 'test' });
    storeBars(db, code('OLD'), days(31), { at: now, source: 'test' });
  });
  expect(universeCodes(db, 'liquid', { asOf })).toEqual(['TOP', 'BIG']);
  expect(universeCodes(db, 'liquid', { asOf: addDays(asOf, -20) })).toEqual(['OLD']);
});

test('of too few bars to judge by, half of the floor makes a candidate', () => {
  const db = market();
  db.transaction(() => {
    const one = (name: string, volume: number) =>
      storeBars(db, code(name), [bar(0, '10', volume)], { at: now, source: 'test' });
    one('MAY', 250_000);
    one('NOT', 249_999);
  });
  expect(candidateCodes(db, 'liquid', asOf)).toEqual(['NEW', 'BIG', 'MAY']);
});

test('all is what is listed as a share, ETF or fund, and what has prices and is not listed as something else', () => {
  const db = market();
  const list = (name: string, kind: 'share' | 'etf' | 'preference', listed = true) => ({
    ...{ code: code(name), name, kind, listed },
  });
  db.transaction(() => {
    storeSecurities(db, [list('ETFA', 'etf'), list('GONE', 'share', false), list('NEW', 'share', false)], now);
    storeSecurities(db, [list('SML', 'preference'), list('BIG', 'preference'), list('NOTE', 'preference')], now);
    replaceHistory(db, code('BIG'), [bar(0, '10', 1)], { at: now, source: 'test' });
  });
  // A hybrid of which only days of the whole exchange came is left out; one with a history of its own is followed.
  expect(universeCodes(db, 'all', { asOf })).toEqual(['BIG', 'ETFA', 'NEW']);
});

test('the turnover is the median of the last 20 bars, in the units of each day', () => {
  const db = market();
  const trades = (floor: number): boolean => universeCodes(db, 'liquid', { asOf, floor }).includes(code('BIG'));
  expect([trades(liquidityFloor), trades(liquidityFloor + 1)]).toEqual([true, false]);
  db.transaction(() =>
    storeSplits(
      db,
      [{ code: code('BIG'), date: addDays(asOf, 1), newUnits: decimal('2'), oldUnits: decimal('1') }],
      now,
    ),
  );
  // EODHD has the volume in today's units already: half of them were traded.
  expect([trades(liquidityFloor / 2), trades(liquidityFloor / 2 + 1)]).toEqual([true, false]);
});
