import { expect, test } from 'vitest';
import { forgetRefreshTroubles, noteRefreshTrouble, type RefreshTrouble } from '../../src/db/refresh-trouble.ts';
import { open } from './open-database.ts';

test('each kind of failure is news once until a refresh works, and offline is over once something came', () => {
  const db = open();
  const isNews = (kind: RefreshTrouble): boolean => db.transaction(() => noteRefreshTrouble(db, kind));
  expect(
    ['offline', 'offline', 'unauthorised', 'partly', 'partly', 'offline'].map(each => isNews(each as RefreshTrouble)),
  ).toEqual([true, false, true, true, false, true]);
  db.transaction(() => forgetRefreshTroubles(db));
  expect(isNews('partly')).toBe(true);
});
