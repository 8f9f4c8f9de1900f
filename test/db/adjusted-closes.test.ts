import { describe, expect, test } from 'vitest';
import { readAdjustedCloses } from '../../src/db/adjusted-closes.ts';
import type { Database } from '../../src/db/database.ts';
import { replaceHistory } from '../../src/db/prices.ts';
import { releaseSuspect, storeSuspect } from '../../src/db/suspects.ts';
import { decimal, price } from '../../src/domain/decimal.ts';
import type { Code } from '../../src/domain/market/security.ts';
import { on } from '../support/ledger.ts';
import { now, open } from './open-database.ts';

const code = 'BHP' as Code;
const window = { from: on('2026-03-03'), to: on('2026-03-05') };

/** Bars from 2 March 2026 on, as traded and adjusted. */
function store(db: Database, closes: readonly (readonly [close: string, adjusted: string])[]): void {
  const bars = closes.map(([close, adjusted], index) => ({
    date: on(`2026-03-0${index + 2}`),
    open: price(close),
    high: price(close),
    low: price(close),
    close: price(close),
    adjustedClose: price(adjusted),
    volume: decimal('1'),
  }));
  db.transaction(() => replaceHistory(db, code, bars, { at: now, source: 'eodhd' }));
}

const read = (db: Database) => {
  const [{ closes } = { closes: { days: [], closes: [], places: 0 } }] = readAdjustedCloses(db, [code], window);
  return [...closes.days].map((day, index) => `${day} ${(closes.closes[index] ?? 0) / 10 ** closes.places}`);
};

describe('adjusted closes', () => {
  test('are those of the window, both ends included', () => {
    const db = open();
    store(db, [
      ['45', '40'],
      ['46', '41'],
      ['47', '42.1234'],
      ['46.5', '43'],
      ['48', '44'],
    ]);
    expect(read(db)).toEqual(['20260303 41', '20260304 42.1234', '20260305 43']);
  });

  test('a bar that moved too far is left out until the user accepts it', () => {
    const db = open();
    store(db, [
      ['75', '75'],
      ['75.82', '75.82'],
      ['41.71', '41.71'],
      ['75.9', '75.9'],
    ]);
    expect(read(db)).toEqual(['20260303 75.82', '20260305 75.9']);
    db.transaction(() => {
      storeSuspect(db, { code, date: on('2026-03-04'), close: price('41.71'), reason: 'closed at 41.71 after 75.82' });
      releaseSuspect(db, code, on('2026-03-04'), now);
    });
    expect(read(db)).toEqual(['20260303 75.82', '20260304 41.71']);
  });

  test('a split that the adjusted closes have in them already is no jump; one of no security is none', () => {
    const db = open();
    expect(read(db)).toEqual([]);
    store(db, [
      ['100', '50'],
      ['102', '51'],
      ['51.5', '51.5'],
      ['52', '52'],
    ]);
    expect(read(db)).toEqual(['20260303 51', '20260304 51.5', '20260305 52']);
  });
});
