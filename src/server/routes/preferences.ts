/** Which alerts the account wants. */
import type { AlertSettings } from '../../account/messages.ts';
import { alertTypeIn, preferenceRoutes } from '../../http/inbox.ts';
import type { Endpoints } from '../identity.ts';
import type { Parts } from '../parts.ts';
import { changePreferences, listPreferences } from '../store/preferences.ts';

export function addPreferences(endpoints: Endpoints, { db, now }: Parts): void {
  endpoints.signedIn(preferenceRoutes.list, async ({ account }) => ({
    preferences: await listPreferences(db, account.userId),
  }));

  endpoints.signedIn(preferenceRoutes.set, async ({ account, body }) => ({
    preferences: await db.transaction(async transaction => {
      const changes = body.map(({ alert_type, enabled, settings }) => ({
        alertType: alert_type,
        enabled,
        change: (before: AlertSettings | null) => settings ?? before,
      }));
      await changePreferences(transaction, account.userId, changes, now());
      return await listPreferences(transaction, account.userId);
    }),
  }));

  endpoints.signedIn(preferenceRoutes.change, async ({ c, account, body: { enabled, settings } }) => {
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
  });
}
