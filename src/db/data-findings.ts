/** What is wrong with stored prices. A finding that stays keeps the time at which it was found; one that is mended goes. */
import { asc } from 'drizzle-orm';
import type { Instant } from '../domain/date.ts';
import type { Finding, FindingKind } from '../domain/market/quality.ts';
import type { Code } from '../domain/market/security.ts';
import type { Database } from './database.ts';
import { dataFindings } from './schema-alerts.ts';

export type StoredFinding = Finding & { readonly code: Code; readonly foundAt: Instant };

/** By code and day. */
export const listFindings = (db: Database): StoredFinding[] =>
  db.orm
    .select()
    .from(dataFindings)
    .orderBy(asc(dataFindings.code), asc(dataFindings.date), asc(dataFindings.kind))
    .all()
    .map(row => ({ ...row, kind: row.kind as FindingKind }));

const keyOf = (code: Code, { kind, date }: Finding): string => `${code} ${kind} ${date}`;

/** Takes over the findings of the codes that were checked; writes nothing where nothing has changed. */
export function replaceFindings(db: Database, found: ReadonlyMap<Code, readonly Finding[]>, now: Instant): void {
  const old = new Map(listFindings(db).map(each => [keyOf(each.code, each), each]));
  const fresh = new Map([...found].flatMap(([code, list]) => list.map(each => [keyOf(code, each), { ...each, code }])));
  const gone = [...old].filter(([key, each]) => found.has(each.code) && !fresh.has(key));
  const changed = [...fresh].filter(([key, each]) => old.get(key)?.detail !== each.detail);
  if (gone.length + changed.length === 0) return;
  db.transaction(() => {
    const drop = db.statement('DELETE FROM data_findings WHERE code = ? AND kind = ? AND date = ?');
    const put = db.statement(
      'INSERT OR REPLACE INTO data_findings (code, kind, date, detail, found_at) VALUES (?, ?, ?, ?, ?)',
    );
    for (const [, { code, kind, date }] of gone) drop.run(code, kind, date);
    for (const [key, { code, kind, date, detail }] of changed) {
      put.run(code, kind, date, detail, old.get(key)?.foundAt ?? now);
    }
  });
}

/** What the user has settled is no finding until it is found again. */
export function forgetFinding(db: Database, { code, kind, date }: Pick<StoredFinding, 'code' | 'kind' | 'date'>): void {
  db.assertTransaction();
  db.statement('DELETE FROM data_findings WHERE code = ? AND kind = ? AND date = ?').run(code, kind, date);
}
