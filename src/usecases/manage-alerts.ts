/** Alert rules: add, list with where each stands, remove, and the history of what fired. */
import type { App } from '../app.ts';
import { readAlertFacts } from '../db/alert-facts.ts';
import {
  countFirings,
  firingsOfRule,
  insertAlert,
  listAlerts,
  listFirings,
  readStates,
  type StoredFiring,
  updatePriority,
} from '../db/alerts.ts';
import { makeDefaultAlerts } from '../db/default-alerts.ts';
import { codesOfEntries } from '../db/entries.ts';
import { isListStored, refuseUnlisted } from '../db/listed-code.ts';
import { readPausedRules, setRulePaused } from '../db/paused-alerts.ts';
import { alertsNumbered, removeAlert } from '../db/remove-alert.ts';
import { findSecurity } from '../db/securities.ts';
import type { Alert } from '../domain/alerts/check.ts';
import type { Priority } from '../domain/alerts/notification.ts';
import { formatRule } from '../domain/alerts/rule.ts';
import { parseRule } from '../domain/alerts/rule-grammar.ts';
import { type Standing, standingOf } from '../domain/alerts/standing.ts';
import type { AlertState } from '../domain/alerts/step.ts';
import type { Instant, LocalDate } from '../domain/date.ts';
import { type Code, isCode } from '../domain/market/security.ts';

/** One security that a rule is of: where it stands now, and whether the rule is armed for it. */
export type Watched = {
  readonly code: Code;
  readonly standing: Standing;
  /** Undefined where it never fired. */
  readonly state: AlertState | undefined;
};

export type AlertView = {
  readonly alert: Alert;
  readonly watched: readonly Watched[];
  /** Not checked until it is resumed. */
  readonly isPaused: boolean;
};

export type AlertList = {
  readonly alerts: readonly AlertView[];
  readonly now: Instant;
  readonly today: LocalDate;
};

export function viewAlerts(app: App): AlertList {
  app.db.transaction(() => makeDefaultAlerts(app.db, app.now()));
  return viewOf(app, listAlerts(app.db));
}

function viewOf(app: App, alerts: readonly Alert[]): AlertList {
  const [now, today] = [app.now(), app.today()];
  const { codesOf, factsOf, time } = readAlertFacts(app.db, alerts, { now, today });
  const stateOf = readStates(app.db);
  const paused = readPausedRules(app.db);
  return {
    alerts: alerts.map(alert => ({
      alert,
      isPaused: paused.has(alert.text),
      watched: codesOf(alert).map(code => ({
        code,
        standing: standingOf(alert.rule, factsOf(code), time, alert.createdAt),
        state: stateOf(alert, code),
      })),
    })),
    now,
    today,
  };
}

export type AddedAlert = AlertList & {
  readonly view: AlertView;
  /** False where the rule was there already; its priority is then the one that was given. */
  readonly added: boolean;
  readonly warnings: readonly string[];
};

/** A code that the stored symbol list does not hold is refused; without a list it is taken, with a warning. */
export function addAlert(app: App, text: string, priority: Priority | undefined): AddedAlert {
  const { db } = app;
  const rule = parseRule(text);
  if (rule.of !== 'any') refuseUnlisted(db, rule.of, new Set(codesOfEntries(db).filter(isCode)));
  const added = db.transaction(() => {
    makeDefaultAlerts(db, app.now());
    const id = insertAlert(db, { rule, priority: priority ?? 'normal', origin: 'user', createdAt: app.now() });
    setRulePaused(db, formatRule(rule), false);
    const own = listAlerts(db).find(alert => alert.text === formatRule(rule));
    if (id === undefined && own !== undefined && priority !== undefined) updatePriority(db, own.id, priority);
    return id !== undefined;
  });
  const own = listAlerts(db).filter(alert => alert.text === formatRule(rule));
  const list = viewOf(app, own);
  const [view] = list.alerts;
  if (view === undefined) throw new Error('The rule that was added is not there');
  const isUnsure = rule.of !== 'any' && !isListStored(db) && findSecurity(db, rule.of) === undefined;
  return {
    ...list,
    view,
    added,
    warnings: isUnsure ? [`${rule.of} is not in the stored symbol list; fetch it: asxos refresh universe`] : [],
  };
}

/** Answers the rules that are gone. A number that is none is a Failure, and nothing is removed. */
export function removeAlerts(app: App, ids: readonly number[]): Alert[] {
  const { db } = app;
  return db.transaction(() => {
    makeDefaultAlerts(db, app.now());
    const removed = alertsNumbered(db, ids);
    for (const alert of removed) removeAlert(db, alert);
    return removed;
  });
}

export type AlertHistory = { readonly firings: readonly StoredFiring[]; readonly totalCount: number };

export const viewAlertHistory = ({ db }: App, { limit }: { readonly limit: number }): AlertHistory => ({
  firings: listFirings(db, limit),
  totalCount: countFirings(db),
});

/** What one rule told, the newest first, also under a number that it had before. */
export const viewRuleHistory = ({ db }: App, rule: string, limit: number): readonly StoredFiring[] =>
  firingsOfRule(db, rule, limit);
