import { expect, test } from 'vitest';
import {
  forgetAsked,
  noteAsked,
  noteBulkDay,
  noteHistories,
  readAsked,
  readBulkDay,
  readHistoryStarts,
} from '../../src/db/asked.ts';
import { writeSetting } from '../../src/db/settings.ts';
import { code, date, open } from './open-database.ts';

const [aaa, bbb] = [code('AAA'), code('BBB')];

test('what was noted last counts, and can be forgotten', () => {
  const db = open();
  db.transaction(() => {
    noteAsked(db, 'history', [aaa, bbb], 5);
    noteAsked(db, 'history', [aaa], 7);
    noteAsked(db, 'actions', [aaa], 9);
  });
  expect([readAsked(db, 'history'), readAsked(db, 'actions')]).toEqual([{ AAA: 7, BBB: 5 }, { AAA: 9 }]);
  db.transaction(() => forgetAsked(db, 'history', new Set([aaa])));
  expect([readAsked(db, 'history'), readAsked(db, 'actions')]).toEqual([{ BBB: 5 }, { AAA: 9 }]);
});

test('the latest day of the exchange is not the one that was stored last', () => {
  const db = open();
  expect(readBulkDay(db)).toBeUndefined();
  db.transaction(() => noteBulkDay(db, date('2026-03-03')));
  db.transaction(() => noteBulkDay(db, date('2026-03-02')));
  expect(readBulkDay(db)).toBe('2026-03-03');
});

test('what is stored may be anything: it is read as nothing', () => {
  const db = open();
  db.transaction(() => {
    writeSetting(db, 'asked.history', { AAA: 'soon', BBB: 5 });
    writeSetting(db, 'asked.bulk', 17);
    writeSetting(db, 'history.from', { AAA: 'long ago' });
  });
  expect([readAsked(db, 'history'), readBulkDay(db), readHistoryStarts(db)]).toEqual([{ BBB: 5 }, undefined, {}]);
  db.transaction(() => noteHistories(db, [{ code: bbb, from: date('2021-03-02') }]));
  expect(readHistoryStarts(db)).toEqual({ BBB: '2021-03-02' });
  db.transaction(() => writeSetting(db, 'asked.history', null));
  expect(readAsked(db, 'history')).toEqual({});
});
