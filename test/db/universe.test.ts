import { expect, test } from 'vitest';
import { storeIndexMembers } from '../../src/db/fundamentals.ts';
import { storeBars } from '../../src/db/prices.ts';
import { storeSplits } from '../../src/db/splits.ts';
import { asx200, liquidityFloor, medianTurnover, universeCodes } from '../../src/db/universe.ts';
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

test('the median turnover is of the last 20 bars, in the units of each day', () => {
  const db = market();
  expect(medianTurnover(db, code('BIG'), asOf)).toBe(liquidityFloor);
  expect(medianTurnover(db, code('NEW'), asOf)).toBeUndefined();
  db.transaction(() =>
    storeSplits(
      db,
      [{ code: code('BIG'), date: addDays(asOf, 1), newUnits: decimal('2'), oldUnits: decimal('1') }],
      now,
    ),
  );
  // EODHD has the volume in today's units already: half of them were traded.
  expect(medianTurnover(db, code('BIG'), asOf)).toBe(liquidityFloor / 2);
});
