/** The settings that clients keep of their user, which are JSON of their own. */
import { settingsAnswer, settingsRequest } from '../../account/messages.ts';
import { isoInstant } from '../../domain/date.ts';
import { fieldRefusal } from '../../http/refusal.ts';
import type { Endpoints } from '../identity.ts';
import type { Parts } from '../parts.ts';
import { changeSettings, findSettings, type Settings } from '../store/settings.ts';

/** Characters of JSON: what one request may carry, and what many may add up to. */
const mostSettings = 65_536;
const path = '/users/me/settings';

export function addSettings(endpoints: Endpoints, { db, now }: Parts): void {
  const answer = settingsAnswer;
  const body = settingsRequest;

  endpoints.signedIn({ method: 'get', path, summary: 'The settings', answer }, async ({ account }) =>
    settingsOf(account.userId, await findSettings(db, account.userId)),
  );

  endpoints.signedIn(
    { method: 'put', path, summary: 'Replace the settings', body, answer },
    async ({ account, body: { settings } }) =>
      settingsOf(account.userId, await changeSettings(db, account.userId, () => settings, now())),
  );

  endpoints.signedIn(
    { method: 'patch', path, summary: 'Set some of the settings', body, answer },
    async ({ account, body: { settings } }) => {
      const merged = (before: Record<string, unknown>) => {
        const after = { ...before, ...settings };
        if (JSON.stringify(after).length > mostSettings) {
          throw fieldRefusal(['body', 'settings'], `the settings would be larger than ${mostSettings} characters`);
        }
        return after;
      };
      return settingsOf(account.userId, await changeSettings(db, account.userId, merged, now()));
    },
  );
}

const settingsOf = (userId: number, { settings, updatedAt }: Settings) => ({
  user_id: userId,
  settings,
  updated_at: isoInstant(updatedAt),
});
