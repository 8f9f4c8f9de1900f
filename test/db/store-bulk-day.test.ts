import { describe, expect, test } from 'vitest';
import { noteAsked, readAsked, readBulkDay } from '../../src/db/asked.ts';
import type { Database } from '../../src/db/database.ts';
import { dividendsOf } from '../../src/db/dividends.ts';
import { barsOf, priceHistories, replaceHistory } from '../../src/db/prices.ts';
import { type BulkDay, storeBulkDay } from '../../src/db/store-bulk-day.ts';
import { listSuspects } from '../../src/db/suspects.ts';
import type { Instant } from '../../src/domain/date.ts';
import { decimal, price } from '../../src/domain/decimal.ts';
import { at, bar } from '../usecases/stored-market.ts';
import { code, date, open } from './open-database.ts';

const [aaa, bbb, ccc] = [code('AAA'), code('BBB'), code('CCC')];
/** Monday and Tuesday, 21:00 in Sydney. */
const monday = at('2026-03-02T10:00Z');
const tuesday = at('2026-03-03T10:00Z');
/** 19:30 in Sydney. */
const endOfTuesday = at('2026-03-03T08:30Z');
const day = date('2026-03-03');

const have = (db: Database, name: string, days: readonly string[], fetchedAt: Instant = monday): void =>
  db.transaction(() => {
    replaceHistory(
      db,
      code(name),
      days.map(each => bar(each, '5')),
      { at: fetchedAt, source: 'eodhd' },
    );
    noteAsked(db, 'history', [code(name)], fetchedAt);
    noteAsked(db, 'actions', [code(name)], fetchedAt);
  });
const store = (db: Database, came: Partial<BulkDay>, alone: readonly string[] = []): void => {
  const whole: BulkDay = { date: day, bars: [], dividends: [], splits: [], ...came };
  db.transaction(() => storeBulkDay(db, whole, { now: tuesday, actionsAlone: new Set(alone.map(code)) }));
};
const isWhole = (db: Database, name: string): boolean =>
  priceHistories(db, [code(name)]).get(code(name))?.fullFetchedAt !== undefined;
const dividend = (exDate: string) => ({ code: aaa, exDate: date(exDate), perUnit: price('1'), currency: 'AUD' });

test('a day is no history of any security', () => {
  const db = open();
  store(db, { bars: [[aaa, bar(day, '5')]], dividends: [dividend(day)] });
  expect(priceHistories(db, [aaa]).get(aaa)).toMatchObject({ source: 'eodhd-bulk', fullFetchedAt: undefined });
  expect([dividendsOf(db, aaa).length, readBulkDay(db)]).toEqual([1, day]);
});

describe('the next day of a history', () => {
  test('is added to it, and both it and what did not trade are asked for up to that day', () => {
    const db = open();
    have(db, 'AAA', ['2026-02-27', '2026-03-02']);
    have(db, 'BBB', ['2025-06-02']);
    store(db, { bars: [[aaa, bar(day, '5')]] });
    expect(barsOf(db, aaa).map(each => each.date)).toEqual(['2026-02-27', '2026-03-02', day]);
    const upTo = { AAA: endOfTuesday, BBB: endOfTuesday };
    expect([readAsked(db, 'history'), readAsked(db, 'actions')]).toEqual([upTo, upTo]);
    expect([isWhole(db, 'AAA'), isWhole(db, 'BBB')]).toEqual([true, true]);
  });

  test('after a gap is not: the whole is to be fetched again', () => {
    const db = open();
    const friday = at('2026-02-27T10:00Z');
    have(db, 'AAA', ['2026-02-27'], friday);
    have(db, 'BBB', ['2026-02-27'], friday);
    store(db, { bars: [[aaa, bar(day, '5')]] });
    expect([isWhole(db, 'AAA'), isWhole(db, 'BBB')]).toEqual([false, true]);
    expect(readAsked(db, 'history')).toEqual({ BBB: friday });
    expect(readAsked(db, 'actions')).toEqual({ AAA: friday, BBB: friday });
  });

  test('with a dividend or a split changes the past of that security alone', () => {
    const db = open();
    for (const name of ['AAA', 'BBB', 'CCC']) have(db, name, ['2026-02-27', '2026-03-02']);
    const bars = [aaa, bbb, ccc].map(each => [each, bar(day, '5')] as const);
    const split = { code: bbb, date: day, newUnits: decimal('2'), oldUnits: decimal('1') };
    store(db, { bars, dividends: [dividend(day)], splits: [split] });
    expect(['AAA', 'BBB', 'CCC'].map(name => isWhole(db, name))).toEqual([false, false, true]);
    expect(Object.keys(readAsked(db, 'history'))).toEqual(['CCC']);
  });

  test('without its dividends is not the end of asking for them', () => {
    const db = open();
    have(db, 'AAA', ['2026-03-02']);
    store(db, { bars: [[aaa, bar(day, '5')]], dividends: undefined });
    expect([readAsked(db, 'history'), readAsked(db, 'actions')]).toEqual([{ AAA: endOfTuesday }, { AAA: monday }]);
    expect(readBulkDay(db)).toBeUndefined();
  });

  test('leaves the dividends of the user’s own to their own requests, which tell the franking', () => {
    const db = open();
    for (const name of ['AAA', 'BBB']) have(db, name, ['2026-03-02']);
    store(db, {}, ['AAA']);
    expect(readAsked(db, 'actions')).toEqual({ AAA: monday, BBB: endOfTuesday });
  });

  test('that jumps is held back', () => {
    const db = open();
    have(db, 'AAA', ['2026-02-27', '2026-03-02']);
    store(db, { bars: [[aaa, bar(day, '9')]] });
    expect(listSuspects(db).map(each => [each.code, each.date])).toEqual([['AAA', day]]);
  });
});
