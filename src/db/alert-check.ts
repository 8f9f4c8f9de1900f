/** The day on which alerts were last checked: dates such as an ex-date come without a refresh. */
import type { LocalDate } from '../domain/date.ts';
import type { Database } from './database.ts';
import { readSetting, writeSetting } from './settings.ts';

const key = 'alerts.checkedOn';

export const isAlertCheckDue = (db: Database, today: LocalDate): boolean => readSetting(db, key) !== today;

export function noteAlertCheck(db: Database, today: LocalDate): void {
  if (isAlertCheckDue(db, today)) db.transaction(() => writeSetting(db, key, today));
}
