import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { currentEntries, entryVersions } from '../../src/db/entries.ts';
import { plain } from '../../src/domain/decimal.ts';
import { Failure } from '../../src/failure.ts';
import { importEntries } from '../../src/usecases/import-entries.ts';
import { recordEntry, removeEntry } from '../../src/usecases/record-entry.ts';
import { listImports, undoImport } from '../../src/usecases/undo-import.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { openTestApp } from '../support/app.ts';
import { at } from './stored-market.ts';

const text = 'ticker,shares,avg_cost,date_acquired\nBHP,100,40,2024-02-01\nCBA,10,100,2024-02-01\n';
const open = async (): Promise<App> => (await openTestApp({ now: at('2026-03-02T05:00Z') })).app;
const importFile = (app: App): string => importEntries(app, { text, fileName: 'holdings.csv' }).batch ?? '';
/** All that the holdings say, to the parcel. */
const state = (app: App): string =>
  JSON.stringify(
    viewPortfolio(app).ledger.parcels.map(each => [each.code, plain(each.units), each.cost, each.acquiredOn]),
  );
const failureOf = (work: () => unknown): Failure => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('expected a Failure');
};

describe('undoImport', () => {
  it('restores the holdings exactly, and may be repeated after importing again', async () => {
    const app = await open();
    recordEntry(app, 'buy 5 BHP @ 41 on 2024-03-01');
    const before = state(app);
    const batches = [1, 2, 3].map(() => {
      const batch = importFile(app);
      expect(state(app)).not.toBe(before);
      expect(undoImport(app, batch).removed).toBe(2);
      expect(state(app)).toBe(before);
      return batch;
    });
    expect(new Set(batches).size).toBe(3);
    expect(listImports(app).map(each => [each.portfolioName, each.added, each.undoneAt])).toEqual(
      [1, 2, 3].map(() => ['Main', 2, app.now()]),
    );
  });

  it('keeps what was imported known at that time', async () => {
    const { app, clock } = await openTestApp({ now: at('2026-03-02T05:00Z') });
    const batch = importFile(app);
    const [entry] = currentEntries(app.db);
    const then = clock.now;
    clock.now += 1000;
    undoImport(app, batch);
    expect(viewPortfolio(app, { knownAt: then }).holdings).toHaveLength(2);
    expect(entryVersions(app.db, entry!.id).map(version => version.deleted)).toEqual([false, true]);
  });

  it('is refused where a later sale needs the units, and names it; nothing is undone', async () => {
    const app = await open();
    const batch = importFile(app);
    recordEntry(app, 'sell 60 BHP @ 45 on 2025-03-03');
    const before = state(app);
    const failure = failureOf(() => undoImport(app, batch));
    expect([failure.code, failure.message]).toEqual([
      'refused',
      'A recorded entry would lose its units: BHP: sell 60, held 0 on 2025-03-03',
    ]);
    expect([state(app), listImports(app)[0]?.undoneAt]).toEqual([before, undefined]);
  });

  it('is refused twice, and for a name that is none', async () => {
    const app = await open();
    const batch = importFile(app);
    undoImport(app, batch.slice(0, 10));
    expect(failureOf(() => undoImport(app, batch)).message).toBe(
      `The import ${batch} of holdings.csv is undone already`,
    );
    expect(failureOf(() => undoImport(app, 'zzzz')).message).toBe('There is no import "zzzz"');
  });

  it('leaves out what was deleted by hand before', async () => {
    const app = await open();
    const batch = importFile(app);
    removeEntry(app, currentEntries(app.db)[0]!.id);
    expect(undoImport(app, batch).removed).toBe(1);
    expect(currentEntries(app.db)).toEqual([]);
  });

  it('takes back its own sales with their buys', async () => {
    const app = await open();
    const trades = 'date,type,code,units,price\n2024-02-01,buy,BHP,10,40\n2024-03-01,sell,BHP,10,45\n';
    const map = { date: 'date', side: 'type', code: 'code', units: 'units', price: 'price' };
    const { batch, added } = importEntries(app, { text: trades, fileName: 'a.csv', map });
    expect(added).toBe(2);
    expect(undoImport(app, batch ?? '').removed).toBe(2);
  });
});
