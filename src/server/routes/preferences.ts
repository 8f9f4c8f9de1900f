/** Which alerts the account wants. */
import {
  type AlertSettings,
  preferenceAnswer,
  preferenceRequest,
  preferencesAnswer,
  preferencesRequest,
} from '../../account/messages.ts';
import { alertTypeIn } from '../../http/inbox.ts';
import type { Endpoints } from '../identity.ts';
import type { Parts } from '../parts.ts';
import { changePreferences, listPreferences } from '../store/preferences.ts';

const path = '/alerts/preferences';

export function addPreferences(endpoints: Endpoints, { db, now }: Parts): void {
  endpoints.signedIn(
    { method: 'get', path, summary: 'Preferences of all alerts', answer: preferencesAnswer },
    async ({ account }) => ({ preferences: await listPreferences(db, account.userId) }),
  );

  endpoints.signedIn(
    { method: 'put', path, summary: 'Set the preferences listed', body: preferencesRequest, answer: preferencesAnswer },
    async ({ account, body }) => ({
      preferences: await db.transaction(async transaction => {
        const changes = body.map(({ alert_type, enabled, settings }) => ({
          alertType: alert_type,
          enabled,
          change: (before: AlertSettings | null) => settings ?? before,
        }));
        await changePreferences(transaction, account.userId, changes, now());
        return await listPreferences(transaction, account.userId);
      }),
    }),
  );

  endpoints.signedIn(
    {
      method: 'patch',
      path: `${path}/{type}`,
      summary: 'Change the preference of one alert',
      body: preferenceRequest,
      answer: preferenceAnswer,
    },
    async ({ c, account, body: { enabled, settings } }) => {
      const change = {
        alertType: alertTypeIn(c.req.param('type')),
        enabled,
        change: (before: AlertSettings | null) => (settings === undefined ? before : { ...before, ...settings }),
      };
      const [changed] = await db.transaction(transaction =>
        changePreferences(transaction, account.userId, [change], now()),
      );
      if (changed === undefined) throw new Error('A preference that was changed is gone');
      return changed;
    },
  );
}
