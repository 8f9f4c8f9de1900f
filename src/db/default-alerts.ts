/** The rules that everyone has: made at first use, kept at the thresholds of the preferences, gone once removed. */
import { type DefaultSide, defaultRules, defaultSides, sideOf } from '../domain/alerts/default-rules.ts';
import { formatRule } from '../domain/alerts/rule.ts';
import type { Instant } from '../domain/date.ts';
import { insertAlert, listDefaultAlerts, replaceRule } from './alerts.ts';
import type { Database } from './database.ts';
import { listPreferences } from './preferences.ts';
import { readSetting, writeSetting } from './settings.ts';

/** The setting that holds which of them the owner has removed. */
const removedKey = 'alerts.removedDefaults';

/** Those that the owner has removed. */
export const readRemovedDefaults = (db: Database): DefaultSide[] => {
  const stored = readSetting(db, removedKey);
  return Array.isArray(stored) ? defaultSides.filter(side => stored.includes(side)) : [];
};

/** Writes nothing where they are as they should be. */
export function makeDefaultAlerts(db: Database, now: Instant): void {
  db.assertTransaction();
  const removed = readRemovedDefaults(db);
  const made = listDefaultAlerts(db);
  for (const { side, rule, priority } of defaultRules(listPreferences(db))) {
    const own = made.find(alert => sideOf(alert.rule) === side);
    if (own === undefined) {
      if (!removed.includes(side)) insertAlert(db, { rule, priority, origin: 'default', createdAt: now });
    } else if (own.text !== formatRule(rule)) replaceRule(db, own.id, rule);
  }
}

export const writeRemovedDefaults = (db: Database, removed: readonly DefaultSide[]): void =>
  writeSetting(db, removedKey, removed.length === 0 ? undefined : removed);

/** Takes back that a default was removed. */
export function rememberDefault(db: Database, side: DefaultSide): void {
  writeRemovedDefaults(
    db,
    readRemovedDefaults(db).filter(each => each !== side),
  );
}

/** Keeps a default from being made again. */
export function forgetDefault(db: Database, side: DefaultSide): void {
  const removed = readRemovedDefaults(db);
  if (!removed.includes(side)) writeRemovedDefaults(db, [...removed, side]);
}
