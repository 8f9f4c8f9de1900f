import { expect, onTestFinished, test } from 'vitest';
import { insertNotification } from '../../../src/db/notifications.ts';
import { hour } from '../../../src/domain/date.ts';
import { fridayEvening, openConsoleApp } from '../../support/demo-console.ts';
import { openLocalApi } from '../../support/local-api.ts';

async function openInbox() {
  const { app, clock, close } = await openConsoleApp({ demo: false });
  onTestFinished(close);
  const told = (title: string, age: number, expiresAt?: number) => ({
    type: 'signal_change' as const,
    priority: 'high' as const,
    title,
    message: 'M',
    data: { code: 'BHP' },
    createdAt: fridayEvening - age,
    expiresAt,
  });
  app.db.transaction(() => {
    insertNotification(app.db, told('old', 3 * hour));
    insertNotification(app.db, told('new', hour));
    insertNotification(app.db, told('passing', 2 * hour, fridayEvening + hour));
  });
  return { api: openLocalApi(app), clock };
}

const titles = (body: { notifications: { title: string }[] }): string[] => body.notifications.map(each => each.title);

test('the inbox is paged, read, read again and emptied, as that of an account', async () => {
  const { api, clock } = await openInbox();
  expect(titles(await api.get('/notifications'))).toEqual(['new', 'passing', 'old']);
  expect(titles(await api.get('/notifications?limit=1&offset=1'))).toEqual(['passing']);
  const read = () => api.send('PUT', '/notifications/2/read');
  expect([(await read()).body, (await read()).body]).toEqual([
    { message: 'Notification marked as read' },
    { message: 'Notification already marked as read' },
  ]);
  const unread = await api.get('/notifications?unread_only=true');
  expect([titles(unread), unread.total_count, unread.unread_count]).toEqual([['passing', 'old'], 2, 2]);
  // What has expired counts as read, and leaves the list.
  clock.now += 2 * hour;
  expect([titles(await api.get('/notifications')), (await api.get('/notifications')).unread_count]).toEqual([
    ['new', 'old'],
    1,
  ]);
  expect((await api.send('POST', '/notifications/mark-all-read')).body).toEqual({
    message: 'Marked 1 notifications as read',
    count: 1,
  });
  expect((await api.send('DELETE', '/notifications/1')).body).toEqual({ message: 'Notification deleted' });
  expect((await api.send('DELETE', '/notifications/1')).status).toBe(404);
  expect(titles(await api.get('/notifications'))).toEqual(['new']);
});
