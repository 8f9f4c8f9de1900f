import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { insertBatch } from '../../src/db/batches.ts';
import type { Database } from '../../src/db/database.ts';
import {
  codesOfEntries,
  currentEntries,
  deleteEntry,
  entriesOfBatch,
  entryIdsLike,
  entryVersions,
  existingSourceKeys,
  findEntry,
  insertEntries,
  replaceEntry,
  restoreEntry,
} from '../../src/db/entries.ts';
import { addDays } from '../../src/domain/date.ts';
import { type Money, money, type Price, price, type Units, units } from '../../src/domain/decimal.ts';
import type { Entry } from '../../src/domain/ledger/entry.ts';
import { code, date, now, openWithPortfolios, temporaryFolder } from './open-database.ts';

const buy = (
  id: string,
  changes: { units?: Units; on?: string; portfolio?: string; sourceKey?: string; price?: Price } = {},
) =>
  ({
    kind: 'buy',
    id,
    portfolio: changes.portfolio ?? 'p1',
    on: date(changes.on ?? '2026-03-02'),
    code: code('BHP'),
    units: changes.units ?? units('100'),
    price: changes.price ?? price('43.21'),
    sourceKey: changes.sourceKey,
  }) satisfies Entry;

const record = (db: Database, entries: readonly Entry[], at = now): void =>
  db.transaction(() => insertEntries(db, entries, at));
const ids = (entries: readonly Entry[]): string[] => entries.map(entry => entry.id);
const unitsOf = (entry: Entry | undefined): string | undefined =>
  entry && 'units' in entry ? entry.units?.toFixed() : undefined;

describe('entries come back by date', () => {
  test('of some portfolios, or of all', () => {
    const db = openWithPortfolios();
    record(db, [buy('b', { on: '2026-03-03' }), buy('c', { on: '2026-03-02' }), buy('a', { portfolio: 'p2' })]);
    expect(ids(currentEntries(db))).toEqual(['a', 'c', 'b']);
    expect(ids(currentEntries(db, { portfolios: ['p1'] }))).toEqual(['c', 'b']);
    expect(ids(currentEntries(db, { portfolios: ['p1', 'p2'] }))).toEqual(['a', 'c', 'b']);
    expect(currentEntries(db, { portfolios: [] })).toEqual([]);
    expect(codesOfEntries(db)).toEqual(['BHP']);
    expect(entryIdsLike(db, 'b', 2)).toEqual(['b']);
  });

  test('a portfolio that is not there takes none', () => {
    const db = openWithPortfolios();
    expect(() => record(db, [buy('a', { portfolio: 'p9' })])).toThrow(/FOREIGN KEY/);
    expect(currentEntries(db)).toEqual([]);
  });
});

describe('versions', () => {
  test('an edit and a deletion keep what was known before', () => {
    const db = openWithPortfolios();
    record(db, [buy('a'), buy('b')], now);
    db.transaction(() => replaceEntry(db, buy('a', { units: units('120') }), now + 10));
    db.transaction(() => deleteEntry(db, 'a', now + 20));
    const known = (knownAt: number) => currentEntries(db, { knownAt }).map(entry => `${entry.id} ${unitsOf(entry)}`);
    expect(known(now - 1)).toEqual([]);
    expect(known(now)).toEqual(['a 100', 'b 100']);
    expect(known(now + 9)).toEqual(['a 100', 'b 100']);
    expect(known(now + 10)).toEqual(['a 120', 'b 100']);
    expect(known(now + 20)).toEqual(['b 100']);
    expect(ids(currentEntries(db))).toEqual(['b']);
    expect(findEntry(db, 'a')).toBeUndefined();
    expect(
      entryVersions(db, 'a').map(({ version, deleted, recordedAt, supersededAt, entry }) => [
        version,
        deleted,
        unitsOf(entry),
        recordedAt - now,
        supersededAt === undefined ? undefined : supersededAt - now,
      ]),
    ).toEqual([
      [1, false, '100', 0, 10],
      [2, false, '120', 10, 20],
      [3, true, '120', 20, undefined],
    ]);
  });

  test('undo brings a deleted or an edited entry back', () => {
    const db = openWithPortfolios();
    record(db, [buy('a')]);
    db.transaction(() => replaceEntry(db, buy('a', { units: units('120') }), now + 1));
    db.transaction(() => deleteEntry(db, 'a', now + 2));
    expect(unitsOf(db.transaction(() => restoreEntry(db, 'a', now + 3)))).toBe('120');
    expect(unitsOf(findEntry(db, 'a'))).toBe('120');
    expect(() => db.transaction(() => restoreEntry(db, 'a', now + 4))).toThrow(/nothing more to take back/);
    const other = openWithPortfolios();
    record(other, [buy('a')]);
    other.transaction(() => replaceEntry(other, buy('a', { units: units('120') }), now + 1));
    expect(unitsOf(other.transaction(() => restoreEntry(other, 'a', now + 2)))).toBe('100');
  });

  test('two versions in one millisecond leave one', () => {
    const db = openWithPortfolios();
    db.transaction(() => {
      insertEntries(db, [buy('a')], now);
      replaceEntry(db, buy('a', { units: units('120') }), now);
    });
    expect(currentEntries(db, { knownAt: now }).map(unitsOf)).toEqual(['120']);
    expect(currentEntries(db).map(unitsOf)).toEqual(['120']);
  });

  test('an entry that is not there is named', () => {
    const db = openWithPortfolios();
    const missing = expect.objectContaining({ code: 'not-found', message: 'There is no entry x' });
    expect(() => db.transaction(() => deleteEntry(db, 'x', now))).toThrow(missing);
    expect(() => db.transaction(() => replaceEntry(db, buy('x'), now))).toThrow(missing);
    expect(() => db.transaction(() => restoreEntry(db, 'x', now))).toThrow(missing);
    record(db, [buy('a')]);
    expect(() => db.transaction(() => restoreEntry(db, 'a', now))).toThrow(/no earlier version/);
    expect(() => insertEntries(db, [buy('b')], now)).toThrow('A write outside a transaction');
  });

  test('whatever is done to an entry, one version at most is current, and the past does not change', () => {
    const step = fc.constantFrom('edit', 'delete', 'restore');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => {
        const db = openWithPortfolios();
        record(db, [buy('a')], now);
        const seen: [at: number, units: (string | undefined)[]][] = [];
        let at = now;
        for (const name of steps) {
          seen.push([at, currentEntries(db, { knownAt: at }).map(unitsOf)]);
          at += 5;
          const current = findEntry(db, 'a');
          if (name === 'restore' && entryVersions(db, 'a').length > 1) {
            try {
              db.transaction(() => restoreEntry(db, 'a', at));
            } catch (error) {
              expect(error).toMatchObject({ code: 'refused', message: expect.stringContaining('nothing more') });
            }
          }
          if (name === 'delete' && current) db.transaction(() => deleteEntry(db, 'a', at));
          if (name === 'edit' && current) {
            db.transaction(() => replaceEntry(db, buy('a', { units: units(String(at - now)) }), at));
          }
          expect(currentEntries(db).map(unitsOf)).toEqual(currentEntries(db, { knownAt: at }).map(unitsOf));
        }
        for (const [instant, held] of seen) {
          expect(currentEntries(db, { knownAt: instant }).map(unitsOf)).toEqual(held);
          expect(currentEntries(db, { knownAt: instant + 4 }).map(unitsOf)).toEqual(held);
        }
        db.close();
      }),
      { seed: 3, numRuns: 25 },
    );
  });
});

describe('source keys', () => {
  test('are unique in a portfolio among current entries', () => {
    const db = openWithPortfolios();
    record(db, [buy('a', { sourceKey: 'commsec:1' }), buy('b', { sourceKey: 'commsec:1', portfolio: 'p2' })]);
    expect(() => record(db, [buy('c', { sourceKey: 'commsec:1' })])).toThrow(/UNIQUE/);
    expect([...existingSourceKeys(db, 'p1')]).toEqual(['commsec:1']);
    db.transaction(() => deleteEntry(db, 'a', now + 1));
    expect([...existingSourceKeys(db, 'p1')]).toEqual([]);
    record(db, [buy('c', { sourceKey: 'commsec:1' })], now + 2);
    expect(ids(currentEntries(db))).toEqual(['b', 'c']);
    expect(() => db.transaction(() => restoreEntry(db, 'a', now + 3))).toThrow(
      expect.objectContaining({ code: 'refused', message: expect.stringContaining('imported again as c') }),
    );
  });

  test('an edit keeps its own', () => {
    const db = openWithPortfolios();
    record(db, [buy('a', { sourceKey: 'k' })]);
    db.transaction(() => replaceEntry(db, buy('a', { sourceKey: 'k', units: units('1') }), now + 1));
    db.transaction(() => restoreEntry(db, 'a', now + 2));
    expect(unitsOf(findEntry(db, 'a'))).toBe('100');
  });
});

test('the entries of an import are found by its batch', () => {
  const db = openWithPortfolios();
  const counts = { added: 2, duplicates: 0, rejected: 0 };
  const batch = { id: 'i1', portfolio: 'p1', format: 'commsec', fileName: 'a.csv', importedAt: now, ...counts };
  db.transaction(() => {
    insertBatch(db, batch);
    insertEntries(db, [{ ...buy('a'), batch: 'i1' }, { ...buy('b'), batch: 'i1' }, buy('c')], now);
    deleteEntry(db, 'b', now + 1);
  });
  expect(ids(entriesOfBatch(db, 'i1'))).toEqual(['a']);
});

test('a row that makes no sense is named', () => {
  const db = openWithPortfolios();
  record(db, [buy('a'), buy('b')]);
  const damage = (sql: string) => db.transaction(() => db.raw.exec(sql));
  damage("UPDATE entries SET kind = 'barter' WHERE id = 'a'");
  expect(() => currentEntries(db)).toThrow(
    expect.objectContaining({ code: 'corrupt', message: expect.stringContaining('a (barter on 2026-03-02)') }),
  );
  damage("UPDATE entries SET kind = 'buy', details = '{' WHERE id = 'a'");
  expect(() => currentEntries(db)).toThrow(/stored entry a \(buy on 2026-03-02\) cannot be read/);
  damage("UPDATE entries SET details = NULL, units = NULL WHERE id = 'a'");
  expect(() => currentEntries(db)).toThrow(/no units/);
});

test('2,000 entries are read in a few milliseconds', () => {
  const db = openWithPortfolios(`${temporaryFolder()}/asxos.db`);
  const start = date('2016-01-04');
  const brokerage: Money = money('9.95');
  record(
    db,
    Array.from({ length: 2000 }, (_, index) => {
      const id = `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`;
      return { ...buy(id, { on: addDays(start, index) }), brokerage, note: `note ${index}` };
    }),
  );
  const times = Array.from({ length: 7 }, () => {
    // Processor time: what else the machine does must not fail this.
    const before = process.cpuUsage();
    expect(currentEntries(db).length).toBe(2000);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  expect(Math.min(...times)).toBeLessThan(60);
});
