/** Whether a database file is whole: SQLite's own check of every page and row, and rows whose parents are gone. */
import { setImmediate as pause } from 'node:timers/promises';
import type { Connection } from './connection.ts';

type Raw = Pick<Connection, 'pragma' | 'prepare'>;

const most = 5;

/** One finding each: SQLite puts several of one database into a text of many lines, under a heading. */
const textsOf = (rows: unknown): string[] =>
  (Array.isArray(rows) ? rows : [])
    .flatMap(row => String(Object.values(row as object)[0]).split('\n'))
    .filter(text => text !== 'ok' && text !== '' && !text.startsWith('***'))
    .slice(0, most);

/** What SQLite finds wrong, at most five of it; empty where the file is whole. Throws a Failure where it cannot be read. */
export const integrityTroubles = (raw: Raw): string[] => textsOf(raw.pragma(`integrity_check(${most})`));

/** The same a table at a time, with a pause after each: for a process that has keys to answer meanwhile. */
export async function integrityTroublesByTable(raw: Raw): Promise<string[]> {
  const tables = raw.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const found: string[] = [];
  for (const { name } of tables) {
    found.push(...textsOf(raw.pragma(`integrity_check('${name.replaceAll("'", "''")}')`)));
    await pause();
  }
  return found.slice(0, most);
}

/** Rows that refer to rows that are gone, as `3 rows of entries without their portfolios`. */
export function orphans(raw: Raw): string[] {
  const rows = raw.prepare<[], { table: string; parent: string }>('PRAGMA foreign_key_check').all();
  const counts = Map.groupBy(rows, ({ table, parent }) => `${table} without their ${parent}`);
  return [...counts].map(([what, list]) => `${list.length} ${list.length === 1 ? 'row' : 'rows'} of ${what}`);
}
