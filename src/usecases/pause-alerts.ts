/** Lets an alert rule rest, and takes one away so that it can come back as it was. */
import type { App } from '../app.ts';
import { listAlerts, restoreAlert, type StoredState, statesOfAlert } from '../db/alerts.ts';
import { rememberDefault } from '../db/default-alerts.ts';
import { readPausedRules, setRulePaused } from '../db/paused-alerts.ts';
import { alertsNumbered, removeAlert } from '../db/remove-alert.ts';
import type { Alert } from '../domain/alerts/check.ts';
import { sideOf } from '../domain/alerts/default-rules.ts';

/** A paused rule is not checked; where it stood is kept, so that it does not tell twice when it is resumed. */
export function pauseAlerts(app: App, ids: readonly number[], isPaused: boolean): Alert[] {
  return app.db.transaction(() => {
    const alerts = alertsNumbered(app.db, ids);
    for (const { text } of alerts) setRulePaused(app.db, text, isPaused);
    return alerts;
  });
}

/** A rule that is gone, with what brings it back as it was. */
export type RemovedAlert = {
  readonly alert: Alert;
  readonly states: readonly StoredState[];
  readonly isPaused: boolean;
};

/** As `removeAlerts`, for one that may come back. */
export function takeOutAlert(app: App, id: number): RemovedAlert {
  const { db } = app;
  return db.transaction(() => {
    const alert = alertsNumbered(db, [id])[0] as Alert;
    const removed = { alert, states: statesOfAlert(db, id), isPaused: readPausedRules(db).has(alert.text) };
    removeAlert(db, alert);
    return removed;
  });
}

/** Also where it stood: what it told it does not tell again. Nothing where the same rule was made meanwhile. */
export function putBackAlert({ db }: App, { alert, states, isPaused }: RemovedAlert): void {
  db.transaction(() => {
    const side = sideOf(alert.rule);
    if (alert.origin === 'default' && side !== undefined) rememberDefault(db, side);
    if (listAlerts(db).some(each => each.text === alert.text)) return;
    restoreAlert(db, alert, states);
    setRulePaused(db, alert.text, isPaused);
  });
}
