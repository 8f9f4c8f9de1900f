/**
 * Takes the rows of an export into a database. Ids decide: what is not there is added, what is there as it is in the file
 * is left, and what differs stays as it is here and is told, so that nothing is doubled and nothing is lost.
 *
 * An entry is its list of versions. Where one list continues the other, the longer one holds; where they part, the entry
 * was changed on both sides, and the one here stays. Names are one portfolio's alone: of two with one name the one from
 * the file gets a number. Alerts and notifications have numbers that every database gives anew: they are known by what
 * they say.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Database } from './database.ts';
import type { ExportedRow, Row } from './export-rows.ts';
import { type ExportedTable, marketTables, ownTables } from './own-tables.ts';

export type Merged = {
  /** Rows by table. */
  readonly added: Readonly<Partial<Record<ExportedTable, number>>>;
  /** Rows that were there already. */
  readonly there: number;
  /** What differs, and stays as it is here. */
  readonly conflicts: readonly { readonly table: ExportedTable; readonly key: string; readonly reason: string }[];
};

type Merge = {
  readonly db: Database;
  readonly added: Partial<Record<ExportedTable, number>>;
  readonly conflicts: Merged['conflicts'][number][];
  there: number;
  /** Of the portfolios here: those of the file come behind them. */
  readonly lastPosition: number;
  /** Numbered rows here that a row of the file is already. */
  readonly met: Set<string>;
  readonly alerts: Map<unknown, unknown>;
  readonly notifications: Map<unknown, unknown>;
};

/** Inside a transaction. */
export function mergeRows(db: Database, rows: Iterable<ExportedRow>): Merged {
  db.assertTransaction();
  const last = db.statement<{ last: number | null }>('SELECT max(position) AS last FROM portfolios').get()?.last;
  const numbers = { alerts: new Map(), notifications: new Map(), met: new Set<string>() };
  const merge: Merge = { db, added: {}, conflicts: [], there: 0, lastPosition: last ?? 0, ...numbers };
  const byTable = Map.groupBy(rows, each => each.table);
  for (const table of [...ownTables, ...marketTables]) {
    const own = (byTable.get(table) ?? []).map(each => each.row);
    if (table === 'entries') mergeEntries(merge, own);
    else for (const row of own) mergeRow(merge, table, row);
  }
  return { added: merge.added, there: merge.there, conflicts: merge.conflicts };
}

function mergeRow(merge: Merge, table: ExportedTable, row: Row): void {
  switch (table) {
    case 'owners':
      byKey(merge, table, row, () => ({ ...row, name: freeName(merge.db, table, row) }), ['name']);
      break;
    case 'portfolios':
      byKey(
        merge,
        table,
        row,
        () => ({
          ...row,
          name: freeName(merge.db, table, row),
          position: merge.lastPosition + Number(row['position']),
        }),
        ['name', 'position'],
      );
      break;
    case 'alerts':
      numbered(merge, table, row, ['rule'], merge.alerts);
      break;
    case 'notifications':
      numbered(
        merge,
        table,
        row,
        row['event_key'] === null ? ['created_at', 'type', 'title', 'message'] : ['event_key'],
        merge.notifications,
      );
      break;
    case 'alert_states':
      byKey(merge, table, { ...row, alert_id: merge.alerts.get(row['alert_id']) as number });
      break;
    case 'alert_firings':
      numbered(
        merge,
        table,
        {
          ...row,
          alert_id: numberHere(merge.db, 'alerts', merge.alerts, row['alert_id'] ?? null) ?? -Number(row['alert_id']),
          notification_id: numberHere(merge.db, 'notifications', merge.notifications, row['notification_id'] ?? null),
        },
        ['rule', 'code', 'at'],
        new Map(),
      );
      break;
    default:
      byKey(merge, table, row);
      break;
  }
}

const keysByTable = new Map<string, readonly string[]>();

/** The columns of the primary key. */
function keyOf(db: Database, table: ExportedTable): readonly string[] {
  const known = keysByTable.get(table);
  if (known !== undefined) return known;
  const columns = db.raw.pragma(`table_info(${table})`) as { name: string; pk: number }[];
  const key = columns
    .filter(column => column.pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map(column => column.name);
  keysByTable.set(table, key);
  return key;
}

function find(db: Database, table: ExportedTable, columns: readonly string[], row: Row): Row | undefined {
  const where = columns.map(column => `${column} IS ?`).join(' AND ');
  return db.statement<Row>(`SELECT * FROM ${table} WHERE ${where}`).get(...columns.map(column => row[column] ?? null));
}

function insert({ db, added }: Merge, table: ExportedTable, row: Row): void {
  const columns = Object.keys(row);
  const marks = columns.map(() => '?').join(', ');
  db.statement(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`).run(...Object.values(row));
  added[table] = (added[table] ?? 0) + 1;
}

const same = (a: Row, b: Row, but: readonly string[] = []): boolean => {
  const rest = (row: Row) => Object.fromEntries(Object.entries(row).filter(([name]) => !but.includes(name)));
  return isDeepStrictEqual(rest(a), rest(b));
};

/** A row known by its key. `fitted` is how it is added; `loose` are the columns in which it may differ by that. */
function byKey(
  merge: Merge,
  table: ExportedTable,
  row: Row,
  fitted: () => Row = () => row,
  loose: readonly string[] = [],
): void {
  const key = keyOf(merge.db, table);
  const there = find(merge.db, table, key, row);
  if (there === undefined) insert(merge, table, fitted());
  else if (same(there, row, loose)) merge.there += 1;
  else if (table !== 'settings')
    keep(merge, table, key.map(name => String(row[name])).join(' '), 'it is another one here');
  else merge.there += 1;
}

/** A row known by what it says, whose number another may have here. Two that say the same are two. */
function numbered(
  merge: Merge,
  table: ExportedTable,
  row: Row,
  says: readonly string[],
  numbers: Map<unknown, unknown>,
): void {
  const { db, met } = merge;
  const where = says.map(column => `${column} IS ?`).join(' AND ');
  const there = db
    .statement<{ id: number }>(`SELECT id FROM ${table} WHERE ${where} ORDER BY id`)
    .all(...says.map(column => row[column] ?? null))
    .find(({ id }) => !met.has(`${table} ${id}`));
  if (there === undefined) {
    const { id: _, ...rest } = row;
    insert(merge, table, find(db, table, ['id'], row) === undefined ? row : rest);
  } else merge.there += 1;
  const id = there?.id ?? db.statement<{ id: number }>('SELECT last_insert_rowid() AS id').get()?.id;
  met.add(`${table} ${id}`);
  numbers.set(row['id'], id);
}

/** The number here of what an export refers to; what it refers to may be gone, and then nothing here is meant by it. */
function numberHere(
  db: Database,
  table: ExportedTable,
  numbers: Map<unknown, unknown>,
  id: Row[string],
): number | null {
  if (typeof id !== 'number') return null;
  const here = numbers.get(id);
  if (typeof here === 'number') return here;
  return find(db, table, ['id'], { id }) === undefined ? id : null;
}

const keep = ({ conflicts }: Merge, table: ExportedTable, key: string, reason: string): void =>
  void conflicts.push({ table, key, reason: `${reason}, and stays` });

function freeName(db: Database, table: 'owners' | 'portfolios', row: Row): string {
  const name = String(row['name']);
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : `${name} (${number})`;
    if (find(db, table, ['name'], { name: tried }) === undefined) return tried;
  }
}

function mergeEntries(merge: Merge, rows: readonly Row[]): void {
  for (const [id, all] of Map.groupBy(rows, row => String(row['id']))) {
    const versions = all.toSorted((a, b) => Number(a['version']) - Number(b['version']));
    const there = merge.db.statement<Row>('SELECT * FROM entries WHERE id = ? ORDER BY version').all(id);
    mergeVersions(merge, id, versions, there);
  }
}

function mergeVersions(merge: Merge, id: string, versions: readonly Row[], there: readonly Row[]): void {
  const shared = Math.min(versions.length, there.length);
  const parts = versions.slice(0, shared).some((row, index) => !same(row, there[index] ?? {}, ['superseded_at']));
  if (parts) {
    keep(merge, 'entries', id, 'it was changed here and in the file');
    return;
  }
  merge.there += shared;
  const latest = versions.at(-1);
  if (latest === undefined || versions.length <= there.length) return;
  const twin = twinOf(merge.db, latest);
  if (twin !== undefined) {
    merge.there += versions.length - shared;
    return;
  }
  const last = versions[shared - 1];
  if (last !== undefined) {
    merge.db
      .statement('UPDATE entries SET superseded_at = ? WHERE id = ? AND version = ?')
      .run(last['superseded_at'], id, last['version']);
  }
  for (const row of versions.slice(shared)) insert(merge, 'entries', row);
}

/** The same row of the same broker's file, imported here as another entry. */
const twinOf = (db: Database, row: Row): unknown =>
  row['source_key'] === null || row['deleted'] === 1
    ? undefined
    : db
        .statement(
          'SELECT id FROM entries WHERE portfolio_id = ? AND source_key = ? AND id <> ? AND superseded_at IS NULL AND deleted = 0',
        )
        .get(row['portfolio_id'], row['source_key'], row['id']);
