/** The trading days that EODHD's exchange details tell otherwise than the built-in calendar. */
import { type Instant, isLocalDate, type LocalDate } from '../domain/date.ts';
import type { CalendarOverrides } from '../domain/market/calendar.ts';
import type { Database } from './database.ts';
import { readSetting, writeSetting } from './settings.ts';

const key = 'calendar.overrides';

export type StoredCalendar = { readonly overrides: CalendarOverrides; readonly askedAt: Instant };

/** The calendar caches its years by the overrides object, so one object serves as long as what is stored is the same. */
const read = new WeakMap<Database, { readonly text: string; readonly calendar: StoredCalendar | undefined }>();

const daysOf = (value: unknown): ReadonlySet<LocalDate> =>
  new Set(
    Array.isArray(value)
      ? value.filter((each): each is LocalDate => typeof each === 'string' && isLocalDate(each))
      : [],
  );

/** Undefined where the exchange's details were never fetched. */
export function readCalendar(db: Database): StoredCalendar | undefined {
  const stored = readSetting(db, key);
  const text = JSON.stringify(stored) ?? '';
  const known = read.get(db);
  if (known?.text === text) return known.calendar;
  const fields = new Map<string, unknown>(typeof stored === 'object' && stored !== null ? Object.entries(stored) : []);
  const askedAt = fields.get('askedAt');
  const overrides = {
    closed: daysOf(fields.get('closed')),
    open: daysOf(fields.get('open')),
    earlyClose: daysOf(fields.get('earlyClose')),
  };
  const calendar = typeof askedAt === 'number' ? { overrides, askedAt } : undefined;
  read.set(db, { text, calendar });
  return calendar;
}

export const readOverrides = (db: Database): CalendarOverrides | undefined => readCalendar(db)?.overrides;

export function writeCalendar(
  db: Database,
  days: { readonly closed: readonly LocalDate[]; readonly earlyClose: readonly LocalDate[] },
  askedAt: Instant,
): void {
  writeSetting(db, key, { ...days, open: [], askedAt });
}
