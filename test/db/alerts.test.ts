import { expect, it } from 'vitest';
import {
  countFirings,
  deleteAlert,
  insertAlert,
  insertFiring,
  listAlerts,
  listDefaultAlerts,
  listFirings,
  readStates,
  replaceRule,
  storeState,
} from '../../src/db/alerts.ts';
import { parseRule } from '../../src/domain/alerts/rule-grammar.ts';
import { code, now, open } from './open-database.ts';

const bhp = code('BHP');
const fresh = (rule: string) => ({ rule: parseRule(rule), priority: 'low', origin: 'user', createdAt: now }) as const;
const fired = { armed: false, value: '45.96', firedAt: now, eventKey: undefined };

it('a rule is there once, and one that is given up takes no number', () => {
  const db = open();
  const ids = db.transaction(() =>
    ['BHP above 45', 'bhp above 45.00', 'any loss > 10%'].map(rule => insertAlert(db, fresh(rule))),
  );
  expect(ids).toEqual([1, undefined, 2]);
  expect(listAlerts(db)).toEqual([
    { id: 1, text: 'BHP above 45', ...fresh('BHP above 45') },
    { id: 2, text: 'any loss > 10%', ...fresh('any loss > 10%') },
  ]);
  expect(listDefaultAlerts(db)).toEqual([]);
});

it('where it stood goes with the rule and with its figure, and its history stays', () => {
  const db = open();
  db.transaction(() => {
    for (const rule of ['BHP above 45', 'BHP above 46']) insertAlert(db, fresh(rule));
    for (const id of [1, 2]) storeState(db, id, bhp, fired);
    insertFiring(db, {
      ...{ alertId: 1, rule: 'BHP above 45', code: bhp, at: now, value: '45.96' },
      ...{ message: 'BHP is at 45.96, above 45.00.', notificationId: undefined },
    });
  });
  const standing = (id: number) => readStates(db)({ id }, bhp);
  expect([standing(1), standing(2), standing(3)]).toEqual([fired, fired, undefined]);
  db.transaction(() => {
    // The other rule is there already: nothing changes.
    replaceRule(db, 2, parseRule('BHP above 45'));
  });
  expect(standing(2)).toEqual(fired);
  db.transaction(() => {
    replaceRule(db, 2, parseRule('BHP above 47'));
    deleteAlert(db, 1);
  });
  expect([standing(1), standing(2)]).toEqual([undefined, undefined]);
  expect(listAlerts(db).map(alert => alert.text)).toEqual(['BHP above 47']);
  expect([countFirings(db), listFirings(db, 5)[0]?.message]).toEqual([1, 'BHP is at 45.96, above 45.00.']);
});
