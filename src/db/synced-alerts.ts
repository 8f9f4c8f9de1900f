/**
 * Alert rules as they sync. A rule of the user's is known by its text. The rules that everyone has are made on each device
 * by the preferences; of them only what the user did syncs: removing one, or giving it another priority.
 */
import { type DefaultSide, defaultRules, defaultSides, sideOf } from '../domain/alerts/default-rules.ts';
import { type Priority, priorities } from '../domain/alerts/notification.ts';
import { formatRule } from '../domain/alerts/rule.ts';
import { parseRule } from '../domain/alerts/rule-grammar.ts';
import { Failure } from '../failure.ts';
import { deleteAlert, listDefaultAlerts, updatePriority } from './alerts.ts';
import type { Database } from './database.ts';
import { forgetDefault, readRemovedDefaults, writeRemovedDefaults } from './default-alerts.ts';
import { areReadable, type Content, type Fields, pick, type SyncedKind } from './synced-kind.ts';

const fields: Fields = { rule: 'text', priority: priorities, created_at: 'integer' };

function isRule(text: unknown): boolean {
  try {
    return typeof text === 'string' && formatRule(parseRule(text)) === text;
  } catch (error) {
    if (error instanceof Failure) return false;
    throw error;
  }
}

export const syncedAlerts: SyncedKind = {
  kind: 'alert',
  tables: ['alerts'],
  hasOwnId: false,
  keyOf: content => String(content['rule']),
  read: (db: Database) =>
    db
      .statement<Record<string, string | number>>(
        "SELECT rule, priority, created_at FROM alerts WHERE origin = 'user' ORDER BY id",
      )
      .all()
      .map(row => ({ content: pick(fields, row) })),
  picked: content => pick(fields, content),
  isReadable: content => areReadable(fields, content) && isRule(content['rule']),
  isReady: () => true,
  write: (db, { rule, priority, created_at }) => {
    db.statement(
      `INSERT INTO alerts (rule, priority, origin, created_at) VALUES (?, ?, 'user', ?)
       ON CONFLICT (rule) DO UPDATE SET priority = excluded.priority, created_at = excluded.created_at
         WHERE origin = 'user'`,
    ).run(rule, priority, created_at);
    // A default with the same text watches already.
    return db.statement("SELECT 1 FROM alerts WHERE rule = ? AND origin = 'user'").get(rule) !== undefined;
  },
  remove: (db, { rule }) => {
    db.statement("DELETE FROM alerts WHERE rule = ? AND origin = 'user'").run(rule);
  },
};

const usualPriority = (side: DefaultSide): Priority =>
  defaultRules([]).find(rule => rule.side === side)?.priority ?? 'normal';
const sideIn = ({ side }: Content): DefaultSide | undefined => defaultSides.find(each => each === side);
const madeFor = (db: Database, side: DefaultSide) => listDefaultAlerts(db).find(each => sideOf(each.rule) === side);
const defaultFields: Fields = { side: defaultSides, removed: 'flag', priority: priorities };

/** Keeps a default, with this priority; false where it is not made here yet. */
function keep(db: Database, side: DefaultSide, priority: Priority): boolean {
  const removed = readRemovedDefaults(db);
  const others = removed.filter(each => each !== side);
  if (others.length < removed.length) writeRemovedDefaults(db, others);
  const own = madeFor(db, side);
  if (own !== undefined) updatePriority(db, own.id, priority);
  return own !== undefined;
}

export const syncedDefaultAlerts: SyncedKind = {
  kind: 'default-alert',
  tables: ['alerts'],
  hasOwnId: false,
  keyOf: content => String(content['side']),
  read: (db: Database) => {
    const removed = readRemovedDefaults(db);
    return defaultSides.flatMap(side => {
      const usual = usualPriority(side);
      const priority = madeFor(db, side)?.priority ?? usual;
      if (removed.includes(side)) return [{ content: { side, removed: 1, priority: usual } }];
      return priority === usual ? [] : [{ content: { side, removed: 0, priority } }];
    });
  },
  picked: content => pick(defaultFields, content),
  isReadable: content => areReadable(defaultFields, content),
  isReady: () => true,
  write: (db, content) => {
    const side = sideIn(content);
    if (side === undefined) return false;
    if (content['removed'] !== 1) return keep(db, side, content['priority'] as Priority);
    const own = madeFor(db, side);
    if (own !== undefined) deleteAlert(db, own.id);
    forgetDefault(db, side);
    return true;
  },
  remove: (db, content) => {
    const side = sideIn(content);
    if (side !== undefined) keep(db, side, usualPriority(side));
  },
};
