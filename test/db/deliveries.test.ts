import { expect, test } from 'vitest';
import {
  type Claim,
  claimDue,
  countDeliveries,
  endDelivery,
  enqueueDelivery,
  forgetDeliveries,
  isDeliveryDue,
  listDeliveries,
  postponeDelivery,
  releaseDelivery,
} from '../../src/db/deliveries.ts';
import { deleteNotification, insertNotification } from '../../src/db/notifications.ts';
import { tryLasts } from '../../src/domain/alerts/delivery.ts';
import { day } from '../../src/domain/date.ts';
import { now, open, temporaryFolder } from './open-database.ts';

function openWith(path?: string) {
  const db = open(path);
  const id = db.transaction(
    () =>
      insertNotification(db, {
        ...{ type: 'system', priority: 'high', title: 'a', message: '', data: {}, createdAt: now },
      }) ?? 0,
  );
  db.transaction(() => {
    enqueueDelivery(db, { id, channel: 'webhook', dueAt: now });
    enqueueDelivery(db, { id, channel: 'command', dueAt: now + 5 });
  });
  return { db, id };
}
const all = { limit: 10, offset: 0, failed: false };

test('what is due is claimed once, until its time is over', () => {
  const path = `${temporaryFolder()}/a.db`;
  const { db, id } = openWith(path);
  const other = open(path);
  expect(isDeliveryDue(db, now - 1)).toBe(false);
  const claim = (of: typeof db, at: number) => of.transaction(() => claimDue(of, at));
  expect(claim(db, now)).toMatchObject([{ channel: 'webhook', attempts: 1, notification: { id, title: 'a' } }]);
  expect([claim(db, now), claim(other, now)]).toEqual([[], []]);
  expect(claim(other, now + 5).map(each => each.channel)).toEqual(['command']);
  expect(claim(other, now + tryLasts)).toMatchObject([{ channel: 'webhook', attempts: 2 }]);
});

test('a claim that was taken over decides nothing any more', () => {
  const { db } = openWith();
  const claim = (at: number): Claim => {
    const [first] = db.transaction(() => claimDue(db, at));
    if (first === undefined) throw new Error('nothing is due');
    return first;
  };
  const late = claim(now);
  const mine = claim(now + tryLasts);
  db.transaction(() => endDelivery(db, mine, { at: now + 9, outcome: 'sent' }));
  db.transaction(() => {
    endDelivery(db, late, { at: now + 10, outcome: 'failed', error: 'late' });
    postponeDelivery(db, late, now, 'late');
    releaseDelivery(db, late, now);
  });
  expect(listDeliveries(db, all)[1]).toMatchObject({
    outcome: 'sent',
    endedAt: now + 9,
    attempts: 2,
    error: undefined,
  });
});

test('one is put off with its trouble, or given back as if it was never tried', () => {
  const { db } = openWith();
  const [claim] = db.transaction(() => claimDue(db, now));
  if (claim === undefined) throw new Error('nothing is due');
  db.transaction(() => postponeDelivery(db, claim, now + 50, 'no answer'));
  expect(listDeliveries(db, { ...all, failed: true })).toMatchObject([
    { dueAt: now + 50, error: 'no answer', attempts: 1 },
  ]);
  expect([countDeliveries(db, all), countDeliveries(db, { failed: true })]).toEqual([2, 1]);
  const again = db.transaction(() => claimDue(db, now + 50)).find(each => each.id === claim.id);
  if (again === undefined) throw new Error('it is not due');
  db.transaction(() => releaseDelivery(db, again, now + 60));
  expect(listDeliveries(db, all)[1]).toMatchObject({ attempts: 1, dueAt: now + 60, outcome: undefined });
});

test('one due a year ahead was written before the clock was set back', () => {
  const { db } = openWith();
  expect(isDeliveryDue(db, now - 7 * day)).toBe(false);
  expect(isDeliveryDue(db, now - 365 * day)).toBe(true);
});

test('the log goes with its notification, and forgets what ended long ago', () => {
  const { db, id } = openWith();
  const [claim] = db.transaction(() => claimDue(db, now));
  if (claim !== undefined) db.transaction(() => endDelivery(db, claim, { at: now, outcome: 'sent' }));
  db.transaction(() => forgetDeliveries(db, now));
  expect(countDeliveries(db, all)).toBe(2);
  db.transaction(() => forgetDeliveries(db, now + 1));
  expect(listDeliveries(db, all).map(each => each.channel)).toEqual(['command']);
  db.transaction(() => deleteNotification(db, id));
  expect(listDeliveries(db, all)).toEqual([]);
});

test('thousands are claimed at once', () => {
  const { db, id } = openWith();
  db.transaction(() => {
    for (let count = 0; count < 40_000; count += 1) enqueueDelivery(db, { id, channel: 'desktop', dueAt: now });
  });
  expect(db.transaction(() => claimDue(db, now))).toHaveLength(40_001);
});
