import { expect, test } from 'vitest';
import { readQuota, writeQuota } from '../../src/db/quota.ts';
import { writeSetting } from '../../src/db/settings.ts';
import { date, now, open } from './open-database.ts';

const quota = {
  dailyLimit: 100_000,
  extraLimit: undefined,
  requestsToday: 139,
  requestsDate: date('2026-03-02'),
  askedAt: now,
};

test('a quota is read back as it was told; before that there is none', () => {
  const db = open();
  expect(readQuota(db)).toBeUndefined();
  db.transaction(() => writeQuota(db, quota));
  expect(readQuota(db)).toEqual(quota);
});

test.each([
  null,
  'text',
  [],
  { dailyLimit: 'many', requestsToday: 1, askedAt: 1 },
  { dailyLimit: 1, requestsToday: 1 },
])('what is no quota (%j) is none', value => {
  const db = open();
  db.transaction(() => writeSetting(db, 'eodhd.quota', value));
  expect(readQuota(db)).toBeUndefined();
});

test('a day that is none is unknown', () => {
  const db = open();
  db.transaction(() => writeSetting(db, 'eodhd.quota', { ...quota, requestsDate: '2026-02-30' }));
  expect(readQuota(db)).toEqual({ ...quota, requestsDate: undefined });
});
