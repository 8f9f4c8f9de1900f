import { expect, test } from 'vitest';
import { listNotifications } from '../../src/db/notifications.ts';
import { forgetRefreshTroubles, noteRefreshTrouble } from '../../src/db/refresh-trouble.ts';
import { open } from './open-database.ts';

test('each kind of failure is told once until a refresh works, and offline is over once something came', () => {
  const db = open();
  const titles: string[] = [];
  const note = (kind: 'offline' | 'unauthorised' | 'partly') => {
    db.transaction(() => noteRefreshTrouble(db, { kind, message: kind, data: {} }, 1));
    titles.splice(0, titles.length, ...listNotifications(db, 1).map(each => each.message));
    return titles.length;
  };
  expect([note('offline'), note('offline'), note('unauthorised'), note('partly')]).toEqual([1, 1, 2, 3]);
  expect([note('partly'), note('offline')]).toEqual([3, 4]);
  db.transaction(() => forgetRefreshTroubles(db));
  expect(note('partly')).toBe(5);
});
