/** What EODHD said last of the key's plan: the daily limit, and what was used when it was asked. */
import { type Instant, isLocalDate, type LocalDate } from '../domain/date.ts';
import type { Database } from './database.ts';
import { readSetting, writeSetting } from './settings.ts';

export type Quota = {
  readonly dailyLimit: number;
  readonly extraLimit: number | undefined;
  readonly requestsToday: number;
  /** The UTC day that `requestsToday` is of. */
  readonly requestsDate: LocalDate | undefined;
  readonly askedAt: Instant;
};

const key = 'eodhd.quota';

/** Undefined where EODHD was never asked, or what is stored is not a quota. */
export function readQuota(db: Database): Quota | undefined {
  const stored = readSetting(db, key);
  if (typeof stored !== 'object' || stored === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(stored));
  const number = (name: string): number | undefined => {
    const value = fields.get(name);
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  };
  const date = fields.get('requestsDate');
  const [dailyLimit, requestsToday, askedAt] = [number('dailyLimit'), number('requestsToday'), number('askedAt')];
  if (dailyLimit === undefined || requestsToday === undefined || askedAt === undefined) return undefined;
  return {
    dailyLimit,
    extraLimit: number('extraLimit'),
    requestsToday,
    requestsDate: typeof date === 'string' && isLocalDate(date) ? date : undefined,
    askedAt,
  };
}

export const writeQuota = (db: Database, quota: Quota): void => writeSetting(db, key, quota);
