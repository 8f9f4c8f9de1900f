/** What a refresh would ask for, from what is stored. Reads only. */
import {
  addDays,
  addMonths,
  day,
  earlier,
  type Instant,
  isLocalDate,
  type LocalDate,
  minute,
  sydneyDate,
} from '../domain/date.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import { previousTradingDay } from '../domain/market/calendar.ts';
import { areActionsDue, isHistoryDue, isQuoteDue } from '../domain/market/due.ts';
import { type Code, isCode, isIndexCode } from '../domain/market/security.ts';
import type { Database } from './database.ts';
import { codesOfEntries, currentEntries } from './entries.ts';
import { readLedger } from './ledger.ts';
import { listPortfolios } from './portfolios.ts';
import { priceHistories } from './prices.ts';
import { quotesOf } from './quotes.ts';
import { symbolListStoredAt } from './securities.ts';
import { readSetting, writeSetting } from './settings.ts';
import { readCalendar, readOverrides } from './trading-days.ts';
import { listWatched } from './watchlist.ts';

export const refreshTargets = ['prices', 'history', 'universe', 'all'] as const;
export type RefreshTarget = (typeof refreshTargets)[number];

export type RefreshNeed = {
  /** Codes held, then watched, then traded once: what is asked for first when the quota is short. */
  readonly followed: readonly Code[];
  readonly quotes: readonly Code[];
  readonly bars: readonly { readonly code: Code; readonly from: LocalDate; readonly whole: boolean }[];
  /** Dividends and splits. */
  readonly actions: readonly Code[];
  /** A day of the whole exchange: prices, dividends and splits. */
  readonly bulkDay: LocalDate | undefined;
  /** The bulk day takes the place of asking each security for its dividends and splits. */
  readonly bulkActions: boolean;
  readonly symbols: boolean;
  /** The exchange's holidays and early closes. */
  readonly calendar: boolean;
};

/** While the market is open: how old a quote gets before `--if-due`, and before a plain refresh, asks again. */
const intervalIfDue = 15 * minute;
const interval = minute;
const historyMonths = 60;
/** From here on one day of the whole exchange (300 calls with its actions) is cheaper than three calls a code. */
const bulkFrom = 100;

const heldCodes = (db: Database): Code[] => [
  ...new Set(readLedger(db, listPortfolios(db)).ledger.parcels.map(parcel => parcel.code)),
];

/** Which securities a refresh follows. What returns are measured against counts once there is something to measure. */
export function followedCodes(db: Database, benchmark: Code | undefined): { current: Code[]; past: Code[] } {
  const ever = codesOfEntries(db).filter(isCode);
  const measure = benchmark === undefined || ever.length === 0 ? [] : [benchmark];
  const current = [...new Set([...heldCodes(db), ...listWatched(db).map(each => each.code), ...measure])];
  const known = new Set(current);
  return { current, past: ever.filter(code => !known.has(code)) };
}

type AskedFor = 'quotes' | 'history' | 'actions';
type Asked = Readonly<Record<string, number>>;
/** When each code was last asked for where the answer leaves no other trace: nothing new came, or there is none. */
export const readAsked = (db: Database, what: AskedFor): Asked => {
  const stored = readSetting(db, `asked.${what}`);
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).filter(([, at]) => typeof at === 'number'));
};

/** Notes when securities were last asked for; what was never asked for and has nothing new looks the same otherwise. */
export function noteAsked(db: Database, what: AskedFor, codes: readonly Code[], now: Instant): void {
  if (codes.length === 0) return;
  writeSetting(db, `asked.${what}`, { ...readAsked(db, what), ...Object.fromEntries(codes.map(code => [code, now])) });
}

const historyKey = 'history.from';

/** From which day each whole history was asked for; a young security's has its first bar later. */
function readHistoryStarts(db: Database): Readonly<Record<string, LocalDate>> {
  const stored = readSetting(db, historyKey);
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
  writeSetting(db, historyKey, { ...readHistoryStarts(db), ...starts });
}

const bulkKey = 'asked.bulk';

/** Notes that a day of the whole exchange has been stored. */
export const noteBulkDay = (db: Database, date: LocalDate): void => writeSetting(db, bulkKey, date);

export function readRefreshNeed(
  db: Database,
  target: RefreshTarget,
  now: Instant,
  options: {
    readonly ifDue: boolean;
    /** What returns are measured against: its history is kept like that of a holding. */
    readonly benchmark?: Code | undefined;
  },
): RefreshNeed {
  const { current, past } = followedCodes(db, options.benchmark);
  const followed = [...current, ...past];
  const wants = (what: RefreshTarget): boolean => target === what || target === 'all';
  const histories = priceHistories(db, followed);
  const quotes = wants('prices')
    ? dueQuotes(db, current.filter(isSecurity), histories, now, options.ifDue ? intervalIfDue : interval)
    : [];
  const bars = wants('history') ? dueBars(db, followed, histories, now) : [];
  const overrides = readOverrides(db);
  const askedActions = readAsked(db, 'actions');
  const actions = wants('history')
    ? followed.filter(isSecurity).filter(code => areActionsDue(askedActions[code], now, overrides))
    : [];
  const universe = target === 'universe';
  const due = latestCloseDue(now, overrides);
  const dayBefore = previousTradingDay(due, overrides);
  const oneDay = bars.length >= bulkFrom && bars.every(each => !each.whole && each.from > dayBefore);
  const bulkDay = (universe || oneDay) && readSetting(db, bulkKey) !== due ? due : undefined;
  const symbolsAt = symbolListStoredAt(db);
  const symbols = universe ? isOlder(symbolsAt, now, day) : target === 'all' && isOlder(symbolsAt, now, 7 * day);
  const calendar = (universe || target === 'all') && isOlder(readCalendar(db)?.askedAt, now, 30 * day);
  return {
    followed,
    quotes,
    // An index is not on the exchange's list, so its day comes with none of the exchange.
    bars: bulkDay ? bars.filter(each => isIndexCode(each.code)) : bars,
    actions: bulkDay ? [] : actions,
    bulkDay,
    bulkActions: bulkDay !== undefined && oneDay,
    symbols,
    calendar,
  };
}

/** An index has no trades to quote, and pays and splits nothing. */
const isSecurity = (code: Code): boolean => !isIndexCode(code);

const isOlder = (at: Instant | undefined, now: Instant, age: number): boolean => at === undefined || now - at >= age;

/** The codes whose quotes should be asked for; `every` is how old one may get while the market is open. */
export function dueQuotes(
  db: Database,
  codes: readonly Code[],
  histories: ReturnType<typeof priceHistories>,
  now: Instant,
  every: number,
): Code[] {
  const quotes = quotesOf(db, codes);
  const overrides = readOverrides(db);
  const asked = readAsked(db, 'quotes');
  return codes.filter(code => {
    const quote = quotes.get(code);
    const askedAt = Math.max(quote?.fetchedAt ?? 0, asked[code] ?? 0) || undefined;
    const stamp =
      quote?.at === undefined
        ? undefined
        : ({ kind: 'quote', tradedAt: quote.at, fetchedAt: quote.fetchedAt } as const);
    return isQuoteDue({ stamp, askedAt }, histories.get(code)?.lastDate, now, every, overrides);
  });
}

function dueBars(db: Database, codes: readonly Code[], histories: ReturnType<typeof priceHistories>, now: Instant) {
  const asked = readAsked(db, 'history');
  const starts = readHistoryStarts(db);
  const overrides = readOverrides(db);
  const first = currentEntries(db)[0]?.on;
  const fiveYears = addMonths(sydneyDate(now), -historyMonths);
  const from = first === undefined ? fiveYears : earlier(addMonths(first, -12), fiveYears);
  return codes.flatMap(code => {
    const known = histories.get(code);
    // Bars that came one day at a time for the whole exchange are no history.
    const start = earlier(known?.firstDate ?? from, starts[code] ?? known?.firstDate ?? from);
    // An entry of long ago wants an older history than was asked for.
    const whole = known?.fullFetchedAt === undefined || start > addDays(from, 400);
    if (!isHistoryDue(whole ? undefined : known.lastDate, asked[code], now, overrides)) return [];
    return [{ code, from: whole ? from : addDays(known.lastDate, 1), whole }];
  });
}
