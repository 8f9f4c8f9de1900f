/**
 * When each security was last asked for, where the answer leaves no other trace: nothing new came, or there is nothing.
 * A security that does not trade would else be asked for ever.
 */
import { type Instant, isLocalDate, type LocalDate } from '../domain/date.ts';
import type { Code } from '../domain/market/security.ts';
import type { Database } from './database.ts';
import { readSetting, writeSetting } from './settings.ts';

type AskedFor = 'quotes' | 'history' | 'actions';
/** Instants by code. */
export type Asked = Readonly<Record<string, Instant>>;

export const readAsked = (db: Database, what: AskedFor): Asked => {
  const stored = readSetting(db, `asked.${what}`);
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).filter(([, at]) => typeof at === 'number'));
};

/** Notes when securities were last asked for. */
export function noteAsked(db: Database, what: AskedFor, codes: readonly Code[], now: Instant): void {
  if (codes.length === 0) return;
  writeSetting(db, `asked.${what}`, { ...readAsked(db, what), ...Object.fromEntries(codes.map(code => [code, now])) });
}

/** Has securities asked for again, however lately they were. */
export function forgetAsked(db: Database, what: AskedFor, codes: ReadonlySet<Code>): void {
  if (codes.size === 0) return;
  const others = Object.entries(readAsked(db, what)).filter(([code]) => !codes.has(code as Code));
  writeSetting(db, `asked.${what}`, Object.fromEntries(others));
}

const startsKey = 'history.from';

/** From which day each whole history was asked for; a young security's has its first bar later. */
export function readHistoryStarts(db: Database): Readonly<Record<string, LocalDate>> {
  const stored = readSetting(db, startsKey);
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).filter(
      (each): each is [string, LocalDate] => typeof each[1] === 'string' && isLocalDate(each[1]),
    ),
  );
}

export function noteHistories(db: Database, asked: readonly { readonly code: Code; readonly from: LocalDate }[]): void {
  if (asked.length === 0) return;
  const starts = Object.fromEntries(asked.map(({ code, from }) => [code, from]));
  writeSetting(db, startsKey, { ...readHistoryStarts(db), ...starts });
}

const bulkKey = 'asked.bulk';

/** The latest day of the whole exchange that is stored. */
export function readBulkDay(db: Database): LocalDate | undefined {
  const stored = readSetting(db, bulkKey);
  return typeof stored === 'string' && isLocalDate(stored) ? stored : undefined;
}

/** Notes that a day of the whole exchange has been stored. */
export function noteBulkDay(db: Database, date: LocalDate): void {
  if (date > (readBulkDay(db) ?? '')) writeSetting(db, bulkKey, date);
}
