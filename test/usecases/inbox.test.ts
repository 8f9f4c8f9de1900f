import { describe, expect, it } from 'vitest';
import type { Notification } from '../../src/domain/alerts/notification.ts';
import {
  arrivals,
  deleteNotifications,
  lastTold,
  placeInInbox,
  readNotifications,
  undeleteNotification,
  unreadCount,
  unreadNotification,
  viewInbox,
} from '../../src/usecases/inbox.ts';
import { changePreferences } from '../../src/usecases/manage-preferences.ts';
import { notify } from '../../src/usecases/notify.ts';
import { openTestApp } from '../support/app.ts';

/** An inbox of three: the first one is the oldest, and the last one expires an hour later. */
async function openInbox() {
  const { app, clock } = await openTestApp();
  const started = clock.now;
  const [first = 0, second = 0, third = 0] = ['first', 'second', 'third'].map((title, index) => {
    clock.now = started + index;
    const expiresAt = title === 'third' ? clock.now + 3_600_000 : undefined;
    const about = { type: 'system', priority: 'low', title, message: `${title} message`, data: {} } as const;
    return notify(app, { ...about, createdAt: app.now(), expiresAt });
  });
  return { app, clock, ids: { first, second, third } };
}
const titles = (notifications: readonly Notification[]): string[] => notifications.map(each => each.title);

describe('the inbox', () => {
  it('is listed newest first, with its counts', async () => {
    const { app } = await openInbox();
    const { notifications, totalCount, unreadCount } = viewInbox(app);
    expect([titles(notifications), totalCount, unreadCount]).toEqual([['third', 'second', 'first'], 3, 3]);
    const limited = viewInbox(app, { limit: 2 });
    expect([titles(limited.notifications), limited.totalCount]).toEqual([['third', 'second'], 3]);
  });

  it('is empty to begin with', async () => {
    const { app } = await openTestApp();
    expect(viewInbox(app)).toEqual({ notifications: [], totalCount: 0, unreadCount: 0 });
    expect(readNotifications(app)).toBe(0);
  });

  it('shows the unread ones alone, and counts those', async () => {
    const { app, clock, ids } = await openInbox();
    clock.now += 60_000;
    expect(readNotifications(app, [ids.second])).toBe(1);
    expect(readNotifications(app, [ids.second])).toBe(0);
    const unread = viewInbox(app, { unread: true });
    expect([titles(unread.notifications), unread.totalCount, unread.unreadCount]).toEqual([['third', 'first'], 2, 2]);
    const all = viewInbox(app);
    expect([all.totalCount, all.unreadCount]).toEqual([3, 2]);
    expect(all.notifications.map(each => each.readAt)).toEqual([undefined, clock.now, undefined]);
    expect(readNotifications(app)).toBe(2);
    expect(viewInbox(app, { unread: true }).notifications).toEqual([]);
  });

  it('no longer shows nor counts what has expired', async () => {
    const { app, clock } = await openInbox();
    clock.now += 3_600_000;
    const { notifications, totalCount, unreadCount } = viewInbox(app);
    expect([titles(notifications), totalCount, unreadCount]).toEqual([['second', 'first'], 2, 2]);
  });

  it('is deleted from by number, and says how many there were', async () => {
    const { app, ids } = await openInbox();
    expect(() => deleteNotifications(app, [ids.first, 999])).toThrow('There is no notification 999');
    expect(deleteNotifications(app, [ids.first, ids.third])).toBe(2);
    expect(titles(viewInbox(app).notifications)).toEqual(['second']);
    expect(() => readNotifications(app, [ids.first])).toThrow(`There is no notification ${ids.first}`);
  });

  it('counts by its filter, and the unread ones of all', async () => {
    const { app, ids } = await openInbox();
    notify(app, {
      type: 'model_update',
      priority: 'high',
      title: 'm',
      message: '',
      data: {},
      createdAt: app.now() + 9,
    });
    readNotifications(app, [ids.first]);
    const page = viewInbox(app, { types: ['system'], limit: 1, offset: 1 });
    expect([titles(page.notifications), page.totalCount, page.unreadCount]).toEqual([['second'], 3, 3]);
    expect(placeInInbox(app, ids.first, { types: ['system'] })).toBe(2);
    expect(placeInInbox(app, ids.first, {})).toBe(3);
    expect(placeInInbox(app, 999, {})).toBeUndefined();
  });

  it('counts what has expired as read: it can neither be read nor deleted any more', async () => {
    const { app, clock, ids } = await openInbox();
    clock.now += 3_600_000;
    expect(unreadCount(app)).toBe(2);
    expect(() => readNotifications(app, [ids.third])).toThrow(`There is no notification ${ids.third}`);
    expect(() => deleteNotifications(app, [ids.third])).toThrow(`There is no notification ${ids.third}`);
    expect(readNotifications(app)).toBe(2);
  });

  it('one can be unread again, and a deleted one comes back', async () => {
    const { app, ids } = await openInbox();
    readNotifications(app, [ids.second]);
    unreadNotification(app, ids.second);
    expect(unreadCount(app)).toBe(3);
    const [, second] = viewInbox(app).notifications;
    if (second === undefined) throw new Error('it is not there');
    deleteNotifications(app, [ids.second]);
    undeleteNotification(app, second);
    expect(titles(viewInbox(app).notifications)).toEqual(['third', 'second', 'first']);
  });

  it('calls out what arrives, from the least priority on, and what is not to wait', async () => {
    const { app } = await openInbox();
    const last = lastTold(app);
    expect(arrivals(app, last)).toEqual({ last, told: [] });
    const about = { message: '', data: {}, createdAt: app.now() } as const;
    notify(app, { type: 'system', priority: 'low', title: 'low', ...about });
    notify(app, { type: 'system', priority: 'normal', title: 'normal', ...about });
    changePreferences(app, 'model_update', { frequency: 'daily' });
    const newest = notify(app, { type: 'model_update', priority: 'urgent', title: 'waits', ...about });
    const found = arrivals(app, last);
    expect([titles(found.told), found.last]).toEqual([['normal'], newest]);
    expect(arrivals(app, found.last).told).toEqual([]);
  });
});
