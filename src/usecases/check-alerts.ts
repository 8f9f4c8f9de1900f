/**
 * Checks every alert rule by what is stored, and tells what fires: to be run after each refresh. All in one transaction,
 * so that two checks at once tell once; where nothing changes nothing is written.
 */
import type { App } from '../app.ts';
import { readAlertFacts } from '../db/alert-facts.ts';
import { insertFiring, listAlerts, readStates, storeState } from '../db/alerts.ts';
import { makeDefaultAlerts } from '../db/default-alerts.ts';
import { readPausedRules } from '../db/paused-alerts.ts';
import { tell } from '../db/tell.ts';
import { type Alert, checkRules, type Firing, type Unjudged } from '../domain/alerts/check.ts';
import type { CheckTime } from '../domain/alerts/facts.ts';
import type { NotificationDraft } from '../domain/alerts/notification.ts';
import { formatCondition } from '../domain/alerts/rule.ts';
import { figureOf } from '../domain/alerts/step.ts';
import { addDays, type Instant, sydneyInstant } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';
import { firedSentence } from '../words/alert-words.ts';

export type FiredAlert = {
  readonly alert: Alert;
  readonly code: Code;
  /** The figure that it fired at. */
  readonly value: string | undefined;
  readonly message: string;
  /** Undefined where the owner has switched portfolio alerts off. */
  readonly notificationId: number | undefined;
};

export type AlertCheck = {
  readonly at: Instant;
  readonly rules: number;
  /** Pairs of a rule and a security that it is of. */
  readonly pairs: number;
  readonly fired: readonly FiredAlert[];
  readonly unjudged: readonly Unjudged[];
  readonly notifications: number;
};

/** More firings of one rule at once are one notification: a crash is one piece of news. */
const mostApart = 5;
/** Of the rest, so many are named. */
const mostNamed = 20;

export function checkAlerts(app: App): AlertCheck {
  const { db } = app;
  const [now, today] = [app.now(), app.today()];
  return db.transaction(() => {
    makeDefaultAlerts(db, now);
    const paused = readPausedRules(db);
    const alerts = listAlerts(db).filter(alert => !paused.has(alert.text));
    const stateOf = readStates(db);
    const known = readAlertFacts(db, alerts, { now, today, stateOf });
    const checked = checkRules(alerts, { ...known, stateOf });
    for (const { alert, code, state } of checked.changes) storeState(db, alert.id, code, state);
    const byRule = Map.groupBy(checked.firings, firing => firing.alert);
    const told = [...byRule].flatMap(([alert, firings]) => tellFirings(app, alert, firings, known.time));
    return {
      at: now,
      rules: alerts.length,
      pairs: checked.pairs,
      fired: told,
      unjudged: checked.unjudged,
      notifications: new Set(told.flatMap(each => each.notificationId ?? [])).size,
    };
  });
}

/** Writes the firings of one rule into the inbox and the history. */
function tellFirings({ db }: App, alert: Alert, firings: readonly Firing[], time: CheckTime): FiredAlert[] {
  const said = firings.map(firing => ({ firing, message: firedSentence(firing, time.today) }));
  const together = firings.length > mostApart ? tell(db, draftOfMany(alert, said, time)) : undefined;
  return said.map(each => {
    const { code } = each.firing;
    const notificationId = firings.length > mostApart ? together : tell(db, draftOf(each, time));
    const fired = { alert, code, value: valueOfFiring(each.firing), message: each.message, notificationId };
    insertFiring(db, { ...fired, alertId: alert.id, rule: alert.text, at: time.now });
    return fired;
  });
}

type Said = { readonly firing: Firing; readonly message: string };

const valueOfFiring = ({ standing, step }: Firing): string | undefined => step.dates?.[0] ?? figureOf(standing);

/** What makes a firing an event of its own: the dates, the day of a signal, or the session it fired in. */
function eventOf({ standing, step }: Firing, { session }: CheckTime): string {
  if (step.dates !== undefined) return step.dates.join(' ');
  return standing.is === 'class' ? standing.asOf : session;
}

function draftOf({ firing, message }: Said, time: CheckTime): NotificationDraft {
  const { alert, code, step } = firing;
  const last = step.dates?.at(-1);
  return {
    type: 'portfolio_alert',
    priority: alert.priority,
    title: `${code} ${formatCondition(alert.rule)}`,
    message,
    data: { alertId: alert.id, code, rule: alert.text, value: valueOfFiring(firing) ?? null },
    createdAt: time.now,
    // A date that is past is no news.
    expiresAt: last && sydneyInstant(addDays(last, 1), 0),
    eventKey: `alert|${alert.id}|${alert.text}|${code}|${eventOf(firing, time)}`,
  };
}

function draftOfMany(alert: Alert, said: readonly Said[], { now, today }: CheckTime): NotificationDraft {
  const codes = said.map(each => each.firing.code);
  const shown = said.slice(0, mostApart).map(each => each.message);
  const others = codes.slice(mostApart, mostApart + mostNamed);
  const left = codes.length - mostApart - others.length;
  return {
    type: 'portfolio_alert',
    priority: alert.priority,
    title: `${alert.text}: ${said.length} securities`,
    message: `${shown.join(' ')} Also ${others.join(', ')}${left === 0 ? '' : ` and ${left} more`}.`,
    data: { alertId: alert.id, code: null, codes, rule: alert.text, value: null, count: said.length },
    createdAt: now,
    expiresAt: alert.rule.kind === 'date' ? sydneyInstant(addDays(today, alert.rule.days + 1), 0) : undefined,
    eventKey: `alert|${alert.id}|${alert.text}|${codes.length} together|${now}`,
  };
}
