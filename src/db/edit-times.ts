/**
 * When rows of the user's own were last changed, also those that are gone: of two devices that changed one, the later edit
 * counts, whichever of them syncs first.
 *
 * Model: triggers of this connection note the time by the program's clock as a row is written, so that no query has to
 * remember to. They are temporary: who opens the file with another program finds nothing that it cannot run, and what it
 * changes counts as changed when sync first sees it. Entries are not here: each of their versions says when it was made.
 */
import type { Instant } from '../domain/date.ts';
import type { Connection } from './connection.ts';

/** By what a row is known in `row_edits`: the key of its kind as sync has it, of the row `@`. */
const keys: Readonly<Record<string, string>> = {
  owners: '@.id',
  portfolios: '@.id',
  portfolio_owners: '@.portfolio_id',
  import_batches: '@.id',
  watchlist: '@.code',
  alert_preferences: '@.type',
  // Those that everyone has are known by their side.
  alerts: "CASE WHEN @.origin = 'user' THEN @.rule WHEN @.rule LIKE '%loss%' THEN 'loss' ELSE 'gain' END",
  rebalance_targets: '@.portfolio_id',
  income_decisions: joined('portfolio_id', 'code', 'ex_date', 'ordinal'),
  tax_locks: joined('owner_id', 'financial_year'),
  owner_tax_facts: joined('owner_id', 'financial_year', 'fact'),
  cpi_indexes: '@.quarter',
  market_values: '@.code',
};

function joined(...columns: string[]): string {
  return columns.map(column => `@.${column}`).join(' || char(10) || ');
}

const triggers = Object.entries(keys).flatMap(([table, key]) =>
  (['INSERT', 'UPDATE', 'DELETE'] as const).map(
    event => `CREATE TEMP TRIGGER IF NOT EXISTS ${table}_${event.toLowerCase()} AFTER ${event} ON main.${table} BEGIN
      INSERT INTO row_edits (table_name, row_key, edited_at)
        VALUES ('${table}', ${key.replaceAll('@', event === 'DELETE' ? 'OLD' : 'NEW')}, asxos_now())
        ON CONFLICT (table_name, row_key) DO UPDATE SET edited_at = excluded.edited_at;
    END;`,
  ),
);

/** Notes edits from here on; nothing in a database of an older schema. */
export function watchEdits(raw: Connection, now: () => Instant): void {
  if (raw.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'row_edits'").get() === undefined) return;
  raw.function('asxos_now', () => Math.trunc(now()));
  raw.exec(triggers.join('\n'));
}
