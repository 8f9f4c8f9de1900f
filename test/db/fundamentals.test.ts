import { describe, expect, test } from 'vitest';
import {
  codesOfSector,
  fundamentalsFetchedAt,
  indexMembers,
  readFundamentals,
  storeFundamentals,
  storeIndexMembers,
} from '../../src/db/fundamentals.ts';
import { findSecurity, storeSecurities, symbolListStoredAt } from '../../src/db/securities.ts';
import { day as oneDay } from '../../src/domain/date.ts';
import type { Fundamentals } from '../../src/domain/fundamentals/statement.ts';
import { facts, statement } from '../domain/fundamentals/company-tables.ts';
import { code, date, now, open } from './open-database.ts';

const xyz = code('XYZ');
const told = (revenue: number, filedOn?: string): Fundamentals => ({
  facts: facts(),
  statements: [
    statement(
      'income',
      'year',
      '2025-06-30',
      { totalRevenue: revenue },
      { filedOn: filedOn === undefined ? undefined : date(filedOn) },
    ),
  ],
});

function stored(...tellings: readonly (readonly [at: number, of: Fundamentals])[]) {
  const db = open();
  const wasNew = tellings.map(([at, of]) => db.transaction(() => storeFundamentals(db, of, at)));
  return { db, wasNew };
}
const revenues = (db: ReturnType<typeof open>, when: Parameters<typeof readFundamentals>[2]) =>
  readFundamentals(db, xyz, when)?.statements.map(each => each.figures['totalRevenue']);

describe('point in time', () => {
  test('a statement counts from its filing date, an assumed one where there is none; a backtest waits a week', () => {
    const { db } = stored([now, told(100, '2025-08-14')]);
    expect(revenues(db, { asOf: date('2025-08-13') })).toEqual([]);
    expect(revenues(db, { asOf: date('2025-08-14') })).toEqual(['100']);
    expect(revenues(db, { asOf: date('2025-08-20'), isBacktest: true })).toEqual([]);
    expect(revenues(db, { asOf: date('2025-08-21'), isBacktest: true })).toEqual(['100']);
    const assumed = stored([now, told(100, '2025-06-30')]).db;
    expect(revenues(assumed, { asOf: date('2025-08-30') })).toEqual([]);
    expect(revenues(assumed, { asOf: date('2025-08-31') })).toEqual(['100']);
  });
  test('a restated statement is a later row: what was known before is still known', () => {
    const later = now + 10 * oneDay;
    const { db, wasNew } = stored([now, told(100, '2025-08-14')], [later, told(90, '2025-08-14')]);
    expect(wasNew).toEqual([true, true]);
    const asOf = date('2026-04-01');
    expect(revenues(db, { asOf })).toEqual(['90']);
    expect(revenues(db, { asOf, knownAt: later - 1 })).toEqual(['100']);
    expect(revenues(db, { asOf, knownAt: now })).toEqual(['100']);
    expect(readFundamentals(db, xyz, { asOf, knownAt: now - 1 })).toBeUndefined();
  });
  test('a restatement that is filed later leaves the first telling where it was', () => {
    const { db } = stored([now, told(100, '2025-08-14')], [now + oneDay, told(90, '2026-02-20')]);
    expect(revenues(db, { asOf: date('2025-12-31') })).toEqual(['100']);
    expect(revenues(db, { asOf: date('2026-02-20') })).toEqual(['90']);
  });
  test('the same answer again adds nothing, and is noted as asked for', () => {
    const { db, wasNew } = stored([now, told(100)], [now + oneDay, told(100)]);
    expect(wasNew).toEqual([true, false]);
    const rows = db.statement<{ count: number }>(
      'SELECT (SELECT count(*) FROM statements) + (SELECT count(*) FROM company_facts) AS count',
    );
    expect(rows.get()).toEqual({ count: 2 });
    expect(fundamentalsFetchedAt(db, [xyz, code('BHP')])).toEqual(new Map([[xyz, now + oneDay]]));
  });
  test('facts change by a row of their own', () => {
    const { db } = stored(
      [now, told(100)],
      [now + oneDay, { facts: facts({ shares: '1200', sector: 'Materials' }), statements: [] }],
    );
    const asOf = date('2026-04-01');
    expect(readFundamentals(db, xyz, { asOf })).toMatchObject({ facts: { shares: '1200' }, toldAt: now + oneDay });
    expect(readFundamentals(db, xyz, { asOf, knownAt: now })?.facts.shares).toBe('1000');
    // What is left out of an answer stays known.
    expect(revenues(db, { asOf })).toEqual(['100']);
  });
});

test('the sector and the kind of a security are kept up to date, the age of the list is not', () => {
  const db = open();
  db.transaction(() => {
    storeSecurities(db, [{ code: xyz, name: 'Xyz Ltd', kind: 'other', sector: 'Energy' }], now);
    const of = { sector: 'Industrials', type: 'Common Stock' };
    storeFundamentals(db, { facts: facts(of), statements: [] }, now + oneDay);
  });
  expect(findSecurity(db, xyz)).toMatchObject({ sector: 'Industrials', kind: 'share', name: 'Xyz Ltd' });
  expect(symbolListStoredAt(db)).toBe(now);
  db.transaction(() => {
    storeFundamentals(db, { facts: facts({ sector: 'Something Else', type: 'Unit' }), statements: [] }, now + oneDay);
  });
  expect(findSecurity(db, xyz)).toMatchObject({ sector: 'Industrials', kind: 'share' });
});

test('the companies of a sector: no funds', () => {
  const { db } = stored(
    [now, told(100)],
    [now, { facts: facts({ code: code('ABC'), shape: 'fund' }), statements: [] }],
    [now, { facts: facts({ code: code('DEF'), sector: 'Energy' }), statements: [] }],
  );
  expect(codesOfSector(db, 'Industrials')).toEqual(['XYZ']);
});

test('members of an index come and go', () => {
  const db = open();
  const axjo = code('AXJO');
  const set = (at: number, ...members: string[]) =>
    db.transaction(() => storeIndexMembers(db, axjo, members.map(code), at));
  set(1000, 'BHP', 'CBA');
  set(2000, 'CBA', 'WES');
  set(3000, 'BHP', 'CBA');
  expect(indexMembers(db, axjo)).toEqual(['BHP', 'CBA']);
  expect([999, 1000, 1999, 2000, 3000].map(at => indexMembers(db, axjo, at))).toEqual([
    [],
    ['BHP', 'CBA'],
    ['BHP', 'CBA'],
    ['CBA', 'WES'],
    ['BHP', 'CBA'],
  ]);
});
