import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { openDatabase } from '../../src/db/database.ts';
import { currentEntries } from '../../src/db/entries.ts';
import { schemaVersion } from '../../src/db/schema.ts';
import { Failure } from '../../src/failure.ts';
import { backUp } from '../../src/usecases/back-up.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { restoreBackup } from '../../src/usecases/restore-backup.ts';
import { migrationsDir, openTestApp } from '../support/app.ts';

const buy = (app: App, line: string): void => void recordEntry(app, line);
const codesIn = ({ db }: App): string[] => currentEntries(db).map(entry => entry.code ?? '');
const refusal = async (work: Promise<unknown>): Promise<Pick<Failure, 'code' | 'message'>> => {
  const error = await work.then(
    () => undefined,
    (each: unknown) => each,
  );
  if (error instanceof Failure) return { code: error.code, message: error.message };
  throw error ?? new Error('no failure');
};

/** An App with BHP bought, a backup of that, and CBA bought after it. */
async function withBackup(): Promise<{ app: App; file: string; backups: string }> {
  const { app } = await openTestApp({ onDisk: true });
  buy(app, 'buy 10 BHP @ 40 fee 10 on 2026-02-02');
  const file = join(app.dataDir, 'copy.db');
  await backUp(app, file);
  buy(app, 'buy 5 CBA @ 100 on 2026-02-03');
  return { app, file, backups: join(app.dataDir, 'backups') };
}

test('the preview tells both sides and changes nothing', async () => {
  const { app, file } = await withBackup();
  const report = await restoreBackup(app, file, { write: false });
  expect(report.restored).toBe(false);
  expect(report.inFile).toMatchObject({ portfolios: [{ name: 'Main', entries: 1 }], entries: 1, holdings: 1 });
  expect(report.now).toMatchObject({ entries: 2, holdings: 2, lastEntryOn: '2026-02-03' });
  expect([String(report.inFile.costBase), String(report.now?.costBase)]).toEqual(['410', '910']);
  expect(codesIn(app)).toEqual(['BHP', 'CBA']);
  expect(readdirSync(app.dataDir).filter(name => name.startsWith('.'))).toEqual([]);
});

test('an open App sees what was restored, what was replaced is kept, and restoring that brings it back', async () => {
  const { app, file } = await withBackup();
  const { kept = '' } = await restoreBackup(app, file, { write: true });
  expect(app.db.noticeChanges()).toBe(true);
  expect(codesIn(app)).toEqual(['BHP']);
  buy(app, 'buy 1 WES @ 60 on 2026-02-04');
  await restoreBackup(app, kept, { write: true });
  expect(codesIn(app)).toEqual(['BHP', 'CBA']);
});

test('a process that goes on writing is survived: the file stays whole', { timeout: 20_000 }, async () => {
  const { app, file } = await withBackup();
  const script = join(import.meta.dirname, '../db/write-steadily.ts');
  const writer = spawn(process.execPath, [script, app.databasePath], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void writer.kill('SIGKILL'));
  await once(writer.stdout, 'data');
  await restoreBackup(app, file, { write: true });
  writer.kill('SIGKILL');
  await once(writer, 'close');
  expect(codesIn(app)).toEqual(['BHP']);
  expect(app.db.raw.pragma('integrity_check', { simple: true })).toBe('ok');
});

describe('where the database is damaged', () => {
  const damage = (path: string): void => writeFileSync(path, 'not a database at all '.repeat(500));

  test('the backup takes its place, and the damaged bytes are kept', async () => {
    const { app, file, backups } = await withBackup();
    await app.close();
    damage(app.databasePath);
    const report = await restoreBackup(app, file, { write: true });
    expect([report.now, report.nowTrouble]).toEqual([undefined, expect.stringContaining('is damaged')]);
    expect(codesIn(app)).toEqual(['BHP']);
    const [kept = ''] = readdirSync(backups);
    expect(kept).toMatch(/^asxos-before-restore-damaged-.*[.]db$/);
    expect(readFileSync(join(backups, kept), 'utf8')).toMatch(/^not a database/);
  });

  test.runIf(existsSync('/proc/self/fd'))('it is refused while another process has it open', async () => {
    const { app, file } = await withBackup();
    await app.close();
    damage(app.databasePath);
    const holder = spawn('sh', ['-c', `exec 9<"${app.databasePath}"; echo open; read line`], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void holder.kill('SIGKILL'));
    await once(holder.stdout, 'data');
    expect(await refusal(restoreBackup(app, file, { write: true }))).toEqual({
      code: 'locked',
      message: `Another process (${holder.pid}) has the damaged database open`,
    });
    expect(readFileSync(app.databasePath, 'utf8')).toMatch(/^not a database/);
  });
});

test('where there is no database yet, the backup becomes it', async () => {
  const { file } = await withBackup();
  const { app } = await openTestApp({ onDisk: true });
  const report = await restoreBackup(app, file, { write: true });
  expect([report.now, report.kept]).toEqual([undefined, undefined]);
  expect(codesIn(app)).toEqual(['BHP']);
});

test('a backup of an older asxos is brought up to date on a copy', async () => {
  const { app, backups } = await withBackup();
  const old = join(app.dataDir, 'old.db');
  openDatabase(old, { migrationsDir, now: app.now, schema: 1 }).close();
  const bytes = readFileSync(old);
  const report = await restoreBackup(app, old, { write: true });
  expect([report.schema, report.inFile.entries]).toEqual([1, 0]);
  expect(app.db.raw.pragma('user_version', { simple: true })).toBe(schemaVersion);
  expect(readFileSync(old).equals(bytes)).toBe(true);
  expect(readdirSync(backups)).toHaveLength(1);
});

describe('refused, with the file named and nothing changed', () => {
  test.each([
    ['no database', 'bad-file', 'is no asxos database', (path: string) => writeFileSync(path, 'Date,Code\n')],
    ['an empty file', 'bad-file', 'is no asxos database', (path: string) => writeFileSync(path, '')],
    [
      'of another program',
      'bad-file',
      'of another program',
      (path: string) => {
        const db = new Sqlite(path);
        db.exec('CREATE TABLE notes (text)');
        db.close();
      },
    ],
    [
      'of a newer asxos',
      'newer-database',
      'made by a newer asxos (schema 99',
      (path: string, file: string) => {
        copyFileSync(file, path);
        const db = new Sqlite(path);
        db.pragma('user_version = 99');
        db.close();
      },
    ],
    [
      'damaged',
      'corrupt',
      'is damaged',
      (path: string, file: string) => {
        const bytes = readFileSync(file);
        bytes.fill(0xff, 8 * 4096, 30 * 4096);
        writeFileSync(path, bytes);
      },
    ],
    [
      'with rows that lack their parents',
      'corrupt',
      'is damaged: 1 row of portfolio_owners without their owners',
      (path: string, file: string) => {
        copyFileSync(file, path);
        const db = new Sqlite(path);
        db.pragma('foreign_keys = OFF');
        db.exec('DELETE FROM owners');
        db.close();
      },
    ],
  ] as const)('%s', async (_what, code, words, make) => {
    const { app, file } = await withBackup();
    const bad = join(app.dataDir, 'bad.db');
    make(bad, file);
    const said = await refusal(restoreBackup(app, bad, { write: true }));
    expect(said).toEqual({ code, message: expect.stringContaining(words) });
    expect(said.message).toContain(`"${bad}"`);
    expect(codesIn(app)).toEqual(['BHP', 'CBA']);
  });

  test('a folder, a file that is not there, the database itself', async () => {
    const { app } = await withBackup();
    const codes: string[] = [];
    for (const file of [app.dataDir, join(app.dataDir, 'no'), app.databasePath]) {
      codes.push((await refusal(restoreBackup(app, file, { write: true }))).code);
    }
    expect(codes).toEqual(['invalid-input', 'not-found', 'invalid-input']);
  });
});
