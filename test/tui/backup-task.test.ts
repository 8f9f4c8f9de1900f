import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBackupTask } from '../../src/tui/backup-task.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { openTestApp } from '../support/app.ts';

test('an open console backs up once a day, and tells once why it cannot', async () => {
  const { app } = await openTestApp({ onDisk: true });
  recordEntry(app, 'buy 10 BHP @ 40 on 2026-02-02');
  const said: string[] = [];
  const crash = (error: unknown): void => void said.push(`crash ${error}`);
  const task = openBackupTask({ app, say: ({ text }) => void said.push(text), crash });
  const backups = join(app.dataDir, 'backups');
  // A file stands where the folder should be.
  writeFileSync(backups, '');
  for (let round = 0; round < 2; round++) {
    task.start();
    await task.stop();
  }
  expect(said).toEqual([expect.stringMatching(/^No backup was made: Cannot write .*backups/)]);
  rmSync(backups);
  mkdirSync(backups, { mode: 0o700 });
  task.start();
  task.start();
  await task.stop();
  expect(readdirSync(backups)).toEqual([`asxos-${app.today()}.db`]);
  expect(said).toHaveLength(1);
});
