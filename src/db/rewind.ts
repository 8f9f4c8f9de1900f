/** Makes a copy of the database what it was when a backup was taken, as far as that is kept: for a drill. */
import type { Instant } from '../domain/date.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { type EntryVersion, entryVersions } from './entries.ts';

/** When an entry was last recorded, edited or deleted. */
export const lastRecordedAt = (db: Database): Instant | undefined =>
  known(db.statement<{ at: Instant | null }>('SELECT max(recorded_at) AS at FROM entries').get()?.at ?? null);

/** Takes back every version of an entry that was recorded after that instant. */
export function rewindEntries(db: Database, to: Instant): void {
  db.assertTransaction();
  db.statement('DELETE FROM entries WHERE recorded_at > ?').run(to);
  makeLastCurrent(db);
}

const isElsewhere =
  'EXISTS (SELECT 1 FROM other.entries AS there WHERE there.id = own.id AND there.version = own.version)';

/** Takes back the versions that the file at `path` does not have, whenever they were recorded. */
export function takeBackEntries(db: Database, path: string): void {
  beside(db, path, () => {
    db.raw.exec(`DELETE FROM main.entries AS own WHERE NOT ${isElsewhere}`);
    makeLastCurrent(db);
  });
}

/** The versions that the file at `path` does not have, in the order of recording. */
export function entriesMissingIn(db: Database, path: string): EntryVersion[] {
  const missing: { id: string; version: number }[] = [];
  beside(db, path, () => {
    const sql = `SELECT id, version FROM main.entries AS own WHERE NOT ${isElsewhere} ORDER BY recorded_at, id, version`;
    missing.push(...db.raw.prepare<[], { id: string; version: number }>(sql).all());
  });
  return missing.flatMap(({ id, version }) => entryVersions(db, id).filter(each => each.version === version));
}

function makeLastCurrent(db: Database): void {
  db.statement(
    `UPDATE entries SET superseded_at = NULL WHERE superseded_at IS NOT NULL
     AND version = (SELECT max(version) FROM entries AS own WHERE own.id = entries.id)`,
  ).run();
}

/** Writes the copy by what the file at `path` holds, which is `other` meanwhile: all of it or nothing. */
function beside(db: Database, path: string, work: () => void): void {
  db.raw.prepare('ATTACH ? AS other').run(path);
  try {
    db.transaction(work);
  } finally {
    db.raw.exec('DETACH other');
  }
}

/**
 * Takes back portfolios, and owners, that the file at `path` does not have, where nothing is left in them: they were made
 * since. What else named them stays behind in the copy, which no report reads.
 */
export function takeBackPortfolios(db: Database, path: string): void {
  db.raw.pragma('foreign_keys = OFF');
  try {
    beside(db, path, () =>
      db.raw.exec(`
        DELETE FROM main.portfolios WHERE id NOT IN (SELECT id FROM other.portfolios)
          AND id NOT IN (SELECT portfolio_id FROM main.entries);
        DELETE FROM main.portfolio_owners WHERE portfolio_id NOT IN (SELECT id FROM main.portfolios);
        DELETE FROM main.owners WHERE id NOT IN (SELECT id FROM other.owners)
          AND id NOT IN (SELECT owner_id FROM main.portfolio_owners);`),
    );
  } finally {
    db.raw.pragma('foreign_keys = ON');
  }
}

/** What reports are valued by. */
const market = ['securities', 'prices', 'price_histories', 'quotes', 'dividends', 'splits', 'suspect_prices'] as const;

/** Takes the stored market of the file at `path`: what a provider has corrected since is no difference of a backup. */
export function takeMarketOf(db: Database, path: string): void {
  beside(db, path, () => {
    for (const table of market) {
      db.raw.exec(`DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM other.${table}`);
    }
  });
}

/** Recorded beside the entries, and kept without its history. */
const settingsOfReports = [
  'owners',
  'portfolios',
  'portfolio_owners',
  'owner_tax_facts',
  'market_values',
  'cpi_indexes',
  'income_decisions',
  'security_aliases',
] as const;

const textOf = (db: Database, table: string): string => JSON.stringify(db.raw.prepare(`SELECT * FROM ${table}`).all());

/** Which of what reports depend on beside the entries is another in the two. */
export const changedTables = (one: Database, other: Database): string[] =>
  settingsOfReports.filter(table => textOf(one, table) !== textOf(other, table));

/** Every version of every entry. */
export const entriesText = (db: Database): string => textOf(db, 'entries');
