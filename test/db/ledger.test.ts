import { describe, expect, test } from 'vitest';
import { insertEntries } from '../../src/db/entries.ts';
import { readLedger, recordedSplits, unitFactors } from '../../src/db/ledger.ts';
import { listPortfolios, updatePortfolio } from '../../src/db/portfolios.ts';
import { plain } from '../../src/domain/decimal.ts';
import { entriesOf, parcelsText } from '../support/ledger.ts';
import { code, date, now, openWithPortfolios } from './open-database.ts';

const lines = ['buy 10 BHP @ 40 on 2026-02-02', 'buy 10 BHP @ 50 on 2026-02-03', 'sell 10 BHP @ 45 on 2026-02-04'];

describe('readLedger', () => {
  test('folds the entries of those portfolios alone, by their own methods', () => {
    const db = openWithPortfolios();
    db.transaction(() => {
      insertEntries(db, entriesOf(lines, 'p1'), now);
      insertEntries(
        db,
        entriesOf(lines, 'p2').map(entry => ({ ...entry, id: `other-${entry.id}` })),
        now,
      );
      updatePortfolio(db, 'p2', { method: 'lifo' });
    });
    const [main, other] = listPortfolios(db);
    expect(parcelsText(readLedger(db, [main!]).ledger)).toEqual(['BHP 10 500 2026-02-03']);
    expect(parcelsText(readLedger(db, [other!]).ledger)).toEqual(['BHP 10 400 2026-02-02']);
    expect(readLedger(db, [main!, other!]).entries).toHaveLength(6);
    expect(readLedger(db, [])).toMatchObject({ entries: [], ledger: { parcels: [] } });
  });
});

describe('unitFactors', () => {
  const entries = entriesOf([
    'buy 10 BHP @ 40 on 2026-02-02',
    'split BHP 2:1 on 2026-03-03',
    'consolidation BHP 1:10 on 2026-04-01',
    'consolidation CBA 1:4 on 2026-04-01',
  ]);
  const factor = (until: string | undefined, on: string): string =>
    plain(unitFactors(entries, until === undefined ? undefined : date(until))(code('BHP'))(date(on)));

  test('are what later actions of the same code make of one unit', () => {
    expect([factor(undefined, '2026-03-02'), factor(undefined, '2026-03-03'), factor(undefined, '2026-04-01')]).toEqual(
      ['0.2', '0.1', '1'],
    );
  });

  test('leave out what comes after the day of the valuation', () => {
    expect(factor('2026-03-31', '2026-03-02')).toBe('2');
  });

  test('count an action once that stands in two portfolios', () => {
    const twice = [...entries, ...entriesOf(['split BHP 2:1 on 2026-03-03'], 'p2').map(each => ({ ...each, id: 'x' }))];
    expect(plain(unitFactors(twice, date('2026-03-31'))(code('BHP'))(date('2026-03-02')))).toBe('2');
  });

  test('recordedSplits are the same actions as events', () => {
    const events = recordedSplits(entries)(code('BHP'));
    expect(events.map(each => `${each.date} ${plain(each.newUnits)}:${plain(each.oldUnits)}`)).toEqual([
      '2026-03-03 2:1',
      '2026-04-01 1:10',
    ]);
    expect(recordedSplits(entries)(code('XYZ'))).toEqual([]);
  });
});
