import { describe, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { replaceDividends } from '../../src/db/dividends.ts';
import { readPrices } from '../../src/db/known-prices.ts';
import { replaceHistory } from '../../src/db/prices.ts';
import { storeQuotes } from '../../src/db/quotes.ts';
import { releaseSuspect, storeSuspect } from '../../src/db/suspects.ts';
import { decimal, plain, price } from '../../src/domain/decimal.ts';
import { cpuTime } from '../support/cpu-time.ts';
import { at, bar } from '../usecases/stored-market.ts';
import { code, date, open } from './open-database.ts';

const now = at('2026-03-03T10:00Z');
const bhp = code('BHP');
const storeDays = (db: Database, name: string, days: Record<string, string>): void =>
  db.transaction(() =>
    replaceHistory(
      db,
      code(name),
      Object.entries(days).map(([on, close]) => bar(on, close)),
      { at: now, source: 'eodhd' },
    ),
  );
const shown = (db: Database, options: Partial<Parameters<typeof readPrices>[2]> = {}) => {
  const known = readPrices(db, [bhp], { now, ...options }).get(bhp);
  return known && [plain(known.price), known.source, known.on, known.stale];
};

describe('prices now', () => {
  test('are of the newer of quote and close; a code without either is left out', () => {
    const db = open();
    expect(readPrices(db, [bhp], { now })).toEqual(new Map());
    storeDays(db, 'BHP', { '2026-03-02': '50', '2026-03-03': '51' });
    expect(shown(db)).toEqual(['51', 'close', '2026-03-03', false]);
    const traded = at('2026-03-03T23:30Z');
    db.transaction(() =>
      storeQuotes(db, [{ code: bhp, at: traded, price: price('51.5') }], { at: traded, source: 'eodhd' }),
    );
    expect(shown(db, { now: traded + 1000 })).toEqual(['51.5', 'quote', '2026-03-04', false]);
  });

  test('hold a jump back until the user releases it', () => {
    const db = open();
    storeDays(db, 'BHP', { '2026-03-02': '75.82', '2026-03-03': '41.71' });
    expect(shown(db)).toEqual(['75.82', 'close', '2026-03-02', true]);
    db.transaction(() => {
      storeSuspect(db, { code: bhp, date: date('2026-03-03'), close: price('41.71'), reason: 'closed at 41.71' });
      releaseSuspect(db, bhp, date('2026-03-03'), now);
    });
    expect(shown(db)).toEqual(['41.71', 'close', '2026-03-03', false]);
  });

  test('believe a jump beside a split that the ledger holds, before the provider lists it', () => {
    const db = open();
    storeDays(db, 'BHP', { '2026-03-02': '50', '2026-03-03': '5' });
    const splits = [{ code: bhp, date: date('2026-03-03'), newUnits: decimal('10'), oldUnits: decimal('1') }];
    expect(shown(db, { recordedSplits: () => splits })).toEqual(['5', 'close', '2026-03-03', false]);
  });

  test('of 2,400 codes are read in a time that no screen notices much', () => {
    const db = open();
    const codes = Array.from({ length: 2400 }, (_, index) => `C${String(index).padStart(4, '0')}`);
    const days = Array.from({ length: 15 }, (_, index) => `2026-02-${String(10 + index)}`);
    for (const each of codes) storeDays(db, each, Object.fromEntries(days.map(day => [day, '2.5'])));
    const wanted = codes.map(code);
    expect(readPrices(db, wanted, { now }).size).toBe(2400);
    expect(cpuTime(() => readPrices(db, wanted, { now }))).toBeLessThan(1000);
  });
});

describe('prices of a past day', () => {
  test('are the close of that day, in the units of that day', () => {
    const db = open();
    storeDays(db, 'BHP', { '2026-02-26': '48', '2026-02-27': '49', '2026-03-03': '51' });
    expect(shown(db, { asOf: date('2026-02-27') })).toEqual(['49', 'close', '2026-02-27', false]);
    expect(shown(db, { asOf: date('2026-03-02') })).toEqual(['49', 'close', '2026-02-27', true]);
    expect(shown(db, { asOf: date('2026-02-25') })).toBeUndefined();
  });

  test('have a demerger’s re-base taken out by what the dividends tell', () => {
    const db = open();
    const before = Array.from({ length: 25 }, (_, index) => [
      `2022-04-${String(1 + index).padStart(2, '0')}`,
      '48.1354',
    ]);
    const after = Array.from({ length: 25 }, (_, index) => [`2022-06-${String(1 + index).padStart(2, '0')}`, '46.05']);
    storeDays(db, 'BHP', Object.fromEntries([...before, ...after]));
    db.transaction(() =>
      replaceDividends(
        db,
        bhp,
        ['2022-02-24', '2021-09-02', '2021-03-04'].map(exDate => ({
          code: bhp,
          exDate: date(exDate),
          perUnit: price('2.00'),
          adjustedPerUnit: price('1.780814'),
          currency: 'AUD',
        })),
        now,
      ),
    );
    expect(shown(db, { asOf: date('2022-04-08') })?.[0]).toBe('54.06');
    expect(shown(db, { asOf: date('2022-06-08') })?.[0]).toBe('46.05');
  });
});
