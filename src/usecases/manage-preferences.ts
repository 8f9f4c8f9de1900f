/** What the owner wants to be told: all preferences, made by default at first use, and changing one or all of them. */
import type { App } from '../app.ts';
import { listPreferences, preferenceOf, storePreference } from '../db/preferences.ts';
import { type AlertPreference, type AlertType, alertTypes } from '../domain/alerts/notification.ts';
import {
  changedPreference,
  defaultPreference,
  type Preference,
  type PreferenceChange,
  parseAlertType,
  readPreference,
} from '../domain/alerts/preferences.ts';
import { Failure } from '../failure.ts';

export function viewPreferences(app: App): Preference[] {
  const { db } = app;
  const stored = new Map(listPreferences(db).map(each => [each.type, each]));
  const missing = alertTypes.filter(type => !stored.has(type)).map(defaultPreference);
  if (missing.length > 0) {
    db.transaction(() => {
      for (const preference of missing) storePreference(db, preference);
    });
  }
  return alertTypes.map(type => readPreference(stored.get(type) ?? defaultPreference(type)));
}

/** All preferences with their settings as they are kept, those of other programs among them. */
export function keptPreferences(app: App): AlertPreference[] {
  viewPreferences(app);
  return alertTypes.map(type => preferenceOf(app.db, type));
}

export type KeptChange = {
  readonly type: AlertType;
  readonly enabled?: boolean | undefined;
  /** In the place of those that are kept, or over them. */
  readonly settings?: { readonly values: AlertPreference['settings']; readonly how: 'replace' | 'merge' } | undefined;
};

/** Keeps what another program of the owner says of preferences; answers those that were changed. */
export function keepPreferences(app: App, changes: readonly KeptChange[]): AlertPreference[] {
  viewPreferences(app);
  return app.db.transaction(() =>
    changes.map(({ type, enabled, settings }) => {
      const before = preferenceOf(app.db, type);
      const merged = settings?.how === 'merge' ? { ...before.settings, ...settings.values } : settings?.values;
      const changed = { type, enabled: enabled ?? before.enabled, settings: merged ?? before.settings };
      storePreference(app.db, changed);
      return changed;
    }),
  );
}

/** Changes the preference of this name, or all of them; answers those that were changed, as they are now. */
export function changePreferences(app: App, name: string, change: PreferenceChange): Preference[] {
  const types = name.trim().toLowerCase() === 'all' ? alertTypes : [parseAlertType(name)];
  const hasThreshold = change.lossPct !== undefined || change.gainPct !== undefined;
  if (hasThreshold && !types.includes('portfolio_alert')) {
    throw new Failure('invalid-input', `${types.join(', ')} has no threshold of loss or gain`, {
      hint: 'They are of portfolio_alert: asxos alerts preferences set portfolio_alert --loss-pct 10.',
    });
  }
  viewPreferences(app);
  return app.db.transaction(() => types.map(type => changeOne(app, type, change)));
}

function changeOne({ db }: App, type: AlertType, change: PreferenceChange): Preference {
  const changed = changedPreference(preferenceOf(db, type), change);
  storePreference(db, changed);
  return readPreference(changed);
}
