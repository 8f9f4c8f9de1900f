/** The rows of an export, as they lie in the database: nothing is rounded, renamed or left out, so nothing is lost. */
import type { Database } from './database.ts';
import { type ExportedTable, isOwnSetting, marketTables, ownTables } from './own-tables.ts';

export type Row = Readonly<Record<string, string | number | null>>;
export type ExportedRow = { readonly table: ExportedTable; readonly row: Row };
export type ExportHeader = { readonly schema: number; readonly exportedAt: string; readonly withPrices: boolean };

export const exportFormat = 'export/1';

/** All rows, of one moment: nothing that is written meanwhile is in them in part. */
export function* exportedRows(db: Database, withPrices: boolean): Generator<ExportedRow> {
  db.raw.exec('BEGIN');
  try {
    for (const table of withPrices ? [...ownTables, ...marketTables] : ownTables) {
      for (const row of db.raw.prepare<[], Row>(`SELECT * FROM ${table}`).iterate()) {
        if (table === 'settings' && !isOwnSetting(String(row['key']), withPrices)) continue;
        yield { table, row };
      }
    }
  } finally {
    db.raw.exec('COMMIT');
  }
}

/** Whether a text is an export of JSON lines. */
export const isOwnExport = (text: string): boolean => /^\uFEFF?\s*\{\s*"asxos"\s*:\s*"export\//.test(text);
