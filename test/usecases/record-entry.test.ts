import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { currentEntries, entryVersions } from '../../src/db/entries.ts';
import { listPortfolios } from '../../src/db/portfolios.ts';
import { plain } from '../../src/domain/decimal.ts';
import { Failure } from '../../src/failure.ts';
import { importEntries } from '../../src/usecases/import-entries.ts';
import { changePortfolio, createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import {
  editEntry,
  entryNamed,
  recordEntry,
  removeEntry,
  undoEntry,
  versionsOf,
} from '../../src/usecases/record-entry.ts';
import { viewPortfolio } from '../../src/usecases/view-portfolio.ts';
import { openTestApp } from '../support/app.ts';
import { at, storeListed } from './stored-market.ts';

const now = at('2026-03-02T05:00Z');
const open = async (): Promise<App> => (await openTestApp({ now })).app;
const failureOf = (work: () => unknown): Failure => {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('expected a Failure');
};
const held = (app: App): string[] =>
  viewPortfolio(app).holdings.map(row => `${row.code} ${plain(row.units)} ${row.costBase ? plain(row.costBase) : '?'}`);

describe('recordEntry', () => {
  it('makes Main for the first entry, once', async () => {
    const app = await open();
    const first = recordEntry(app, 'buy 100 BHP @ 43.21 fee 9.95 on 2026-02-27');
    expect([first.portfolio, first.createdPortfolio, first.written, first.warnings]).toEqual(['Main', true, true, []]);
    expect(first.line).toBe('buy 100 BHP @ 43.21 fee 9.95 on 2026-02-27');
    expect(recordEntry(app, 'buy 1 BHP @ 43').createdPortfolio).toBe(false);
    const [main, ...others] = listPortfolios(app.db);
    expect([main?.name, main?.cashAccount, main?.owners[0]?.taxpayer, others]).toEqual([
      'Main',
      false,
      'individual',
      [],
    ]);
    expect(held(app)).toEqual(['BHP 101 4373.95']);
  });

  it('refuses a sale of more than is held, and writes nothing', async () => {
    const app = await open();
    recordEntry(app, 'buy 100 BHP @ 43.21 on 2026-02-02');
    const revision = app.db.revision();
    const failure = failureOf(() => recordEntry(app, 'sell 101 BHP @ 45 on 2026-02-27'));
    expect([failure.code, failure.message]).toEqual(['refused', 'BHP: sell 101, held 100 on 2026-02-27']);
    expect(failure.hint).toBe('Nothing was written. See what is held: asxos parcels.');
    expect([app.db.revision(), currentEntries(app.db)]).toEqual([revision, [expect.anything()]]);
  });

  it('a refused first entry leaves no portfolio behind', async () => {
    const app = await open();
    failureOf(() => recordEntry(app, 'sell 1 BHP @ 45'));
    expect(listPortfolios(app.db)).toEqual([]);
  });

  it('a dry run shows the effect and changes nothing, not even the revision', async () => {
    const app = await open();
    const revision = app.db.revision();
    const shown = recordEntry(app, 'buy 100 BHP @ 43.21 fee 9.95', { dryRun: true });
    expect([shown.written, shown.createdPortfolio, plain(shown.effect.after.units)]).toEqual([false, true, '100']);
    expect([app.db.revision(), listPortfolios(app.db), currentEntries(app.db)]).toEqual([revision, [], []]);
  });

  it('warns of a day without trading, a code that is not listed, and a day ahead, and records all the same', async () => {
    const app = await open();
    storeListed(app, ['BHP']);
    expect(recordEntry(app, 'buy 1 BHP @ 43 on 2026-02-28').warnings).toEqual(['2026-02-28 was not a trading day']);
    expect(recordEntry(app, 'buy 1 ZZZ @ 43 on 2026-02-27').warnings).toEqual(['ZZZ is not in the stored symbol list']);
    expect(recordEntry(app, 'buy 1 BHP @ 43 on 2026-03-03').warnings).toEqual([
      '2026-03-03 is after today; it counts from now on',
    ]);
    expect(recordEntry(app, 'buy 1 BHP @ 43 total 99 on 2026-02-27').warnings).toEqual([
      'BHP: the total 99 differs by 56 from units x price and brokerage',
    ]);
    expect(currentEntries(app.db)).toHaveLength(4);
  });

  it('does not warn of codes while no symbol list is stored', async () => {
    expect(recordEntry(await open(), 'buy 1 ZZZ @ 43 on 2026-02-27').warnings).toEqual([]);
  });

  it.each(['interest 10', 'fee 20'])('says of "%s" that it is not counted without a cash account', async line => {
    const { app } = await openTestApp();
    createPortfolio(app, 'Main');
    expect(recordEntry(app, line, { dryRun: true }).warnings).toEqual([
      'Main keeps no cash account, so it is not counted; asxos portfolio set "Main" --cash counts it',
    ]);
  });

  it('says that a deposit is not counted where no cash account is kept, and counts it once one is', async () => {
    const app = await open();
    createPortfolio(app, 'Main');
    const notCounted = 'Main keeps no cash account, so it is not counted; asxos portfolio set "Main" --cash counts it';
    expect(recordEntry(app, 'deposit 500 on 2026-02-02').warnings).toEqual([notCounted]);
    expect(recordEntry(app, 'withdraw 100 on 2026-02-02').warnings).toEqual([notCounted]);
    expect(viewPortfolio(app).totals.cash).toBeUndefined();
    changePortfolio(app, 'Main', { cash: true });
    expect(recordEntry(app, 'deposit 25 on 2026-02-02').warnings).toEqual([]);
    expect(plain(viewPortfolio(app).totals.cash!)).toBe('425');
  });

  it('keeps the cash of a portfolio that has an account', async () => {
    const app = await open();
    createPortfolio(app, 'Trading', { cash: true });
    recordEntry(app, 'deposit 10000 on 2026-02-02');
    const bought = recordEntry(app, 'buy 100 BHP @ 43.21 fee 9.95 on 2026-02-27');
    expect([plain(bought.effect.cashBefore), plain(bought.effect.cashAfter)]).toEqual(['10000', '5669.05']);
    expect(plain(viewPortfolio(app).totals.cash!)).toBe('5669.05');
    createPortfolio(app, 'Plain');
    recordEntry(app, 'buy 1 BHP @ 43 on 2026-02-27', { portfolio: 'plain' });
    expect(viewPortfolio(app, { portfolio: 'Plain' }).totals.cash).toBeUndefined();
    // Of both together, the cash is that of the account alone.
    expect(plain(viewPortfolio(app, { portfolio: 'all' }).totals.cash!)).toBe('5669.05');
  });

  it('belongs to one portfolio, which must exist', async () => {
    const app = await open();
    expect(failureOf(() => recordEntry(app, 'buy 1 BHP @ 1', { portfolio: 'all' })).message).toBe(
      'An entry belongs to one portfolio, not to all',
    );
    expect(failureOf(() => recordEntry(app, 'buy 1 BHP @ 1', { portfolio: 'Super' })).message).toBe(
      'There is no portfolio "Super"',
    );
  });

  it('closes parcels by the portfolio’s own method', async () => {
    const app = await open();
    createPortfolio(app, 'Lifo', { method: 'lifo' });
    recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
    recordEntry(app, 'buy 10 BHP @ 50 on 2026-02-03');
    const sale = recordEntry(app, 'sell 10 BHP @ 45 on 2026-02-04');
    expect(sale.effect.disposal?.parcels.map(part => part.gain && plain(part.gain))).toEqual(['-50']);
  });
});

describe('editEntry', () => {
  it('puts a new version in the place of the old one, with its batch and source', async () => {
    const { app, clock } = await openTestApp({ now });
    importEntries(app, { text: 'ticker,shares,avg_cost,date_acquired\nBHP,100,40,2026-02-02\n', fileName: 'a.csv' });
    const [old] = currentEntries(app.db);
    clock.now = now + 60_000;
    const edited = editEntry(app, old!.id.slice(0, 13), 'opening 100 BHP cost 4100 acquired 2020-05-04 on 2026-02-02');
    expect([edited.entry.id, edited.entry.batch, edited.entry.sourceKey]).toEqual([
      old?.id,
      old?.batch,
      old?.sourceKey,
    ]);
    expect(held(app)).toEqual(['BHP 100 4100']);
    expect(versionsOf(app, old!.id).map(version => [version.version, version.deleted])).toEqual([
      [1, false],
      [2, false],
    ]);
    expect(versionsOf(app, old!.id)[0]?.supersededAt).toBe(clock.now);
  });

  it('refuses to leave a later sale without its units, and names it', async () => {
    const app = await open();
    const { entry } = recordEntry(app, 'buy 100 BHP @ 40 on 2026-02-02');
    recordEntry(app, 'sell 80 BHP @ 45 on 2026-02-27');
    const failure = failureOf(() => editEntry(app, entry.id, 'buy 79 BHP @ 40 on 2026-02-02'));
    expect(failure.message).toBe('A recorded entry would lose its units: BHP: sell 80, held 79 on 2026-02-27');
    expect(entryVersions(app.db, entry.id)).toHaveLength(1);
    // Moving the buy after the sale takes them as well.
    expect(failureOf(() => editEntry(app, entry.id, 'buy 100 BHP @ 40 on 2026-02-28')).code).toBe('refused');
    expect(plain(editEntry(app, entry.id, 'buy 80 BHP @ 40 on 2026-02-02').effect.after.units)).toBe('0');
  });

  it('a dry run of it writes nothing', async () => {
    const app = await open();
    const { entry } = recordEntry(app, 'buy 100 BHP @ 40 on 2026-02-02');
    const revision = app.db.revision();
    expect(editEntry(app, entry.id, 'buy 50 BHP @ 40 on 2026-02-02', { dryRun: true }).written).toBe(false);
    expect([app.db.revision(), held(app)]).toEqual([revision, ['BHP 100 4000']]);
  });
});

describe('removeEntry and undoEntry', () => {
  it('delete and bring back', async () => {
    const app = await open();
    const { entry } = recordEntry(app, 'buy 100 BHP @ 40 on 2026-02-02');
    expect(removeEntry(app, entry.id).sentence).toBe('Buy 100 BHP @ 40.00, on 2 Feb 2026');
    expect(held(app)).toEqual([]);
    expect(failureOf(() => removeEntry(app, entry.id)).message).toBe(`The entry "${entry.id}" is deleted`);
    undoEntry(app, entry.id);
    expect(held(app)).toEqual(['BHP 100 4000']);
  });

  it('refuse to take the units of a later sale', async () => {
    const app = await open();
    const { entry } = recordEntry(app, 'buy 100 BHP @ 40 on 2026-02-02');
    recordEntry(app, 'sell 80 BHP @ 45 on 2026-02-27');
    const failure = failureOf(() => removeEntry(app, entry.id));
    expect(failure.message).toBe('A recorded entry would lose its units: BHP: sell 80, held 0 on 2026-02-27');
    expect(held(app)).toEqual(['BHP 20 800']);
  });

  it('an undo is refused where a new entry would be: a sale whose buy has gone since', async () => {
    const app = await open();
    const buy = recordEntry(app, 'buy 100 BHP @ 40 on 2026-02-02').entry;
    const sale = recordEntry(app, 'sell 80 BHP @ 45 on 2026-02-27').entry;
    removeEntry(app, sale.id);
    removeEntry(app, buy.id);
    expect(failureOf(() => undoEntry(app, sale.id)).message).toBe('BHP: sell 80, held 0 on 2026-02-27');
    expect(currentEntries(app.db)).toEqual([]);
    undoEntry(app, buy.id);
    undoEntry(app, sale.id);
    expect(held(app)).toEqual(['BHP 20 800']);
  });

  it('an undo of an edit is refused where a later sale needs the edited units', async () => {
    const app = await open();
    const { entry } = recordEntry(app, 'buy 50 BHP @ 40 on 2026-02-02');
    editEntry(app, entry.id, 'buy 100 BHP @ 40 on 2026-02-02');
    recordEntry(app, 'sell 80 BHP @ 45 on 2026-02-27');
    expect(failureOf(() => undoEntry(app, entry.id)).message).toBe(
      'A recorded entry would lose its units: BHP: sell 80, held 50 on 2026-02-27',
    );
    expect(held(app)).toEqual(['BHP 20 800']);
  });
});

describe('entryNamed', () => {
  it('takes the whole id or its beginning, and says when there is none or more than one', async () => {
    const app = await open();
    const first = recordEntry(app, 'buy 1 BHP @ 40 on 2026-02-02').entry.id;
    recordEntry(app, 'buy 1 BHP @ 40 on 2026-02-02');
    expect(entryNamed(app, first).id).toBe(first);
    expect(entryNamed(app, first.slice(0, -1)).id).toBe(first);
    expect(failureOf(() => entryNamed(app, first.slice(0, 4))).message).toBe(
      `More than one entry is named "${first.slice(0, 4)}"`,
    );
    expect(failureOf(() => entryNamed(app, 'abc')).message).toBe('There is no entry "abc"');
  });
});
