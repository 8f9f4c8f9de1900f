import { expect, test } from 'vitest';
import { forgetJobTroubles, type JobTrouble, noteJobTrouble } from '../../src/db/job-trouble.ts';
import { open } from './open-database.ts';

test('each kind of failure is news once until a refresh works, and offline is over once something came', () => {
  const db = open();
  const isNews = (kind: JobTrouble): boolean => db.transaction(() => noteJobTrouble(db, 'refresh', kind));
  expect(
    ['offline', 'offline', 'unauthorised', 'partly', 'partly', 'offline'].map(each => isNews(each as JobTrouble)),
  ).toEqual([true, false, true, true, false, true]);
  db.transaction(() => forgetJobTroubles(db, 'refresh'));
  expect(isNews('partly')).toBe(true);
  // Another job has troubles of its own.
  expect(db.transaction(() => noteJobTrouble(db, 'signals', 'partly'))).toBe(true);
});
