import { readdirSync, readFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { drillReport } from '../../src/cli/drill-report.ts';
import { reportHashes } from '../../src/cli/report-hashes.ts';
import { listBackups } from '../../src/db/backups.ts';
import { currentEntries, deleteEntry, replaceEntry } from '../../src/db/entries.ts';
import { readSetting } from '../../src/db/settings.ts';
import { Failure } from '../../src/failure.ts';
import { backUpToday } from '../../src/usecases/back-up.ts';
import { drillRestore } from '../../src/usecases/drill-restore.ts';
import { createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { restoreBackup } from '../../src/usecases/restore-backup.ts';
import { openTestApp, type TestClock } from '../support/app.ts';
import { at, storeCloses } from './stored-market.ts';

/** An App with a backup, in which much was recorded and corrected since. */
async function backedUp(): Promise<{ app: App; clock: TestClock }> {
  const { app, clock } = await openTestApp({ onDisk: true, now: at('2026-03-02T10:00Z') });
  recordEntry(app, 'buy 100 BHP @ 40 fee 10 on 2025-02-03');
  recordEntry(app, 'sell 40 BHP @ 50 fee 10 on 2025-09-01');
  recordEntry(app, 'dividend BHP 90 franked 100% on 2025-09-25');
  storeCloses(app, { BHP: { '2026-02-27': '50', '2026-03-02': '51' } });
  await backUpToday(app);
  clock.now += 60_000;
  const [buy, sale] = currentEntries(app.db);
  if (buy === undefined || sale === undefined) throw new Error('no entries');
  app.db.transaction(() => {
    replaceEntry(app.db, { ...buy, note: 'edited since' }, clock.now);
    deleteEntry(app.db, sale.id, clock.now);
  });
  recordEntry(app, 'buy 5 CBA @ 100 on 2026-02-03');
  storeCloses(app, { BHP: { '2026-02-27': '55', '2026-03-02': '56' } });
  return { app, clock };
}

const inBackup = (app: App, sql: string): void => {
  const raw = new Sqlite(listBackups(app.databasePath)[0]?.path ?? '');
  raw.exec(sql);
  raw.close();
};

test('what was recorded, corrected or fetched since is no difference; nothing is touched', async () => {
  const { app } = await backedUp();
  const bytes = readFileSync(listBackups(app.databasePath)[0]?.path ?? '');
  const entries = currentEntries(app.db);
  const drill = await drillRestore(app, reportHashes);
  expect(drill.reports).toEqual(
    ['entries', 'holdings', 'performance', 'tax Main FY2025', 'tax Main FY2026'].map(report => ({
      report,
      equal: true,
    })),
  );
  expect([drill.changedSince, drill.missing]).toEqual([[], []]);
  expect([drill.takenAt, drill.knownAt]).toEqual([at('2026-03-02T10:00Z'), at('2026-03-02T10:00Z')]);
  expect(readFileSync(drill.backup).equals(bytes)).toBe(true);
  expect(currentEntries(app.db)).toEqual(entries);
  expect(readdirSync(app.dataDir).filter(name => name.startsWith('.'))).toEqual([]);
});

test('that the backup lacks its last entry is found, and it is named; what was recorded since is not', async () => {
  const { app } = await backedUp();
  const last = 'id = (SELECT id FROM entries ORDER BY recorded_at DESC, id DESC LIMIT 1)';
  inBackup(app, `DELETE FROM entries WHERE ${last}`);
  const drill = await drillRestore(app, reportHashes);
  expect(drill.takenAt).toBe(at('2026-03-02T10:00Z'));
  expect(drill.missing).toEqual([
    { recordedAt: at('2026-03-02T10:00Z'), deleted: false, line: 'dividend BHP 90 franked 100% on 2025-09-25' },
  ]);
  expect(drill.reports.filter(each => !each.equal).map(each => each.report)).toEqual(
    expect.arrayContaining(['entries', 'tax Main FY2026']),
  );
  const said = JSON.stringify(drillReport(drill, app.now(), true).sections);
  expect(said).toContain('dividend BHP 90 franked 100% on 2025-09-25 (recorded ');
  expect(said).not.toContain('CBA');
});

test('so is a deletion that it lacks', async () => {
  const { app, clock } = await backedUp();
  clock.now = at('2026-03-03T10:00Z');
  await backUpToday(app);
  inBackup(app, 'DELETE FROM entries WHERE deleted = 1');
  const drill = await drillRestore(app, reportHashes);
  expect(drill.missing.map(({ deleted, line }) => [deleted, line])).toEqual([
    [true, 'sell 40 BHP @ 50 fee 10 on 2025-09-01'],
  ]);
});

test('an entry of an earlier time that came since, as by sync, is not missing', async () => {
  const { app, clock } = await backedUp();
  clock.now = at('2026-03-01T10:00Z');
  recordEntry(app, 'buy 3 CSL @ 200 on 2026-02-20');
  const drill = await drillRestore(app, reportHashes);
  expect([drill.missing, drill.reports.filter(each => !each.equal)]).toEqual([[], []]);
});

test('of a backup that does not say when it was taken, entries after its last are not compared, and that is said', async () => {
  const { app } = await backedUp();
  inBackup(app, "DELETE FROM settings WHERE key = 'backup.taken'");
  const drill = await drillRestore(app, reportHashes);
  expect([drill.takenAt, drill.missing, drill.reports.every(each => each.equal)]).toEqual([undefined, [], true]);
  expect(JSON.stringify(drillReport(drill, app.now(), false).sections)).toContain('does not say when it was taken');
});

test('what was restored is no backup: copies of it say when they were taken themselves', async () => {
  const { app, clock } = await backedUp();
  const [daily] = listBackups(app.databasePath);
  await restoreBackup(app, daily?.path ?? '', { write: true });
  clock.now = at('2026-03-04T10:00Z');
  const again = await openTestApp({ onDisk: true, dataDir: app.dataDir, now: clock.now });
  expect(readSetting(again.app.db, 'backup.taken')).toBeUndefined();
  recordEntry(again.app, 'buy 5 CBA @ 101 on 2026-03-02');
  await backUpToday(again.app);
  const drill = await drillRestore(again.app, reportHashes);
  expect([drill.takenAt, drill.missing, drill.reports.every(each => each.equal)]).toEqual([clock.now, [], true]);
});

test('a portfolio made since, with an owner of its own and a trade, is no difference', async () => {
  const { app } = await backedUp();
  createPortfolio(app, 'Fund', { taxpayer: 'smsf', cash: true });
  createPortfolio(app, 'Joint', { owners: 'Ann 50, Bob 50' });
  recordEntry(app, 'buy 7 CSL @ 200 on 2026-03-01', { portfolio: 'Joint' });
  const drill = await drillRestore(app, reportHashes);
  expect([drill.reports.filter(each => !each.equal), drill.changedSince]).toEqual([[], []]);
});

test('a portfolio that the backup has lost is found', async () => {
  const { app, clock } = await backedUp();
  createPortfolio(app, 'Joint', { owners: 'Ann 50, Bob 50' });
  recordEntry(app, 'buy 7 CSL @ 200 on 2026-03-01', { portfolio: 'Joint' });
  clock.now += 86_400_000;
  recordEntry(app, 'buy 5 CBA @ 101 on 2026-03-02', { portfolio: 'Main' });
  await backUpToday(app);
  inBackup(app, "DELETE FROM entries WHERE portfolio_id = (SELECT id FROM portfolios WHERE name = 'Joint')");
  inBackup(app, 'DELETE FROM portfolio_owners WHERE portfolio_id NOT IN (SELECT portfolio_id FROM entries)');
  inBackup(app, 'DELETE FROM portfolios WHERE id NOT IN (SELECT portfolio_id FROM entries)');
  const drill = await drillRestore(app, reportHashes);
  expect(drill.reports.filter(each => !each.equal).map(each => each.report)).toContain('entries');
});

test.each([
  [
    'a trade changed in the backup',
    "UPDATE entries SET units = '90' WHERE kind = 'buy'",
    ['entries', 'holdings', 'performance', 'tax Main FY2026'],
  ],
  [
    'an entry lost from it',
    "DELETE FROM entries WHERE kind = 'dividend'",
    ['entries', 'holdings', 'performance', 'tax Main FY2026'],
  ],
  ['a note of an entry', "UPDATE entries SET note = 'x' WHERE kind = 'dividend'", ['entries']],
])('%s is found', async (_what, sql, reports) => {
  const { app } = await backedUp();
  inBackup(app, sql);
  const drill = await drillRestore(app, reportHashes);
  expect(drill.reports.filter(each => !each.equal).map(each => each.report)).toEqual(expect.arrayContaining(reports));
});

test('what is kept without its history is told as changed', async () => {
  const { app } = await backedUp();
  app.db.transaction(() => void app.db.raw.exec("UPDATE owners SET taxpayer = 'smsf'"));
  const drill = await drillRestore(app, reportHashes);
  expect(drill.changedSince).toEqual(['owners']);
  expect(drill.reports.filter(each => !each.equal).map(each => each.report)).toContain('tax Main FY2026');
});

test('what a restore replaced is not what the data goes on from, and is passed over', async () => {
  const { app, clock } = await openTestApp({ onDisk: true, now: at('2026-03-02T10:00Z') });
  recordEntry(app, 'buy 100 BHP @ 40 on 2025-02-03');
  await backUpToday(app);
  const daily = listBackups(app.databasePath)[0]?.path ?? '';
  clock.now += 60_000;
  recordEntry(app, 'buy 5 CBA @ 100 on 2026-02-03');
  const { kept } = await restoreBackup(app, daily, { write: true });
  expect(listBackups(app.databasePath).map(each => each.path)).toContain(kept);
  const drill = await drillRestore(app, reportHashes);
  expect([drill.backup, drill.reports.filter(({ equal }) => !equal)]).toEqual([daily, []]);
});

test('without a backup, and with a damaged one, it says so', async () => {
  const { app } = await openTestApp({ onDisk: true });
  recordEntry(app, 'buy 1 BHP @ 40 on 2025-02-03');
  await expect(drillRestore(app, reportHashes)).rejects.toThrow('There is no backup to try');
  await backUpToday(app);
  inBackup(app, 'PRAGMA user_version = 99');
  await expect(drillRestore(app, reportHashes)).rejects.toThrow(Failure);
  expect(readdirSync(app.dataDir).filter(name => name.startsWith('.'))).toEqual([]);
});
