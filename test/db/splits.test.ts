import { expect, test } from 'vitest';
import { replaceSplits, splitsOf, splitsSince, storeSplits } from '../../src/db/splits.ts';
import { decimal } from '../../src/domain/decimal.ts';
import { code, date, now, open } from './open-database.ts';

const split = (of: string, on: string, newUnits: string, oldUnits: string) => ({
  code: code(of),
  date: date(on),
  newUnits: decimal(newUnits),
  oldUnits: decimal(oldUnits),
});
const auz = split('AUZ', '2024-11-01', '1', '10');
const old = split('AUZ', '2020-05-01', '3', '2');
const bhp = split('BHP', '2025-01-06', '2', '1');

test('splits come back by date, for one code or since a day', () => {
  const db = open();
  db.transaction(() => storeSplits(db, [bhp, auz, old], now));
  expect(splitsOf(db, auz.code)).toEqual([old, auz]);
  expect(splitsSince(db, auz.date)).toEqual([auz, bhp]);
  expect(splitsSince(db, date('2024-11-02'))).toEqual([bhp]);
});

test('a corrected split takes its day, and a list takes the place of the old one', () => {
  const db = open();
  db.transaction(() => storeSplits(db, [auz, bhp], now));
  const corrected = split('AUZ', '2024-11-01', '1', '12');
  db.transaction(() => storeSplits(db, [corrected], now));
  expect(splitsOf(db, auz.code)).toEqual([corrected]);
  db.transaction(() => replaceSplits(db, auz.code, [old], now));
  expect(splitsSince(db, date('2000-01-01'))).toEqual([old, bhp]);
});
