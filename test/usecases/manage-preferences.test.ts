import { describe, expect, it } from 'vitest';
import { listPreferences } from '../../src/db/preferences.ts';
import { alertTypes } from '../../src/domain/alerts/notification.ts';
import { viewInbox } from '../../src/usecases/inbox.ts';
import { changePreferences, viewPreferences } from '../../src/usecases/manage-preferences.ts';
import { notify } from '../../src/usecases/notify.ts';
import { openTestApp } from '../support/app.ts';

describe('preferences', () => {
  it('are made at first use, once', async () => {
    const { app } = await openTestApp();
    expect(viewPreferences(app).map(each => each.type)).toEqual(alertTypes);
    expect(listPreferences(app.db)).toHaveLength(6);
    const revision = app.db.revision();
    viewPreferences(app);
    expect(app.db.revision()).toBe(revision);
  });

  it('are changed one at a time or all at once, with the rest made by default', async () => {
    const { app } = await openTestApp();
    expect(changePreferences(app, 'model_update', { enabled: false })).toMatchObject([{ enabled: false }]);
    expect(listPreferences(app.db)).toHaveLength(6);
    expect(changePreferences(app, 'ALL', { frequency: 'weekly', lossPct: 12 })).toHaveLength(6);
    expect(viewPreferences(app)).toMatchObject(
      alertTypes.map(type => ({
        ...{ type, frequency: 'weekly', enabled: type !== 'model_update' },
        lossPct: type === 'portfolio_alert' ? 12 : undefined,
      })),
    );
  });

  it('nothing is changed where one number is wrong or has no place', async () => {
    const { app } = await openTestApp();
    const before = viewPreferences(app);
    expect(() => changePreferences(app, 'all', { minConfidence: 2 })).toThrow('The confidence is 2');
    expect(() => changePreferences(app, 'model_update', { gainPct: 2 })).toThrow('model_update has no threshold');
    expect(() => changePreferences(app, 'modelupdate', {})).toThrow('"modelupdate" is not a type of alert');
    expect(viewPreferences(app)).toEqual(before);
  });

  it('decide what is written: the strong signals by theirs, the others by their own', async () => {
    const { app } = await openTestApp();
    const tell = (to: string, confidence: number) =>
      notify(app, {
        ...{ type: 'signal_change', priority: 'normal', title: to, message: '', createdAt: app.now() },
        data: { code: 'BHP', to, confidence },
      });
    expect(tell('BUY', 0.56)).toBeTypeOf('number');
    expect(tell('STRONG_BUY', 0.69)).toBeUndefined();
    expect(tell('STRONG_BUY', 0.7)).toBeTypeOf('number');
    changePreferences(app, 'signal_strong_sell', { enabled: false });
    expect(tell('STRONG_SELL', 0.9)).toBeUndefined();
    changePreferences(app, 'signal_change', { minConfidence: 0.6 });
    expect(tell('SELL', 0.59)).toBeUndefined();
    expect(viewInbox(app).notifications.map(each => each.title)).toEqual(['STRONG_BUY', 'BUY']);
  });
});
