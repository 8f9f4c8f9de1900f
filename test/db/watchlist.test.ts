import { expect, test } from 'vitest';
import { listWatched, unwatch, watch } from '../../src/db/watchlist.ts';
import { code, now, open } from './open-database.ts';

test('securities are watched once, in the order they were added, until they are not', () => {
  const db = open();
  const [vas, bhp] = [code('VAS'), code('BHP')];
  expect(db.transaction(() => watch(db, { code: vas, addedAt: now }))).toBe(true);
  expect(db.transaction(() => watch(db, { code: bhp, note: 'below 40', addedAt: now + 1 }))).toBe(true);
  expect(db.transaction(() => watch(db, { code: vas, addedAt: now + 2 }))).toBe(false);
  expect(listWatched(db)).toEqual([
    { code: 'VAS', addedAt: now },
    { code: 'BHP', note: 'below 40', addedAt: now + 1 },
  ]);
  db.transaction(() => watch(db, { code: bhp, note: 'below 38', addedAt: now + 3 }));
  expect(listWatched(db)[1]).toEqual({ code: 'BHP', note: 'below 38', addedAt: now + 1 });
  expect(db.transaction(() => unwatch(db, vas))).toBe(true);
  expect(db.transaction(() => unwatch(db, vas))).toBe(false);
  expect(listWatched(db).map(each => each.code)).toEqual(['BHP']);
});
