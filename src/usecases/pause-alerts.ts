/** Lets an alert rule rest, and takes one away so that it can come back as it was. */
import type { App } from '../app.ts';
import { deleteAlert, listAlerts, restoreAlert, type StoredState, statesOfAlert } from '../db/alerts.ts';
import { forgetDefault, rememberDefault } from '../db/default-alerts.ts';
import { readPausedRules, setRulePaused } from '../db/paused-alerts.ts';
import type { Alert } from '../domain/alerts/check.ts';
import { sideOf } from '../domain/alerts/default-rules.ts';
import { Failure } from '../failure.ts';

function findAlert({ db }: App, id: number): Alert {
  const found = listAlerts(db).find(alert => alert.id === id);
  if (found !== undefined) return found;
  throw new Failure('not-found', `There is no alert ${id}`, { hint: 'The numbers are listed by: asxos alerts list.' });
}

/** A paused rule is not checked; where it stood is kept, so that it does not tell twice when it is resumed. */
export function pauseAlerts(app: App, ids: readonly number[], isPaused: boolean): Alert[] {
  return app.db.transaction(() => {
    const alerts = [...new Set(ids)].map(id => findAlert(app, id));
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
    const alert = findAlert(app, id);
    const removed = { alert, states: statesOfAlert(db, id), isPaused: readPausedRules(db).has(alert.text) };
    deleteAlert(db, id);
    setRulePaused(db, alert.text, false);
    const side = sideOf(alert.rule);
    if (alert.origin === 'default' && side !== undefined) forgetDefault(db, side);
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
