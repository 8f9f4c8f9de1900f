import { expect, test } from 'vitest';
import { costSince, forgetCalls, storeCalls } from '../../src/db/calls.ts';
import { date, now, open } from './open-database.ts';

test('the cost of requests is counted by day, and since an instant', () => {
  const db = open();
  const [monday, tuesday] = [date('2026-03-02'), date('2026-03-03')];
  db.transaction(() =>
    storeCalls(db, [
      { day: monday, at: now, endpoint: 'eod-bulk-last-day', cost: 100, status: 200 },
      { day: monday, at: now + 10, endpoint: 'eod', cost: 1, status: 404 },
      { day: monday, at: now + 11, endpoint: 'real-time', cost: 5 },
      { day: tuesday, at: now + 86_400_000, endpoint: 'user', cost: 0, status: 200 },
    ]),
  );
  expect(costSince(db, monday, 0)).toBe(106);
  expect(costSince(db, monday, now + 1)).toBe(6);
  expect(costSince(db, monday, now + 10)).toBe(6);
  expect(costSince(db, tuesday, 0)).toBe(0);
  expect(costSince(db, date('2026-03-04'), 0)).toBe(0);
  db.transaction(() => forgetCalls(db, tuesday));
  expect(costSince(db, monday, 0)).toBe(0);
  expect(db.raw.prepare('SELECT endpoint, status FROM eodhd_calls').all()).toEqual([{ endpoint: 'user', status: 200 }]);
});
