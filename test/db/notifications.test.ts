import { expect, test } from 'vitest';
import {
  countNotifications,
  deleteNotification,
  insertNotification,
  listNotifications,
  markRead,
} from '../../src/db/notifications.ts';
import type { NotificationDraft } from '../../src/domain/alerts/notification.ts';
import { now, open } from './open-database.ts';

const draft = (title: string, more: Partial<NotificationDraft> = {}): NotificationDraft => ({
  type: 'portfolio_alert',
  priority: 'high',
  title,
  message: `${title} happened`,
  data: { code: 'BHP', levels: [1, 2] },
  createdAt: now,
  ...more,
});

function openWith(...drafts: NotificationDraft[]) {
  const db = open();
  const ids = db.transaction(() => drafts.map(each => insertNotification(db, each)));
  return { db, ids: ids.filter(id => id !== undefined) };
}

test('a notification comes back as it was sent', () => {
  const full = draft('one', { expiresAt: now + 10, eventKey: 'ex-dividend|BHP|2026-03-05' });
  const { db, ids } = openWith(full);
  expect(listNotifications(db, now)).toEqual([{ ...full, id: ids[0], readAt: undefined }]);
});

test('one event is told once; without a key every occurrence counts', () => {
  const event = draft('event', { eventKey: 'k' });
  const { db, ids } = openWith(event, event, draft('plain'), draft('plain'));
  expect(ids).toHaveLength(3);
  expect(countNotifications(db, now)).toEqual({ total: 3, unread: 3 });
});

test('newest come first; expired ones are not shown', () => {
  const { db } = openWith(
    draft('old', { expiresAt: now + 10 }),
    draft('new', { createdAt: now + 1 }),
    draft('newer', { createdAt: now + 1 }),
  );
  const titles = (at: number, limit?: number) =>
    listNotifications(db, at, limit === undefined ? {} : { limit }).map(each => each.title);
  expect(titles(now + 9)).toEqual(['newer', 'new', 'old']);
  expect(titles(now + 10)).toEqual(['newer', 'new']);
  expect(titles(now + 9, 1)).toEqual(['newer']);
  expect(countNotifications(db, now + 10)).toEqual({ total: 2, unread: 2 });
});

test('some or all are marked as read, once', () => {
  const { db, ids } = openWith(draft('a'), draft('b'), draft('c'));
  const [first = 0] = ids;
  expect(db.transaction(() => markRead(db, now + 1, [first]))).toBe(1);
  expect(db.transaction(() => markRead(db, now + 2, [first]))).toBe(0);
  expect(listNotifications(db, now, { unread: true }).map(each => each.title)).toEqual(['c', 'b']);
  expect(db.transaction(() => markRead(db, now + 3))).toBe(2);
  expect(countNotifications(db, now)).toEqual({ total: 3, unread: 0 });
  expect(listNotifications(db, now).map(each => each.readAt)).toEqual([now + 3, now + 3, now + 1]);
  expect(db.transaction(() => markRead(db, now + 4, []))).toBe(0);
});

test('a deleted one is gone, and its number is not used again', () => {
  const { db, ids } = openWith(draft('a'), draft('b', { eventKey: 'k' }));
  const last = ids[1] ?? 0;
  expect(db.transaction(() => deleteNotification(db, last))).toBe(true);
  expect(db.transaction(() => deleteNotification(db, last))).toBe(false);
  expect(db.transaction(() => insertNotification(db, draft('b', { eventKey: 'k' })))).toBe(last + 1);
});
