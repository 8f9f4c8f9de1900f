/** The rules that are looked at no more until they are resumed, by what they say: of this device alone. */
import type { Database } from './database.ts';
import { readSetting, writeSetting } from './settings.ts';

const key = 'alerts.paused';

export const readPausedRules = (db: Database): ReadonlySet<string> => {
  const stored = readSetting(db, key);
  return new Set(Array.isArray(stored) ? stored.filter(each => typeof each === 'string') : []);
};

/** Writes nothing where it is so already. */
export function setRulePaused(db: Database, rule: string, isPaused: boolean): void {
  const paused = readPausedRules(db);
  if (paused.has(rule) === isPaused) return;
  const left = isPaused ? [...paused, rule] : [...paused].filter(each => each !== rule);
  writeSetting(db, key, left.length === 0 ? undefined : left);
}
