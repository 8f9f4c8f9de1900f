/** The exchange's symbol list, and the codes that securities used to have. */
import type { Instant, LocalDate } from '../domain/date.ts';
import type { AssetKind, Code, Security } from '../domain/market/security.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';

export type ListedSecurity = Security & {
  /** False once it has left the exchange's list. */
  readonly listed: boolean;
};

export type CodeChange = { readonly oldCode: Code; readonly newCode: Code; readonly changedOn: LocalDate };

type Row = {
  code: Code;
  name: string;
  kind: AssetKind;
  isin: string | null;
  sector: string | null;
  currency: string | null;
  listed: number;
};

const columns = 'code, name, kind, isin, sector, currency, listed';
const read = (row: Row): ListedSecurity => ({
  code: row.code,
  name: row.name,
  kind: row.kind,
  isin: known(row.isin),
  sector: known(row.sector),
  currency: known(row.currency),
  listed: row.listed === 1,
});

export function findSecurity(db: Database, code: Code): ListedSecurity | undefined {
  const row = db.statement<Row>(`SELECT ${columns} FROM securities WHERE code = ?`).get(code);
  return row && read(row);
}

/** Those of the codes that are known. */
export function securitiesOf(db: Database, codes: Iterable<Code>): Map<Code, ListedSecurity> {
  const found = new Map<Code, ListedSecurity>();
  for (const code of codes) {
    const security = findSecurity(db, code);
    if (security) found.set(code, security);
  }
  return found;
}

/** All that is listed and can be dealt in, by code. */
export const listedSecurities = (db: Database): ListedSecurity[] =>
  db
    .statement<Row>(`SELECT ${columns} FROM securities WHERE listed = 1 AND kind <> 'index' ORDER BY code`)
    .all()
    .map(read);

export const countSecurities = (db: Database): number =>
  db.statement<{ count: number }>('SELECT count(*) AS count FROM securities WHERE listed = 1').get()?.count ?? 0;

/** The security with this ISIN, a listed one before one that has left the list. */
export function findByIsin(db: Database, isin: string): ListedSecurity | undefined {
  const sql = `SELECT ${columns} FROM securities WHERE isin = ? ORDER BY listed DESC, code LIMIT 1`;
  const row = db.statement<Row>(sql).get(isin.trim().toUpperCase());
  return row && read(row);
}

/** Listed securities by code or name: the code itself first, then codes, names and words that begin with `text`. */
export function searchSecurities(db: Database, text: string, limit: number): ListedSecurity[] {
  const wanted = text.trim();
  if (wanted === '') return [];
  const escaped = wanted.replace(/[\\%_]/g, '\\$&');
  const sql = `
    SELECT ${columns}, CASE
      WHEN code = upper(@wanted) THEN 0
      WHEN code LIKE @begins ESCAPE '\\' THEN 1
      WHEN name LIKE @begins ESCAPE '\\' THEN 2
      WHEN name LIKE @word ESCAPE '\\' THEN 3
      ELSE 4 END AS rank
    FROM securities
    WHERE listed = 1 AND (code LIKE @begins ESCAPE '\\' OR name LIKE @within ESCAPE '\\')
    ORDER BY rank, code LIMIT @limit`;
  const values = { wanted, begins: `${escaped}%`, word: `% ${escaped}%`, within: `%${escaped}%`, limit };
  return db.statement<Row>(sql).all(values).map(read);
}

/** Adds or renews securities. What the new record does not know (ISIN, sector, currency) is kept from the old one. */
export function storeSecurities(
  db: Database,
  securities: Iterable<Security & { readonly listed?: boolean | undefined }>,
  now: Instant,
): void {
  db.assertTransaction();
  const insert = db.statement(
    `INSERT INTO securities (${columns}, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind,
       isin = coalesce(excluded.isin, isin), sector = coalesce(excluded.sector, sector),
       currency = coalesce(excluded.currency, currency), listed = excluded.listed, updated_at = excluded.updated_at`,
  );
  for (const { code, name, kind, isin, sector, currency, listed = true } of securities) {
    insert.run(code, name, kind, isin?.toUpperCase() ?? null, sector ?? null, currency ?? null, listed ? 1 : 0, now);
  }
}

/** Takes over the exchange's whole list: whatever is not on it has left the exchange, and stays known. */
export function replaceSymbolList(db: Database, securities: Iterable<Security>, now: Instant): void {
  db.assertTransaction();
  db.statement('UPDATE securities SET listed = 0 WHERE listed = 1').run();
  storeSecurities(db, securities, now);
}

/** When the newest record of a listed security was stored; undefined when there is none. */
export const symbolListStoredAt = (db: Database): Instant | undefined =>
  db.statement<{ at: Instant | null }>('SELECT max(updated_at) AS at FROM securities WHERE listed = 1').get()?.at ??
  undefined;

/** What has left the exchange, with when it was last on its list. */
export const leftTheExchange = (db: Database): Map<Code, Instant> =>
  new Map(
    db
      .statement<{ code: Code; at: Instant }>('SELECT code, updated_at AS at FROM securities WHERE listed = 0')
      .all()
      .map(({ code, at }) => [code, at]),
  );

export function storeCodeChange(db: Database, change: CodeChange): void {
  db.assertTransaction();
  db.statement(
    `INSERT INTO security_aliases (old_code, new_code, changed_on) VALUES (?, ?, ?)
     ON CONFLICT (old_code, changed_on) DO UPDATE SET new_code = excluded.new_code`,
  ).run(change.oldCode, change.newCode, change.changedOn);
}

/** Every change of code, oldest first. */
export const codeChanges = (db: Database): CodeChange[] =>
  db
    .statement<CodeChange>(
      'SELECT old_code AS oldCode, new_code AS newCode, changed_on AS changedOn FROM security_aliases ORDER BY changed_on, old_code',
    )
    .all();
