import { expect, test } from 'vitest';
import { forgetDeliveryTroubles, noteDeliveryTrouble } from '../../src/db/delivery-trouble.ts';
import { open } from './open-database.ts';

test('every kind of trouble of a channel is news once, until the channel works', () => {
  const db = open();
  const note = (...args: Parameters<typeof noteDeliveryTrouble> extends [unknown, ...infer Rest] ? Rest : never) =>
    db.transaction(() => noteDeliveryTrouble(db, ...args));
  expect([note('webhook', 'slow'), note('webhook', 'slow'), note('webhook', 'rejected')]).toEqual([true, false, true]);
  expect(note('command', 'slow')).toBe(true);
  db.transaction(() => forgetDeliveryTroubles(db, 'webhook'));
  expect([note('webhook', 'slow'), note('command', 'slow')]).toEqual([true, false]);
});
