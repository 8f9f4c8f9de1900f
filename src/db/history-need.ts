/**
 * Which histories, dividends and splits are due, and the cheapest way to ask for them.
 *
 * The user's own securities are asked for at each end of day until there is an answer; where no security has the bar of
 * the day, the provider is late and is asked again. Of a universe of thousands, what
 * the provider did not have is asked for again after a month or when it trades; what has left the exchange, not at all
 * once its last days are there. Where many miss the same few sessions, days of the whole exchange take the place of
 * their own requests. They tell no franking and nothing that is only announced, so that the dividends of a few own
 * securities are still asked for by themselves.
 */
import { addDays, addMonths, day, earlier, type Instant, type LocalDate, sydneyDate } from '../domain/date.ts';
import { latestCloseDue } from '../domain/market/age.ts';
import { type CalendarOverrides, previousTradingDay, sessionsBetween } from '../domain/market/calendar.ts';
import { areActionsDue, isHistoryDue, notAhead } from '../domain/market/due.ts';
import { type Code, isIndexCode } from '../domain/market/security.ts';
import { cheapestDays } from '../domain/market/upkeep.ts';
import { type Asked, readAsked, readHistoryStarts } from './asked.ts';
import type { Database } from './database.ts';
import { currentEntries } from './entries.ts';
import { type PriceHistory, priceHistories } from './prices.ts';
import { leftTheExchange } from './securities.ts';
import { readOverrides } from './trading-days.ts';

export type BarsNeed = { readonly code: Code; readonly from: LocalDate; readonly whole: boolean };

export type HistoryNeed = {
  readonly bars: readonly BarsNeed[];
  /** Dividends and splits. */
  readonly actions: readonly Code[];
  readonly bulkDays: readonly LocalDate[];
};

const historyMonths = 60;
/** Prices, dividends and splits of one day: three requests of 100 calls. */
const callsOfDay = 300;
/** So many own securities and more are served by a day of the exchange alone. */
const manyOwn = 100;
/** Days until a security of a universe that came to nothing is asked for again. */
const patience = 30;

type Asking = {
  readonly own: readonly Code[];
  /** The securities of a universe that are none of the user's own. */
  readonly others: readonly Code[];
  readonly now: Instant;
  readonly byDay: boolean;
};

export function historyNeed(db: Database, { own, others, now, byDay }: Asking): HistoryNeed {
  const stored = readStored(db, [...own, ...others], now);
  const { isActionDue } = stored;
  const ownBars = own.flatMap(code => ownBarsDue(stored, code));
  const otherBars = others.flatMap(code => otherBarsDue(stored, code));
  const backfilled = new Set(otherBars.filter(each => each.whole).map(each => each.code));
  const isKept = (code: Code): boolean =>
    stored.histories.get(code)?.fullFetchedAt !== undefined && !stored.hasLeft(code);
  const actions = [
    ...own.filter(code => !isIndexCode(code) && isActionDue(code)),
    ...others.filter(code => (backfilled.has(code) || isKept(code)) && isActionDue(code)),
  ];
  const need = { bars: [...ownBars, ...otherBars], actions, bulkDays: [] };
  return byDay ? servedByDays(stored, need, actionsAlone(own)) : need;
}

/** The securities whose dividends and splits a day of the exchange does not tell well enough. */
export const actionsAlone = (own: readonly Code[]): ReadonlySet<Code> => new Set(own.length < manyOwn ? own : []);

type Stored = {
  readonly now: Instant;
  readonly due: LocalDate;
  readonly overrides: CalendarOverrides | undefined;
  /** Whether any of the securities has the bar of the day that is due. */
  readonly isPublished: boolean;
  readonly histories: ReadonlyMap<Code, PriceHistory>;
  readonly asked: Asked;
  readonly askedActions: Asked;
  readonly starts: Readonly<Record<string, LocalDate>>;
  /** From when on bars are wanted, by the entries. */
  readonly from: LocalDate;
  readonly fiveYears: LocalDate;
  readonly isActionDue: (code: Code) => boolean;
  /** Whether it is off the exchange's list, and has been asked for since. */
  readonly hasLeft: (code: Code) => boolean;
};

function readStored(db: Database, codes: readonly Code[], now: Instant): Stored {
  const overrides = readOverrides(db);
  const asked = askedBefore(now, readAsked(db, 'history'));
  const askedActions = askedBefore(now, readAsked(db, 'actions'));
  const first = currentEntries(db)[0]?.on;
  const fiveYears = addMonths(sydneyDate(now), -historyMonths);
  const left = leftTheExchange(db);
  const due = latestCloseDue(now, overrides);
  const histories = priceHistories(db, codes);
  return {
    now,
    due,
    overrides,
    isPublished: [...histories.values()].some(({ lastDate }) => lastDate >= due),
    histories,
    asked,
    askedActions,
    starts: readHistoryStarts(db),
    from: first === undefined ? fiveYears : earlier(addMonths(first, -12), fiveYears),
    fiveYears,
    isActionDue: code => areActionsDue(askedActions[code], now, overrides),
    hasLeft: code => {
      const lastListed = left.get(code);
      return lastListed !== undefined && (asked[code] ?? 0) >= lastListed + patience * day;
    },
  };
}

/** Without what a clock noted that has been set back since. */
const askedBefore = (now: Instant, asked: Asked): Asked =>
  Object.fromEntries(Object.entries(asked).filter(([, at]) => notAhead(at, now) !== undefined));

/** The day up to which an instant of asking has brought all there is. */
const closeAskedFor = (at: Instant | undefined, overrides: CalendarOverrides | undefined): LocalDate | undefined =>
  at === undefined ? undefined : latestCloseDue(at, overrides);

function isWhole({ histories, starts }: Stored, code: Code, from: LocalDate): boolean {
  const known = histories.get(code);
  // Bars that came one day at a time for the whole exchange are no history.
  if (known?.fullFetchedAt === undefined) return false;
  // An entry of long ago wants an older history than was asked for.
  return earlier(known.firstDate, starts[code] ?? known.firstDate) <= addDays(from, 400);
}

/** What is there from before `from` is not thrown away when the whole is fetched again. */
const wholeFrom = ({ histories }: Stored, code: Code, from: LocalDate): BarsNeed => ({
  code,
  from: earlier(from, histories.get(code)?.firstDate ?? from),
  whole: true,
});

const sinceLast = (code: Code, lastDate: LocalDate): BarsNeed => ({ code, from: addDays(lastDate, 1), whole: false });

function ownBarsDue(stored: Stored, code: Code): BarsNeed[] {
  const { now, asked, from } = stored;
  const lastDate = isWhole(stored, code, from) ? stored.histories.get(code)?.lastDate : undefined;
  if (!isHistoryDue(lastDate, asked[code], now, stored)) return [];
  return [lastDate === undefined ? wholeFrom(stored, code, from) : sinceLast(code, lastDate)];
}

function otherBarsDue(stored: Stored, code: Code): BarsNeed[] {
  const { now, overrides, asked, histories, fiveYears } = stored;
  const known = histories.get(code);
  const askedAt = asked[code];
  if (known !== undefined && isWhole(stored, code, fiveYears)) {
    const isDue = isHistoryDue(known.lastDate, askedAt, now, stored) && !stored.hasLeft(code);
    return isDue ? [sinceLast(code, known.lastDate)] : [];
  }
  const askedFor = closeAskedFor(askedAt, overrides);
  const hasTraded = known !== undefined && askedFor !== undefined && known.lastDate > askedFor;
  const isDue = askedAt === undefined || hasTraded || now - askedAt >= patience * day;
  return isDue ? [wholeFrom(stored, code, fiveYears)] : [];
}

/** Puts days of the whole exchange in the place of what they bring, where that is cheaper. */
function servedByDays(stored: Stored, need: HistoryNeed, alone: ReadonlySet<Code>): HistoryNeed {
  const { due, overrides, histories, asked, askedActions } = stored;
  const bars = new Map(need.bars.map(each => [each.code, each]));
  const actions = new Set(need.actions);
  const missing = (after: LocalDate | undefined): number =>
    after === undefined ? Number.POSITIVE_INFINITY : sessionsBetween(after, due, overrides);
  /** By code: sessions of bars and of actions that days would have to bring. */
  const wanted = [...new Set([...bars.keys(), ...actions])].flatMap(code => {
    const bar = bars.get(code);
    // An index is not on the exchange's list, so its day comes with none of the exchange.
    if (bar?.whole || isIndexCode(code)) return [];
    // Asked for already and still due: the day itself is late.
    const barSessions =
      bar && Math.max(1, missing(later(histories.get(code)?.lastDate, closeAskedFor(asked[code], overrides))));
    const ownActions = actions.has(code) && alone.has(code);
    const actionSessions =
      actions.has(code) && !ownActions ? missing(closeAskedFor(askedActions[code], overrides)) : undefined;
    const sessions = Math.max(barSessions ?? 0, actionSessions ?? 0);
    return [
      {
        code,
        sessions,
        alone: (bar ? 1 : 0) + (actions.has(code) ? 2 : 0),
        besideDays: ownActions ? 2 : 0,
        hasActions: actionSessions !== undefined,
      },
    ];
  });
  const count = cheapestDays(
    wanted.filter(each => Number.isFinite(each.sessions)),
    callsOfDay,
  );
  if (count === 0) return need;
  const served = wanted.filter(each => each.sessions <= count);
  const servedBars = new Set(served.map(each => each.code));
  const servedActions = new Set(served.filter(each => each.hasActions).map(each => each.code));
  return {
    bars: need.bars.filter(each => each.whole || !servedBars.has(each.code)),
    actions: need.actions.filter(code => !servedActions.has(code)),
    bulkDays: latestSessions(due, count, overrides),
  };
}

const later = (a: LocalDate | undefined, b: LocalDate | undefined): LocalDate | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

function latestSessions(due: LocalDate, count: number, overrides: CalendarOverrides | undefined): LocalDate[] {
  const days = [due];
  for (let date = due; days.length < count; ) {
    date = previousTradingDay(date, overrides);
    days.unshift(date);
  }
  return days;
}
