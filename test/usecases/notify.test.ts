import { describe, expect, it } from 'vitest';
import { storePreference } from '../../src/db/preferences.ts';
import {
  type AlertType,
  type NotificationDraft,
  type NotificationType,
  notificationTypes,
} from '../../src/domain/alerts/notification.ts';
import { defaultAlertPreferences } from '../../src/domain/alerts/preferences.ts';
import { viewInbox } from '../../src/usecases/inbox.ts';
import { notify } from '../../src/usecases/notify.ts';
import { openTestApp } from '../support/app.ts';

const open = async () => {
  const { app } = await openTestApp();
  const draft = (type: NotificationType, more: Partial<NotificationDraft> = {}): NotificationDraft => ({
    type,
    priority: 'normal',
    title: type,
    message: `${type} happened`,
    data: {},
    createdAt: app.now(),
    ...more,
  });
  const set = (type: AlertType, enabled: boolean): void =>
    app.db.transaction(() => storePreference(app.db, { type, enabled, settings: {} }));
  const titles = (): string[] => viewInbox(app).notifications.map(each => each.title);
  return { app, draft, set, titles };
};

describe('a notification', () => {
  it('is written once per event, and every time without one', async () => {
    const { app, draft, titles } = await open();
    const event = draft('portfolio_alert', { eventKey: 'ex-dividend|BHP|2026-03-05' });
    const id = notify(app, event);
    expect(viewInbox(app).notifications).toEqual([{ ...event, id, readAt: undefined, expiresAt: undefined }]);
    expect(notify(app, { ...event, title: 'again' })).toBeUndefined();
    expect(notify(app, { ...event, eventKey: 'ex-dividend|BHP|2026-09-03', title: 'next' })).toBeTypeOf('number');
    notify(app, draft('portfolio_alert', { title: 'plain' }));
    notify(app, draft('portfolio_alert', { title: 'plain' }));
    expect(titles()).toEqual(['plain', 'plain', 'next', 'portfolio_alert']);
  });

  it('of every type is wanted as long as nothing is switched off', async () => {
    const { app, draft, titles } = await open();
    for (const type of notificationTypes) notify(app, draft(type));
    expect(titles()).toEqual(notificationTypes.toReversed());
    app.db.transaction(() => {
      for (const preference of defaultAlertPreferences) storePreference(app.db, preference);
    });
    for (const type of notificationTypes) expect(notify(app, draft(type))).toBeTypeOf('number');
  });

  it.each(notificationTypes.filter(type => type !== 'system'))(
    'of type %s is not written where that is off',
    async type => {
      const { app, draft, set, titles } = await open();
      set(type, false);
      for (const each of notificationTypes) notify(app, draft(each));
      expect(titles().toSorted()).toEqual(notificationTypes.filter(each => each !== type).toSorted());
      expect(notify(app, draft(type, { eventKey: 'k' }))).toBeUndefined();
      set(type, true);
      // What was not told is not taken for told.
      expect(notify(app, draft(type, { eventKey: 'k' }))).toBeTypeOf('number');
    },
  );

  it('of the system goes through with everything off', async () => {
    const { app, draft, set, titles } = await open();
    for (const { type } of defaultAlertPreferences) set(type, false);
    for (const type of notificationTypes) notify(app, draft(type));
    expect(titles()).toEqual(['system']);
  });
});
