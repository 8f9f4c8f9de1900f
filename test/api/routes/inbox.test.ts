import { expect, onTestFinished, test } from 'vitest';
import { insertNotification } from '../../../src/db/notifications.ts';
import { hour } from '../../../src/domain/date.ts';
import { viewPreferences } from '../../../src/usecases/manage-preferences.ts';
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

test('preferences are set and merged; what another program keeps among them stays, and the console reads what it knows', async () => {
  const { api } = await openInbox();
  const patch = (type: string, body: unknown) => api.send('PATCH', `/alerts/preferences/${type}`, { body });
  expect((await patch('portfolio_alert', { settings: { gain_pct: 25, sound: 'bell' } })).body).toEqual({
    alert_type: 'portfolio_alert',
    enabled: true,
    settings: { frequency: 'immediate', min_confidence: 0.7, loss_pct: 10, gain_pct: 25, sound: 'bell' },
  });
  expect((await patch('portfolio_alert', { enabled: false })).body.settings.sound).toBe('bell');
  const body = [
    { alert_type: 'drift_detected', enabled: false, settings: { frequency: 'weekly' } },
    { alert_type: 'model_update', enabled: false },
  ];
  const { preferences } = (await api.send('PUT', '/alerts/preferences', { body })).body;
  expect(preferences).toHaveLength(6);
  expect(preferences.slice(3)).toEqual([
    { alert_type: 'drift_detected', enabled: false, settings: { frequency: 'weekly' } },
    expect.objectContaining({ alert_type: 'portfolio_alert', enabled: false }),
    { alert_type: 'model_update', enabled: false, settings: { frequency: 'immediate', min_confidence: 0.7 } },
  ]);
  expect(
    viewPreferences(api.app)
      .filter(each => !each.enabled)
      .map(each => [each.type, each.frequency, each.gainPct]),
  ).toEqual([
    ['drift_detected', 'weekly', undefined],
    ['portfolio_alert', 'immediate', 25],
    ['model_update', 'immediate', undefined],
  ]);
});
