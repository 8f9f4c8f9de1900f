/** What requests to EODHD have cost: its daily quota is counted by UTC day, and each request costs 0 to 100 or more. */
import { and, eq, gte, lt, sum } from 'drizzle-orm';
import type { Instant, LocalDate } from '../domain/date.ts';
import type { Database } from './database.ts';
import { eodhdCalls } from './schema.ts';

export type EodhdCall = {
  /** The UTC day whose quota it was taken from. */
  readonly day: LocalDate;
  readonly at: Instant;
  /** Such as `eod`; never an address, which would hold the key. */
  readonly endpoint: string;
  readonly cost: number;
  /** The HTTP status; undefined when no answer came. */
  readonly status?: number | undefined;
};

/** Records requests that were sent. */
export function storeCalls(db: Database, calls: Iterable<EodhdCall>): void {
  db.assertTransaction();
  const insert = db.statement('INSERT INTO eodhd_calls (day, at, endpoint, cost, status) VALUES (?, ?, ?, ?, ?)');
  for (const { day, at, endpoint, cost, status } of calls) insert.run(day, at, endpoint, cost, status ?? null);
}

/** The quota that the recorded requests of a day from the instant `since` on have taken. */
export function costSince(db: Database, day: LocalDate, since: Instant): number {
  const spent = db.orm
    .select({ cost: sum(eodhdCalls.cost) })
    .from(eodhdCalls)
    .where(and(eq(eodhdCalls.day, day), gte(eodhdCalls.at, since)))
    .get();
  return Number(spent?.cost ?? 0);
}

/** Forgets the requests of the days before `day`. */
export function forgetCalls(db: Database, day: LocalDate): void {
  db.assertTransaction();
  db.orm.delete(eodhdCalls).where(lt(eodhdCalls.day, day)).run();
}
