import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { reportHashes } from '../../src/cli/report-hashes.ts';
import { currentEntries, deleteEntry, insertEntries, replaceEntry } from '../../src/db/entries.ts';
import { exportedRows } from '../../src/db/export-rows.ts';
import { marketTables, ownTables, tablesLeftOut } from '../../src/db/own-tables.ts';
import { writeSetting } from '../../src/db/settings.ts';
import { addDays, parseLocalDate } from '../../src/domain/date.ts';
import { parseEntryLine } from '../../src/domain/ledger/entry-line.ts';
import { Failure } from '../../src/failure.ts';
import { exportData } from '../../src/usecases/export-data.ts';
import { importEntries } from '../../src/usecases/import-entries.ts';
import { importOwn, isOwnExport } from '../../src/usecases/import-own.ts';
import { addAlert } from '../../src/usecases/manage-alerts.ts';
import { createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { restoreBackup } from '../../src/usecases/restore-backup.ts';
import { openTestApp } from '../support/app.ts';
import { at, storeCloses } from './stored-market.ts';

const now = at('2026-03-02T10:00Z');

function textOf(app: App, question: Partial<Parameters<typeof exportData>[1]> = {}): string {
  const parts: string[] = [];
  exportData(app, { format: 'jsonl', ...question }, { out: part => parts.push(part) });
  return parts.join('');
}

const refusal = async (work: Promise<unknown>): Promise<Pick<Failure, 'code' | 'message'>> => {
  const error = await work.then(
    () => undefined,
    (each: unknown) => each,
  );
  if (error instanceof Failure) return { code: error.code, message: error.message };
  throw error ?? new Error('no failure');
};

test('every table is exported, or left out for a reason', async () => {
  const { app } = await openTestApp();
  const tables = app.db.raw
    .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  const sorted = [...ownTables, ...marketTables, ...Object.keys(tablesLeftOut)].sort();
  expect(tables.map(each => each.name).sort()).toEqual(sorted);
});

/** Two portfolios with everything that a user can put in. */
function fill(app: App): void {
  createPortfolio(app, 'Family', { cash: true, owners: 'Ann 60, Bob 40' });
  createPortfolio(app, 'Super', { taxpayer: 'smsf' });
  for (const line of [
    'deposit 10000 on 2024-07-01',
    'buy 100 BHP @ 40 fee 9.95 on 2024-07-02',
    'buy 50 BHP @ 45 fee 9.95 on 2025-01-06',
    'sell 60 BHP @ 50 fee 9.95 parcel 2025-01-06:20,2024-07-02:40 on 2025-09-01 note "first" sale',
    'dividend BHP 90 franked 100% ex 2025-09-04 on 2025-09-25',
    'split BHP 2:1 on 2025-11-03',
  ]) {
    recordEntry(app, line, { portfolio: 'Family' });
  }
  importEntries(app, {
    portfolio: 'Super',
    fileName: 'holdings.csv',
    text: 'ticker,shares,avg_cost,date_acquired\nVAS,50,88.40,2024-02-01\n',
  });
  const [first] = currentEntries(app.db);
  if (first === undefined) throw new Error('no entry');
  app.db.transaction(() => {
    replaceEntry(app.db, { ...first, note: 'edited' }, now);
    const last = currentEntries(app.db).at(-1);
    if (last) deleteEntry(app.db, last.id, now);
    app.db.raw.exec(`
      INSERT INTO owner_tax_facts SELECT id, 2026, 'other-income', '90000' FROM owners;
      INSERT INTO cpi_indexes VALUES ('2027Q3', '103.4', ${now});
      INSERT INTO market_values VALUES ('BHP', '45.2', 'user', '2027-06-30', ${now});
      INSERT INTO watchlist VALUES ('WES', 1, 'why', ${now});
      INSERT INTO notifications (id, type, priority, title, message, data, created_at) VALUES
        (7, 'system', 'normal', 'twice', 'the same', '{}', ${now}), (8, 'system', 'normal', 'twice', 'the same', '{}', ${now});
      INSERT INTO alert_firings (id, alert_id, rule, code, at, message, notification_id) VALUES (1, 99, 'BHP above 9', 'BHP', ${now}, 'm', 7)`);
  });
  addAlert(app, 'BHP above 45', undefined);
  storeCloses(app, { BHP: { '2026-02-27': '30', '2026-03-02': '31.5' }, VAS: { '2026-03-02': '101' } });
}

describe('into an empty database', () => {
  test('everything comes back as it was, prices and all', async () => {
    const { app } = await openTestApp({ now });
    fill(app);
    const { app: other } = await openTestApp({ now: now + 5_000 });
    const text = textOf(app, { withPrices: true });
    expect(isOwnExport(text)).toBe(true);
    const report = await importOwn(other, text);
    expect([report.written, report.there, report.conflicts]).toEqual([true, 0, []]);
    expect([...exportedRows(other.db, true)]).toEqual([...exportedRows(app.db, true)]);
    const [before, after] = [reportHashes(app), reportHashes(other)];
    expect(before.size).toBeGreaterThan(6);
    expect(after).toEqual(before);
    // Again it adds nothing.
    const again = await importOwn(other, text);
    expect([again.added, again.conflicts]).toEqual([{}, []]);
  });

  test('any history comes back, with its edits and deletions', async () => {
    const { app } = await openTestApp({ now });
    const { app: other } = await openTestApp({ now });
    createPortfolio(app, 'Main', { cash: true });
    const [main] = app.db.statement<{ id: string }>('SELECT id FROM portfolios').all();
    const start = parseLocalDate('2024-01-02');
    const step = fc.record({
      days: fc.integer({ min: 0, max: 700 }),
      kind: fc.constantFrom('buy', 'buy', 'sell', 'deposit', 'dividend', 'edit', 'delete'),
      code: fc.constantFrom('BHP', 'CBA'),
      units: fc.integer({ min: 1, max: 500 }),
      cents: fc.integer({ min: 1, max: 9_999 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async steps => {
        for (const db of [app.db, other.db]) db.raw.exec('DELETE FROM entries');
        other.db.raw.exec(
          'DELETE FROM portfolio_owners; DELETE FROM portfolios; DELETE FROM owners; DELETE FROM settings',
        );
        app.db.transaction(() => {
          for (const { days, kind, code, units, cents } of steps) {
            const on = `on ${addDays(start, days)}`;
            const price = (cents / 100).toFixed(2);
            const lines = {
              buy: `buy ${units} ${code} @ ${price} fee 9.95 ${on}`,
              sell: `sell ${units} ${code} @ ${price} method lifo ${on}`,
              deposit: `deposit ${price} ${on}`,
              dividend: `dividend ${code} ${price} franked 100% ${on}`,
            };
            const all = currentEntries(app.db);
            const chosen = all[units % (all.length || 1)];
            if (kind === 'edit' && chosen) replaceEntry(app.db, { ...chosen, note: `changed ${cents}` }, now + days);
            else if (kind === 'delete' && chosen) deleteEntry(app.db, chosen.id, now + days);
            else if (kind !== 'edit' && kind !== 'delete') {
              const draft = parseEntryLine(lines[kind], { today: start });
              const row = { ...draft, id: app.newId(), portfolio: main?.id ?? '' };
              insertEntries(app.db, [row], now);
            }
          }
        });
        await importOwn(other, textOf(app));
        expect([...exportedRows(other.db, false)]).toEqual([...exportedRows(app.db, false)]);
        expect(reportHashes(other)).toEqual(reportHashes(app));
      }),
      { numRuns: 25 },
    );
  });

  test('an export of an older schema is brought up to date', async () => {
    const { app } = await openTestApp({ now });
    fill(app);
    const lines = textOf(app).trimEnd().split('\n');
    const old = lines
      .slice(1, -1)
      .filter(line => /"table":"(owners|portfolios|portfolio_owners|entries|import_batches)"/.test(line));
    const header = { ...JSON.parse(lines[0] ?? ''), schema: 1 };
    const text = [JSON.stringify(header), ...old, JSON.stringify({ end: old.length })].join('\n');
    const { app: other } = await openTestApp({ now });
    expect((await importOwn(other, text)).conflicts).toEqual([]);
    expect(currentEntries(other.db)).toEqual(currentEntries(app.db));
  });
});

describe('into a database with data', () => {
  /** The same portfolio on two computers. */
  async function pair() {
    const { app } = await openTestApp({ now, onDisk: true });
    fill(app);
    const { app: other } = await openTestApp({ now, onDisk: true });
    await importOwn(other, textOf(app));
    return { app, other };
  }

  test('ids decide: what is new is added, what was edited later holds, nothing is doubled', async () => {
    const { app, other } = await pair();
    recordEntry(app, 'buy 5 CBA @ 100 on 2026-02-02', { portfolio: 'Family' });
    recordEntry(other, 'buy 7 WES @ 60 on 2026-02-02', { portfolio: 'Family' });
    const buy = currentEntries(app.db).find(each => each.kind === 'buy' && each.code === 'BHP');
    if (buy === undefined) throw new Error('no purchase');
    app.db.transaction(() => replaceEntry(app.db, { ...buy, note: 'later' }, now + 1000));
    const preview = await importOwn(other, textOf(app), { dryRun: true });
    expect([preview.written, preview.before, preview.added]).toEqual([false, undefined, { entries: 2 }]);
    expect(currentEntries(other.db).map(each => each.code)).not.toContain('CBA');
    const report = await importOwn(other, textOf(app));
    expect([report.added, report.conflicts]).toEqual([{ entries: 2 }, []]);
    const codes = currentEntries(other.db).map(each => each.code);
    expect(codes).toEqual(expect.arrayContaining(['CBA', 'WES']));
    expect(currentEntries(other.db).find(each => each.id === buy.id)?.note).toBe('later');
    // The copy from before it takes it back.
    await restoreBackup(other, report.before ?? '', { write: true });
    other.db.noticeChanges();
    expect(currentEntries(other.db).map(each => each.code)).not.toContain('CBA');
  });

  test('an entry that was changed on both sides stays as it is here, and is told', async () => {
    const { app, other } = await pair();
    const [first] = currentEntries(app.db);
    if (first === undefined) throw new Error('no entry');
    app.db.transaction(() => replaceEntry(app.db, { ...first, note: 'there' }, now + 1000));
    other.db.transaction(() => replaceEntry(other.db, { ...first, note: 'here' }, now + 2000));
    const { conflicts } = await importOwn(other, textOf(app));
    expect(conflicts).toEqual([
      { table: 'entries', key: first.id, reason: 'it was changed here and in the file, and stays' },
    ]);
    expect(currentEntries(other.db).find(each => each.id === first.id)?.note).toBe('here');
  });

  test('another portfolio of the same name comes with a number', async () => {
    const { app } = await openTestApp({ now });
    fill(app);
    const { app: other } = await openTestApp({ now });
    createPortfolio(other, 'Family', {});
    await importOwn(other, textOf(app));
    const names = other.db.statement<{ name: string }>('SELECT name FROM portfolios ORDER BY position').all();
    expect(names.map(each => each.name)).toEqual(['Family', 'Family (2)', 'Super']);
  });

  test('what would take the units from under a sale here is refused whole', async () => {
    const { app, other } = await pair();
    recordEntry(other, 'sell 80 BHP @ 60 on 2026-02-03', { portfolio: 'Family' });
    const buy = currentEntries(app.db).find(each => each.kind === 'buy');
    if (buy === undefined) throw new Error('no purchase');
    recordEntry(app, 'sell 50 BHP @ 60 on 2026-02-01', { portfolio: 'Family' });
    const before = textOf(other);
    expect(await refusal(importOwn(other, textOf(app)))).toMatchObject({ code: 'refused' });
    expect(textOf(other)).toBe(before);
  });
});

describe('a file that is none, with its line named and nothing written', () => {
  test.each([
    ['cut short', (lines: string[]) => lines.slice(0, -2), /^Line \d+ of the export is not its end/],
    ['a line lost', (lines: string[]) => lines.toSpliced(3, 1), /is not its end/],
    ['no JSON', (lines: string[]) => lines.with(2, '{"table":'), /^Line 3 of the export is not a JSON object/],
    [
      'an unknown table',
      (lines: string[]) => lines.with(2, '{"table":"sqlite_schema","row":{}}'),
      /^Line 3 .*"sqlite_schema"/,
    ],
    [
      'SQL for a column',
      (lines: string[]) => lines.with(2, '{"table":"owners","row":{"id) --":"x"}}'),
      /no proper name/,
    ],
    [
      'an unknown column',
      (lines: string[]) => lines.with(2, '{"table":"owners","row":{"colour":"x"}}'),
      /cannot be stored/,
    ],
    [
      'a value that is a list',
      (lines: string[]) => lines.with(2, '{"table":"owners","row":{"id":[1]}}'),
      /not a row of texts and numbers/,
    ],
    [
      'rows without their parents',
      (lines: string[]) =>
        lines.with(1, '{"table":"cpi_indexes","row":{"quarter":"2027Q4","value":"1","entered_at":1}}'),
      /is damaged: /,
    ],
  ] as const)('%s', async (_what, change, says) => {
    const { app } = await openTestApp({ now });
    fill(app);
    const { app: other } = await openTestApp({ now });
    const lines = textOf(app).trimEnd().split('\n');
    expect(await refusal(importOwn(other, change(lines).join('\n')))).toEqual({
      code: 'bad-file',
      message: expect.stringMatching(says),
    });
    expect(currentEntries(other.db)).toEqual([]);
    expect(readdirSync(other.dataDir).filter(name => name.startsWith('.'))).toEqual([]);
  });

  test('of a newer asxos', async () => {
    const { app } = await openTestApp({ now });
    const text = textOf(app).replace(/"schema":\d+/, '"schema":99');
    expect(await refusal(importOwn(app, text))).toMatchObject({ code: 'newer-database' });
  });

  test('as a file of one portfolio it is refused, with the way out', async () => {
    const { app } = await openTestApp({ now });
    expect(() => importEntries(app, { text: textOf(app), fileName: 'x' })).toThrow('export of all portfolios');
  });
});

describe('CSV and entry lines', () => {
  test.each(['csv', 'ledger'] as const)(
    '%s: read back, the holdings are the same, and again nothing is added',
    async format => {
      const { app } = await openTestApp({ now });
      fill(app);
      const text = textOf(app, { format, portfolio: 'Family' });
      const { app: other } = await openTestApp({ now });
      createPortfolio(other, 'Family', { cash: true });
      const report = importEntries(other, { text, fileName: 'x', format: undefined });
      expect([report.format, report.rejected]).toEqual([format === 'csv' ? 'entries' : 'ledger', []]);
      const dry = (of: App, portfolio: string) =>
        importEntries(of, { text: 'buy 1 ZZZ @ 1 on 2026-03-02', fileName: 'x', portfolio, dryRun: true }).holdings;
      expect(JSON.stringify(dry(other, 'Family'))).toBe(JSON.stringify(dry(app, 'Family')));
      expect(importEntries(other, { text, fileName: 'x' }).added).toBe(0);
    },
  );

  test('of several portfolios they are refused; a file that is there is replaced only with force', async () => {
    const { app } = await openTestApp({ now });
    fill(app);
    expect(() => textOf(app, { format: 'csv', portfolio: 'all' })).toThrow('CSV are of one portfolio');
    const file = join(app.dataDir, 'out.jsonl');
    exportData(app, { format: 'jsonl' }, { file, force: false });
    expect(readFileSync(file, 'utf8')).toBe(textOf(app));
    expect(() => exportData(app, { format: 'jsonl' }, { file, force: false })).toThrow('is there already');
    exportData(app, { format: 'ledger', portfolio: 'Super' }, { file, force: true });
    expect(readFileSync(file, 'utf8')).toMatch(/^# Super, exported by asxos on 2026-03-02/);
    expect(existsSync(join(app.dataDir, '.out.jsonl'))).toBe(false);
  });

  test('a line that is no entry is refused by its number', async () => {
    const { app } = await openTestApp({ now });
    const { rejected, added } = importEntries(app, {
      text: '# mine\nbuy 1 BHP @ 4 on 2026-01-05\nbuy BHP\n',
      fileName: 'x',
    });
    expect([added, rejected]).toEqual([1, [{ line: 3, reason: expect.stringContaining('"BHP"') }]]);
  });
});

test('settings of this machine are not exported', async () => {
  const { app } = await openTestApp({ now });
  app.db.transaction(() => writeSetting(app.db, 'eodhd.quota', { dailyLimit: 1 }));
  expect(textOf(app, { withPrices: true })).not.toContain('eodhd');
});
