/** Which alerts the owner wants. */
import {
  type AlertSettings,
  preferenceAnswer,
  preferenceRequest,
  preferencesAnswer,
  preferencesRequest,
} from '../../account/messages.ts';
import type { AlertPreference } from '../../domain/alerts/notification.ts';
import { alertTypeIn } from '../../http/inbox.ts';
import { keepPreferences, keptPreferences } from '../../usecases/manage-preferences.ts';
import type { Endpoints, Parts } from '../parts.ts';

const path = '/alerts/preferences';

const preferenceRecord = ({ type, enabled, settings }: AlertPreference) => ({
  alert_type: type,
  enabled,
  settings: settings as AlertSettings,
});

const settingsOf = (values: AlertSettings | undefined, how: 'replace' | 'merge') => values && { values, how };

export function addPreferences(endpoints: Endpoints, { app }: Parts): void {
  const all = () => ({ preferences: keptPreferences(app).map(preferenceRecord) });

  endpoints.signedIn({ method: 'get', path, summary: 'Preferences of all alerts', answer: preferencesAnswer }, all);

  endpoints.signedIn(
    { method: 'put', path, summary: 'Set the preferences listed', body: preferencesRequest, answer: preferencesAnswer },
    ({ body }) => {
      keepPreferences(
        app,
        body.map(({ alert_type: type, enabled, settings }) => ({
          type,
          enabled,
          settings: settingsOf(settings, 'replace'),
        })),
      );
      return all();
    },
  );

  endpoints.signedIn(
    {
      method: 'patch',
      path: `${path}/{type}`,
      summary: 'Change the preference of one alert',
      body: preferenceRequest,
      answer: preferenceAnswer,
    },
    ({ c, body: { enabled, settings } }) => {
      const type = alertTypeIn(c.req.param('type'));
      const [changed] = keepPreferences(app, [{ type, enabled, settings: settingsOf(settings, 'merge') }]);
      if (changed === undefined) throw new Error('A preference that was changed is gone');
      return preferenceRecord(changed);
    },
  );
}
