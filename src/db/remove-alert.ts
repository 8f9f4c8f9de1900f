/** One alert rule by its number, and what goes with a rule that is removed. */
import type { Alert } from '../domain/alerts/check.ts';
import { sideOf } from '../domain/alerts/default-rules.ts';
import { Failure } from '../failure.ts';
import { deleteAlert, listAlerts } from './alerts.ts';
import type { Database } from './database.ts';
import { forgetDefault } from './default-alerts.ts';
import { setRulePaused } from './paused-alerts.ts';

/** The rules of these numbers, each once. A number that is none is a Failure. */
export function alertsNumbered(db: Database, ids: readonly number[]): Alert[] {
  const alerts = new Map(listAlerts(db).map(alert => [alert.id, alert]));
  return [...new Set(ids)].map(id => {
    const alert = alerts.get(id);
    if (alert !== undefined) return alert;
    throw new Failure('not-found', `There is no alert ${id}`, {
      hint: 'The numbers are listed by: asxos alerts list.',
    });
  });
}

/** With its pause; one that everyone has does not come back by itself. */
export function removeAlert(db: Database, { id, rule, text, origin }: Alert): void {
  db.assertTransaction();
  deleteAlert(db, id);
  setRulePaused(db, text, false);
  const side = sideOf(rule);
  if (origin === 'default' && side !== undefined) forgetDefault(db, side);
}
