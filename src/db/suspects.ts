/** Closes that moved too far to be believed: shown, not used, until the next bar or the user releases them. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Instant, LocalDate } from '../domain/date.ts';
import type { Price } from '../domain/decimal.ts';
import type { Code } from '../domain/market/security.ts';
import { known } from './columns.ts';
import type { Database } from './database.ts';
import { suspectPrices } from './schema.ts';

export type SuspectPrice = {
  readonly code: Code;
  readonly date: LocalDate;
  readonly close: Price;
  readonly reason: string;
  readonly releasedAt?: Instant | undefined;
};

/** The suspects that are not released (of one code, when given), by code and day. */
export const listSuspects = (db: Database, code?: Code): SuspectPrice[] =>
  db.orm
    .select()
    .from(suspectPrices)
    .where(and(isNull(suspectPrices.releasedAt), code === undefined ? undefined : eq(suspectPrices.code, code)))
    .orderBy(asc(suspectPrices.code), asc(suspectPrices.date))
    .all()
    .map(row => ({ ...row, releasedAt: known(row.releasedAt) }));

/** Holds a close back. One of that day that was released stays released as long as its close is the same. */
export function storeSuspect(db: Database, suspect: Omit<SuspectPrice, 'releasedAt'>): void {
  db.assertTransaction();
  const { code, date, close, reason } = suspect;
  const day = and(eq(suspectPrices.code, code), eq(suspectPrices.date, date));
  const before = db.orm.select().from(suspectPrices).where(day).get();
  if (before?.close.eq(close)) return;
  db.orm.delete(suspectPrices).where(day).run();
  db.orm.insert(suspectPrices).values({ code, date, close, reason, releasedAt: null }).run();
}

/** The reason of a close that was never held back for long, and that the user has declared right all the same. */
const acceptedByHand = 'accepted as it is';

/** Keeps that the user has declared the close of a day right, which the next bar had confirmed already. */
export function storeAccepted(db: Database, { code, date, close }: Omit<SuspectPrice, 'reason'>, now: Instant): void {
  db.assertTransaction();
  const row = { code, date, close, reason: acceptedByHand, releasedAt: now };
  const target = [suspectPrices.code, suspectPrices.date];
  db.orm.insert(suspectPrices).values(row).onConflictDoUpdate({ target, set: row }).run();
}

/** Lets a close be used; false when it is not held back. */
export function releaseSuspect(db: Database, code: Code, date: LocalDate, now: Instant): boolean {
  db.assertTransaction();
  const held = and(eq(suspectPrices.code, code), eq(suspectPrices.date, date), isNull(suspectPrices.releasedAt));
  return db.orm.update(suspectPrices).set({ releasedAt: now }).where(held).run().changes > 0;
}

/** The days of each code whose close the user has declared right. */
export function releasedDays(db: Database): Map<Code, Set<LocalDate>> {
  const rows = db
    .statement<{ code: Code; date: LocalDate }>('SELECT code, date FROM suspect_prices WHERE released_at IS NOT NULL')
    .all();
  const days = new Map<Code, Set<LocalDate>>();
  for (const { code, date } of rows) days.set(code, (days.get(code) ?? new Set()).add(date));
  return days;
}

export type Release = {
  readonly at: Instant;
  /** Of one that was confirmed already. */
  readonly byHand: boolean;
};

/** When the closes of each code were released, by day: by the user, or by the next bar. */
export function releasesByCode(db: Database): Map<Code, Map<LocalDate, Release>> {
  const rows = db
    .statement<{ code: Code; date: LocalDate; at: Instant; reason: string }>(
      'SELECT code, date, released_at AS at, reason FROM suspect_prices WHERE released_at IS NOT NULL',
    )
    .all();
  return new Map(
    [...Map.groupBy(rows, row => row.code)].map(([code, list]) => [
      code,
      new Map(list.map(({ date, at, reason }) => [date, { at, byHand: reason === acceptedByHand }])),
    ]),
  );
}
