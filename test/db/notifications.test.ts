import { expect, test } from 'vitest';
import {
  countNewer,
  countNotifications,
  countUnread,
  deleteNotification,
  findNotification,
  hasExpiredUnread,
  insertNotification,
  lastNotificationId,
  listNotifications,
  markExpired,
  markRead,
  markUnread,
  notificationsAfter,
  restoreNotification,
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
  expect([countNotifications(db, now), countUnread(db)]).toEqual([3, 3]);
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
  expect(countNotifications(db, now + 10)).toBe(2);
});

test('some or all are marked as read, once', () => {
  const { db, ids } = openWith(draft('a'), draft('b'), draft('c'));
  const [first = 0] = ids;
  expect(db.transaction(() => markRead(db, now + 1, [first]))).toBe(1);
  expect(db.transaction(() => markRead(db, now + 2, [first]))).toBe(0);
  expect(listNotifications(db, now, { unread: true }).map(each => each.title)).toEqual(['c', 'b']);
  expect(db.transaction(() => markRead(db, now + 3))).toBe(2);
  expect([countNotifications(db, now), countUnread(db)]).toEqual([3, 0]);
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

test('what has expired is marked as read, at the moment at which it did', () => {
  const { db, ids } = openWith(draft('gone', { expiresAt: now + 10 }), draft('there', { expiresAt: now + 11 }));
  expect(hasExpiredUnread(db, now + 9)).toBe(false);
  expect(hasExpiredUnread(db, now + 10)).toBe(true);
  db.transaction(() => markExpired(db, now + 10));
  expect(hasExpiredUnread(db, now + 10)).toBe(false);
  expect(countUnread(db)).toBe(1);
  // A clock that is set back shows it again, as read.
  expect(findNotification(db, now + 9, ids[0] ?? 0)?.readAt).toBe(now + 10);
  expect(findNotification(db, now + 10, ids[0] ?? 0)).toBeUndefined();
});

test('pages and filters', () => {
  const { db, ids } = openWith(
    draft('a rise', { type: 'system', priority: 'low' }),
    draft('a 100% fall', { createdAt: now + 1 }),
    draft('a 100 fall', { createdAt: now + 2, message: 'of BHP' }),
    draft('a rise', { createdAt: now + 3, type: 'signal_change', priority: 'urgent' }),
  );
  db.transaction(() => markRead(db, now + 5, [ids[1] ?? 0]));
  const titles = (filter: Parameters<typeof listNotifications>[2]) => {
    const rows = listNotifications(db, now, filter);
    if (filter?.limit === undefined) expect(countNotifications(db, now, filter)).toBe(rows.length);
    return rows.map(each => each.id - (ids[0] ?? 0));
  };
  expect(titles({ limit: 2 })).toEqual([3, 2]);
  expect(titles({ limit: 2, offset: 2 })).toEqual([1, 0]);
  expect(titles({ limit: 2, offset: 4 })).toEqual([]);
  expect(titles({ unread: true })).toEqual([3, 2, 0]);
  expect(titles({ types: ['system', 'signal_change'] })).toEqual([3, 0]);
  expect(titles({ types: ['system', 'signal_change'], priorities: ['low'] })).toEqual([0]);
  expect(titles({ priorities: ['high'], unread: true })).toEqual([2]);
  expect(titles({ text: '100% FALL' })).toEqual([1]);
  expect(titles({ text: 'bhp fall' })).toEqual([2]);
  expect(titles({ text: '_' })).toEqual([]);
});

test('its place is known by those that are newer, its arrival by its number', () => {
  const { db, ids } = openWith(draft('a'), draft('b'), draft('c', { createdAt: now - 1 }));
  const found = (index: number) => findNotification(db, now, ids[index] ?? 0);
  const places = [0, 1, 2].map(index => {
    const row = found(index);
    return row && countNewer(db, now, row, {});
  });
  expect(places).toEqual([1, 0, 2]);
  expect(notificationsAfter(db, now, ids[0] ?? 0).map(each => each.title)).toEqual(['b', 'c']);
  expect(lastNotificationId(db)).toBe(ids[2]);
});

test('a deleted one is put back as it was, but not beside its event', () => {
  const { db, ids } = openWith(draft('a', { eventKey: 'k', expiresAt: now + 99 }));
  const id = ids[0] ?? 0;
  db.transaction(() => markRead(db, now + 1));
  const whole = findNotification(db, now, id);
  if (whole === undefined) throw new Error('it is not there');
  db.transaction(() => {
    deleteNotification(db, id);
    restoreNotification(db, whole);
    markUnread(db, id);
  });
  expect(listNotifications(db, now)).toEqual([{ ...whole, readAt: undefined }]);
  db.transaction(() => {
    deleteNotification(db, id);
    insertNotification(db, draft('again', { eventKey: 'k' }));
    restoreNotification(db, whole);
  });
  expect(listNotifications(db, now).map(each => each.title)).toEqual(['again']);
});

test('counting and paging read no notification that is not shown', () => {
  const { db } = openWith(draft('a'));
  const plan = (sql: string) =>
    db
      .statement<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(each => each.detail)
      .join();
  expect(
    plan(
      "SELECT count(*) FROM notifications WHERE (expires_at IS NULL OR expires_at > 1) AND type IN ('system') AND +read_at IS NULL",
    ),
  ).toContain('COVERING INDEX notifications_newest');
  expect(plan('SELECT * FROM notifications ORDER BY created_at DESC, id DESC LIMIT 1')).toContain(
    'notifications_newest',
  );
  expect(
    plan('SELECT 1 FROM notifications WHERE expires_at IS NOT NULL AND expires_at <= 1 AND read_at IS NULL'),
  ).toContain('COVERING INDEX notifications_expiry');
  expect(plan('SELECT COUNT(*) AS count FROM notifications WHERE read_at IS NULL')).toContain('notifications_unread');
});
