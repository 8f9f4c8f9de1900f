import { expect, onTestFinished, test } from 'vitest';
import { parseCode } from '../../src/domain/market/security.ts';
import { dataRevision, followChanges } from '../../src/usecases/follow-changes.ts';
import { watchCodes } from '../../src/usecases/manage-watchlist.ts';
import { openTestApp } from '../support/app.ts';

const bhp = parseCode('BHP');
const never = (error: unknown): void => {
  throw error;
};

test('a change of its own is told at once, and no more after the end', async () => {
  const { app } = await openTestApp();
  let told = 0;
  const stop = followChanges(app, () => (told += 1), never);
  const before = dataRevision(app);
  watchCodes(app, [bhp]);
  expect(told).toBe(1);
  expect(dataRevision(app)).toBeGreaterThan(before);
  watchCodes(app, [bhp]);
  expect(told).toBe(1);
  stop();
  watchCodes(app, [parseCode('CSL')]);
  expect(told).toBe(1);
});

test('a change by another asxos on the same file is noticed', async () => {
  const { app } = await openTestApp({ onDisk: true });
  const other = await openTestApp({ dataDir: app.dataDir });
  expect(dataRevision(app)).toBeGreaterThan(0);
  let told = 0;
  const stop = followChanges(app, () => (told += 1), never);
  onTestFinished(stop);
  watchCodes(other.app, [bhp]);
  await expect.poll(() => told, { timeout: 8_000 }).toBe(1);
});
