/** Which alerts the owner wants. */
import type { AlertSettings } from '../../account/messages.ts';
import type { AlertPreference } from '../../domain/alerts/notification.ts';
import { alertTypeIn, preferenceRoutes } from '../../http/inbox.ts';
import { keepPreferences, keptPreferences } from '../../usecases/manage-preferences.ts';
import type { Endpoints, Parts } from '../parts.ts';

const preferenceRecord = ({ type, enabled, settings }: AlertPreference) => ({
  alert_type: type,
  enabled,
  settings: settings as AlertSettings,
});

const settingsOf = (values: AlertSettings | undefined, how: 'replace' | 'merge') => values && { values, how };

export function addPreferences(endpoints: Endpoints, { app }: Parts): void {
  const all = () => ({ preferences: keptPreferences(app).map(preferenceRecord) });

  endpoints.signedIn(preferenceRoutes.list, all);

  endpoints.signedIn(preferenceRoutes.set, ({ body }) => {
    keepPreferences(
      app,
      body.map(({ alert_type: type, enabled, settings }) => ({
        type,
        enabled,
        settings: settingsOf(settings, 'replace'),
      })),
    );
    return all();
  });

  endpoints.signedIn(preferenceRoutes.change, ({ c, body: { enabled, settings } }) => {
    const type = alertTypeIn(c.req.param('type'));
    const [changed] = keepPreferences(app, [{ type, enabled, settings: settingsOf(settings, 'merge') }]);
    if (changed === undefined) throw new Error('A preference that was changed is gone');
    return preferenceRecord(changed);
  });
}
