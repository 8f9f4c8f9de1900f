/** Alert rules, where each stands for each security, and the history of what they did. */
import type { Alert } from '../domain/alerts/check.ts';
import type { Priority } from '../domain/alerts/notification.ts';
import { formatRule, type Rule } from '../domain/alerts/rule.ts';
import { storedRules } from '../domain/alerts/rule-grammar.ts';
import type { AlertState } from '../domain/alerts/step.ts';
import type { Instant } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';

type AlertRow = { id: number; rule: string; priority: Priority; origin: Alert['origin']; created_at: Instant };

const columns = 'id, rule, priority, origin, created_at';

/** All rules, the oldest first. */
export const listAlerts = (db: Database): Alert[] =>
  readAlerts(db.statement<AlertRow>(`SELECT ${columns} FROM alerts ORDER BY id`).all());

/** Those that the program made. */
export const listDefaultAlerts = (db: Database): Alert[] =>
  readAlerts(db.statement<AlertRow>(`SELECT ${columns} FROM alerts WHERE origin = 'default' ORDER BY id`).all());

function readAlerts(rows: readonly AlertRow[]): Alert[] {
  const ruleOf = storedRules();
  return rows.map(({ id, rule, priority, origin, created_at }) => ({
    ...{ id, priority, origin },
    rule: ruleOf(rule),
    text: rule,
    createdAt: created_at,
  }));
}

export type NewAlert = Pick<Alert, 'rule' | 'priority' | 'origin' | 'createdAt'>;

/** Adds a rule and answers its id; undefined where it is there already. */
export function insertAlert(db: Database, { rule, priority, origin, createdAt }: NewAlert): number | undefined {
  db.assertTransaction();
  const text = formatRule(rule);
  // Asked first: an insert that is given up would still take a number.
  if (db.statement('SELECT 1 FROM alerts WHERE rule = ?').get(text) !== undefined) return undefined;
  const done = db
    .statement('INSERT INTO alerts (rule, priority, origin, created_at) VALUES (?, ?, ?, ?)')
    .run(text, priority, origin, createdAt);
  return Number(done.lastInsertRowid);
}

/**
 * Puts another rule in the place of one; where that stood is forgotten, for it is of another figure. Nothing changes
 * where the other rule is there already.
 */
export function replaceRule(db: Database, id: number, rule: Rule): void {
  db.assertTransaction();
  const done = db.statement('UPDATE OR IGNORE alerts SET rule = ? WHERE id = ?').run(formatRule(rule), id);
  if (done.changes > 0) db.statement('DELETE FROM alert_states WHERE alert_id = ?').run(id);
}

export function updatePriority(db: Database, id: number, priority: Priority): void {
  db.assertTransaction();
  db.statement('UPDATE alerts SET priority = ? WHERE id = ?').run(priority, id);
}

/** Its history stays. */
export function deleteAlert(db: Database, id: number): void {
  db.assertTransaction();
  db.statement('DELETE FROM alerts WHERE id = ?').run(id);
}

/** Where a rule stood for one security. */
export type StoredState = { readonly code: Code; readonly state: AlertState };

export const statesOfAlert = (db: Database, id: number): StoredState[] =>
  db
    .statement<StateRow>('SELECT * FROM alert_states WHERE alert_id = ?')
    .all(id)
    .map(row => ({ code: row.code, state: stateOfRow(row) }));

/** Brings a deleted rule back under its number, which no other was given. */
export function restoreAlert(db: Database, alert: Alert, states: readonly StoredState[]): void {
  db.assertTransaction();
  const { id, text, priority, origin, createdAt } = alert;
  db.statement('INSERT INTO alerts (id, rule, priority, origin, created_at) VALUES (?, ?, ?, ?, ?)').run(
    id,
    text,
    priority,
    origin,
    createdAt,
  );
  for (const { code, state } of states) storeState(db, id, code, state);
}

type StateRow = {
  alert_id: number;
  code: Code;
  armed: number;
  value: string | null;
  fired_at: Instant | null;
  event_key: string | null;
};

const stateOfRow = ({ armed, value, fired_at, event_key }: StateRow): AlertState => ({
  ...{ armed: armed === 1, value: known(value), firedAt: known(fired_at), eventKey: known(event_key) },
});

export type StateOf = (alert: { readonly id: number }, code: Code) => AlertState | undefined;

/** Where every rule stands; undefined for a security that it was never armed or fired for. */
export function readStates(db: Database): StateOf {
  const states = new Map<number, Map<Code, AlertState>>();
  const rows = db.statement<StateRow>('SELECT * FROM alert_states').all();
  for (const row of rows) {
    const { alert_id, code } = row;
    let own = states.get(alert_id);
    if (own === undefined) {
      own = new Map();
      states.set(alert_id, own);
    }
    own.set(code, stateOfRow(row));
  }
  return ({ id }, code) => states.get(id)?.get(code);
}

export function storeState(db: Database, id: number, code: Code, state: AlertState): void {
  db.assertTransaction();
  const { armed, value = null, firedAt = null, eventKey = null } = state;
  db.statement(
    'INSERT OR REPLACE INTO alert_states (alert_id, code, armed, value, fired_at, event_key) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(id, code, armed ? 1 : 0, value, firedAt, eventKey);
}

export type StoredFiring = {
  readonly id: number;
  readonly alertId: number;
  readonly rule: string;
  readonly code: Code;
  readonly at: Instant;
  /** The figure that it fired at. */
  readonly value: string | undefined;
  readonly message: string;
  /** Undefined where the owner has switched such notifications off. */
  readonly notificationId: number | undefined;
};

export function insertFiring(db: Database, firing: Omit<StoredFiring, 'id'>): void {
  db.assertTransaction();
  const { alertId, rule, code, at, value = null, message, notificationId = null } = firing;
  db.statement(
    'INSERT INTO alert_firings (alert_id, rule, code, at, value, message, notification_id) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(alertId, rule, code, at, value, message, notificationId);
}

type FiringRow = Omit<StoredFiring, 'value' | 'notificationId'> & {
  value: string | null;
  notificationId: number | null;
};

/** The newest first. */
export const listFirings = (db: Database, limit: number): StoredFiring[] => firings(db, '', limit);

/** Those of one rule, the newest first. */
export const firingsOfRule = (db: Database, rule: string, limit: number): StoredFiring[] =>
  firings(db, 'WHERE rule = ?', rule, limit);

const firings = (db: Database, where: string, ...given: readonly unknown[]): StoredFiring[] =>
  db
    .statement<FiringRow>(
      `SELECT id, alert_id AS alertId, rule, code, at, value, message, notification_id AS notificationId
       FROM alert_firings ${where} ORDER BY at DESC, id DESC LIMIT ?`,
    )
    .all(...given)
    .map(row => ({ ...row, value: known(row.value), notificationId: known(row.notificationId) }));

export const countFirings = (db: Database): number =>
  db.statement<{ count: number }>('SELECT count(*) AS count FROM alert_firings').get()?.count ?? 0;
