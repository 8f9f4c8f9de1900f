import { expect, test } from 'vitest';
import { listPreferences, preferenceOf, storePreference } from '../../src/db/preferences.ts';
import { defaultAlertPreferences } from '../../src/domain/alerts/preferences.ts';
import { open } from './open-database.ts';

test('preferences come back, and the last one of a type counts', () => {
  const db = open();
  expect(listPreferences(db)).toEqual([]);
  expect(preferenceOf(db, 'signal_change').settings).toEqual({ frequency: 'immediate', min_confidence: 0 });
  db.transaction(() => {
    for (const preference of defaultAlertPreferences) storePreference(db, preference);
  });
  const byType = defaultAlertPreferences.toSorted((a, b) => (a.type < b.type ? -1 : 1));
  expect(listPreferences(db)).toEqual(byType);
  const changed = { type: 'model_update', enabled: false, settings: { frequency: 'daily' } } as const;
  db.transaction(() => storePreference(db, changed));
  expect(listPreferences(db).find(each => each.type === 'model_update')).toEqual(changed);
  expect(preferenceOf(db, 'model_update')).toEqual(changed);
  expect(listPreferences(db)).toHaveLength(byType.length);
});
