/** The tables of sync: what this device knows of the account's rows, and how far it has come. See `docs/sync.md`. */
import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { boolean, instant } from './column-kinds.ts';

/** Facts about this device, by name: its id, the name of the account's key, the cursor of the last pull. */
export const syncState = sqliteTable('sync_state', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});

/** The versions of rows: every one of an entry, the latest of everything else. */
export const syncRows = sqliteTable(
  'sync_rows',
  {
    id: text('id').notNull(),
    clock: text('clock').notNull(),
    kind: text('kind').notNull(),
    deleted: boolean('deleted').notNull(),
    content: text('content'),
    /**
     * What the tables of the console hold of it: the content as it was written there, of an entry the number of its
     * version, nothing for what they hold nothing of. Null while it waits for a row that it refers to.
     */
    shown: text('shown'),
    /** Whether the server has it. */
    pushed: boolean('pushed').notNull(),
  },
  t => [
    primaryKey({ columns: [t.id, t.clock] }),
    index('sync_rows_kind').on(t.kind),
    index('sync_rows_unpushed').on(t.kind, t.clock).where(sql`pushed = 0`),
    index('sync_rows_waiting').on(t.kind).where(sql`shown IS NULL`),
    check('sync_rows_deleted', sql`${t.deleted} IN (0, 1)`),
    check('sync_rows_pushed', sql`${t.pushed} IN (0, 1)`),
  ],
);

/** When rows of the user's own were last changed: see `edit-times`. */
export const rowEdits = sqliteTable(
  'row_edits',
  {
    table: text('table_name').notNull(),
    key: text('row_key').notNull(),
    editedAt: instant('edited_at').notNull(),
  },
  t => [primaryKey({ columns: [t.table, t.key] })],
);

/** Rows of the server that were not taken: changed on their way, or sealed with another key. */
export const syncRefused = sqliteTable(
  'sync_refused',
  {
    id: text('id').notNull(),
    clock: text('clock').notNull(),
    kind: text('kind').notNull(),
    reason: text('reason').notNull(),
    at: instant('at').notNull(),
  },
  t => [primaryKey({ columns: [t.id, t.clock] })],
);
