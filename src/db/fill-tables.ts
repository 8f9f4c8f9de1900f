/** Puts rows of an export into an empty database of the schema that they were written with. */
import { Failure } from '../failure.ts';
import type { Database } from './database.ts';
import type { ExportedRow } from './export-rows.ts';
import { orphans } from './integrity.ts';

/** A row that the schema does not take is a Failure that names it. */
export function fillTables(db: Database, rows: readonly ExportedRow[]): void {
  // Rows may come in any order; whether all parents are there is looked at in the end.
  db.raw.pragma('foreign_keys = OFF');
  db.transaction(() => {
    for (const { table, row } of rows) {
      const names = Object.keys(row);
      if (names.some(name => !/^[a-z_0-9]+$/.test(name))) throw badRow(table, 'a column of it has no proper name');
      const marks = names.map(() => '?').join(', ');
      try {
        db.statement(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`).run(...Object.values(row));
      } catch (error) {
        if (error instanceof Failure) throw error;
        throw badRow(table, error instanceof Error ? error.message : String(error));
      }
    }
    const [orphan] = orphans(db.raw);
    if (orphan !== undefined) throw new Failure('bad-file', `The export is damaged: ${orphan}`);
  });
}

const badRow = (table: string, why: string): Failure =>
  new Failure('bad-file', `The export has a row of ${table} that cannot be stored: ${why}`, {
    hint: 'Export it again; nothing was imported.',
  });
