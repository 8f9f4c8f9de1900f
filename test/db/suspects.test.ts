import { expect, test } from 'vitest';
import { listSuspects, releasedDays, releaseSuspect, storeSuspect } from '../../src/db/suspects.ts';
import { price } from '../../src/domain/decimal.ts';
import { code, date, now, open } from './open-database.ts';

const bhp = code('BHP');
const day = date('2026-03-02');
const suspect = { code: bhp, date: day, close: price('4.32'), reason: 'fell 90% from 43.21' };

test('a suspect close is held back until it is released, once', () => {
  const db = open();
  db.transaction(() => storeSuspect(db, suspect));
  db.transaction(() => storeSuspect(db, { ...suspect, code: code('AAA') }));
  expect(listSuspects(db).map(each => each.code)).toEqual(['AAA', 'BHP']);
  expect(listSuspects(db, bhp)).toEqual([{ ...suspect, releasedAt: undefined }]);
  expect(releasedDays(db).size).toBe(0);
  expect(db.transaction(() => releaseSuspect(db, bhp, day, now))).toBe(true);
  expect(db.transaction(() => releaseSuspect(db, bhp, day, now))).toBe(false);
  expect(listSuspects(db, bhp)).toEqual([]);
  expect(releasedDays(db)).toEqual(new Map([[bhp, new Set([day])]]));
});

test('the same close stays released when it is sent again; another one does not', () => {
  const db = open();
  db.transaction(() => storeSuspect(db, suspect));
  db.transaction(() => releaseSuspect(db, bhp, day, now));
  db.transaction(() => storeSuspect(db, { ...suspect, close: price('4.320') }));
  expect(listSuspects(db)).toEqual([]);
  db.transaction(() => storeSuspect(db, { ...suspect, close: price('0.43') }));
  expect(listSuspects(db).map(each => each.close.toFixed())).toEqual(['0.43']);
});
