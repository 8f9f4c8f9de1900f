import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listNotifications } from '../../src/db/notifications.ts';
import { day } from '../../src/domain/date.ts';
import { backUpToday, isBackupDue } from '../../src/usecases/back-up.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { planDue, runDue } from '../../src/usecases/run-due.ts';
import { openTestApp } from '../support/app.ts';

/** Sunday noon: no session, so that nothing else is due. */
const sunday = Date.UTC(2026, 2, 1, 1);
const noSignals = { 'schedule.fundamentals': 'no', 'schedule.signals': 'no' };

async function openWithEntry() {
  const test = await openTestApp({ onDisk: true, now: sunday, token: undefined });
  recordEntry(test.app, 'buy 10 BHP @ 40 on 2026-02-02');
  return { ...test, names: (): string[] => readdirSync(join(test.app.dataDir, 'backups')).sort() };
}

test('what is due makes the backup of the day once, and the next one the day after', async () => {
  const { app, clock, names } = await openWithEntry();
  writeFileSync(app.config.configPath, JSON.stringify(noSignals));
  expect((await planDue(app, {})).jobs).toContain('backup');
  // Without a key the refresh fails; the backup is made all the same.
  await expect(runDue(app)).rejects.toThrow('key');
  expect(names()).toEqual(['asxos-2026-03-01.db']);
  expect((await planDue(app, {})).jobs).not.toContain('backup');
  clock.now += day;
  expect(isBackupDue(app)).toBe(true);
  await backUpToday(app, { gently: true });
  expect(names()).toEqual(['asxos-2026-03-01.db', 'asxos-2026-03-02.db']);
});

test('a clock that was ahead leaves no day undue', async () => {
  const { app, clock, names } = await openWithEntry();
  clock.now += 40 * day;
  await backUpToday(app);
  clock.now -= 40 * day;
  expect(isBackupDue(app)).toBe(true);
  await backUpToday(app);
  expect(names()).toEqual(['asxos-2026-03-01.db', 'asxos-2026-04-10.db']);
});

test('one that cannot be made is told once in the inbox, and fails nothing else', async () => {
  const { app } = await openWithEntry();
  mkdirSync(join(app.dataDir, 'backups', 'asxos-2026-03-01.db', 'x'), { recursive: true });
  // A folder of that name counts as no backup, and stands in its way.
  expect(isBackupDue(app)).toBe(true);
  for (let round = 0; round < 2; round++) await expect(runDue(app)).rejects.toThrow('key');
  const titles = listNotifications(app.db, app.now()).map(each => each.title);
  expect(titles.filter(title => title === 'No backup was made')).toHaveLength(1);
});

test('the demo and a database in memory have none', async () => {
  const { app } = await openTestApp();
  expect(isBackupDue(app)).toBe(false);
  const { app: demo } = await openTestApp({ demo: true, onDisk: true });
  expect(isBackupDue(demo)).toBe(false);
});
