/**
 * The simulated exchange: what it traded, day by day, and what a feed delayed by 20 minutes shows now.
 *
 * Nothing is computed before it is asked for. `now` decides only how much is visible: the last five years of sessions
 * whose closing price a delayed feed has, and the dividends and splits that adjust them.
 */
import { addMonths, type Instant, type LocalDate, minute, sydneyDate } from '../domain/date.ts';
import { lastCompletedSession, previousTradingDay, session } from '../domain/market/calendar.ts';
import { hash, seedAt } from '../domain/random.ts';
import { type SimulatedDividend, yearOf } from './corporate-actions.ts';
import { type DayBar, type Factors, type History, type HistorySplit, simulateHistory } from './history.ts';
import { type SimulatedSecurity, simulatedIndex, simulatedSecurities } from './securities.ts';
import { numberSessions } from './sessions.ts';
import { dollars } from './tick.ts';
import { simulateTradingDay, type TradingDay } from './trading-day.ts';
import { groupVolatilityOf, marketVolatility, walkGroupOf } from './volatility.ts';
import { type Walk, walk } from './walk.ts';

const feedDelay = 20 * minute;
const historyMonths = 60;

/** One day in dollars. Prices are as traded; `adjustedClose` and `volume` allow for what came after, up to now. */
export type SimulatedBar = {
  readonly date: LocalDate;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly adjustedClose: number;
  readonly volume: number;
};

/** A delayed quote in dollars; without `traded` the security is suspended. */
export type SimulatedQuote = {
  readonly previousClose: number;
  readonly traded?:
    | {
        readonly at: Instant;
        readonly open: number;
        readonly high: number;
        readonly low: number;
        readonly price: number;
        readonly volume: number;
      }
    | undefined;
};

type Adjustment = { readonly session: number; readonly price: number; readonly volume: number };

export type Market = ReturnType<typeof simulateMarket>;

export function simulateMarket() {
  const sessions = numberSessions();
  const securities = simulatedSecurities();
  const byCode = new Map(securities.map(security => [String(security.code), security]));
  const index = simulatedIndex();
  byCode.set(index.code, index);
  const histories = new Map<string, History>();
  const adjustments = new Map<History, { last: number; factors: readonly Adjustment[] }>();
  const groups = new Map<string, Walk>();
  const tradingDays = new Map<string, { date: LocalDate; day: TradingDay }>();

  const factors: Factors = {
    market: walk('market 2', marketVolatility),
    group: security => {
      const name = walkGroupOf(security);
      const known = groups.get(name) ?? walk(`group ${name} 27`, groupVolatilityOf(name));
      groups.set(name, known);
      return known;
    },
  };

  const historyOf = (security: SimulatedSecurity): History => {
    const known = histories.get(security.code) ?? simulateHistory(security, sessions, factors);
    histories.set(security.code, known);
    return known;
  };

  /** The first and the last session on view; the last is no later than the security's suspension. */
  const windowOf = (history: History, now: Instant): { first: number; last: number } => {
    const last = sessions.lastUntil(lastCompletedSession(now));
    const first = sessions.firstFrom(addMonths(sydneyDate(now), -historyMonths));
    return { first, last: Math.min(last, history.lastSession ?? last) };
  };

  /** The factors of each dividend and split up to `last`, newest first. */
  const adjustmentsOf = (history: History, last: number): readonly Adjustment[] => {
    const known = adjustments.get(history);
    if (known?.last === last) return known.factors;
    const until = sessions.dateAt(last);
    const found: Adjustment[] = [];
    for (const dividend of history.dividendsUntil(yearOf(until))) {
      const ex = sessions.firstFrom(dividend.exDate);
      if (ex === 0 || dividend.exDate > until) continue;
      found.push({ session: ex, price: 1 - dividend.perUnit / dollars(history.closeAt(ex - 1)), volume: 1 });
    }
    const split = history.split;
    if (split !== undefined && split.session <= last) {
      found.push({ session: split.session, price: 1 / split.ratio, volume: split.ratio });
    }
    found.sort((a, b) => b.session - a.session);
    adjustments.set(history, { last, factors: found });
    return found;
  };

  const barOf = (bar: DayBar, price: number, volume: number): SimulatedBar => ({
    date: sessions.dateAt(bar.session),
    open: dollars(bar.open),
    high: dollars(bar.high),
    low: dollars(bar.low),
    close: dollars(bar.close),
    adjustedClose: dollars(bar.close) * price,
    volume: bar.volume * volume,
  });

  const barsBetween = (history: History, first: number, last: number, until: number): SimulatedBar[] => {
    const due = adjustmentsOf(history, until);
    const bars: SimulatedBar[] = [];
    let next = 0;
    let price = 1;
    let volume = 1;
    for (let number = last; number >= first; number -= 1) {
      for (let after = due[next]; after !== undefined && after.session > number; after = due[next]) {
        price *= after.price;
        volume *= after.volume;
        next += 1;
      }
      bars.push(barOf(history.barAt(number), price, volume));
    }
    return bars.reverse();
  };

  const tradingDayOf = (history: History, date: LocalDate, bar: DayBar, minutes: number): TradingDay => {
    const { code, kind } = history.security;
    const known = tradingDays.get(code);
    if (known?.date === date) return known.day;
    const day = simulateTradingDay(bar, minutes, kind, seedAt(hash(`${code} minutes`), bar.session));
    tradingDays.set(code, { date, day });
    return day;
  };

  /** The close before a session, in the units of that session. */
  const previousCloseOf = (history: History, number: number): number => {
    const close = dollars(history.closeAt(Math.max(0, number - 1)));
    return history.split?.session === number ? close / history.split.ratio : close;
  };

  return {
    securities,
    index,
    /** The security with this code, the index included. */
    find: (code: string): SimulatedSecurity | undefined => byCode.get(code),

    /** Daily bars on view at `now`, oldest first; `from` and `to` are included. */
    bars: (security: SimulatedSecurity, now: Instant, from?: LocalDate, to?: LocalDate): SimulatedBar[] => {
      const history = historyOf(security);
      const { first, last } = windowOf(history, now);
      const wantedFirst = from === undefined ? first : Math.max(first, sessions.firstFrom(from));
      const wantedLast = to === undefined ? last : Math.min(last, sessions.lastUntil(to));
      return barsBetween(history, wantedFirst, wantedLast, last);
    },

    /** Dividends on view at `now`, oldest first; those that are declared but not yet ex are the last. */
    dividends: (security: SimulatedSecurity, now: Instant): SimulatedDividend[] => {
      const today = sydneyDate(now);
      const from = addMonths(today, -historyMonths);
      return historyOf(security)
        .dividendsUntil(yearOf(today) + 1)
        .filter(dividend => dividend.exDate >= from && dividend.declaredOn <= today);
    },

    split: (security: SimulatedSecurity, now: Instant): HistorySplit | undefined => {
      const split = historyOf(security).split;
      return split !== undefined && split.date <= sydneyDate(now) ? split : undefined;
    },

    /** The split that has not been yet. */
    laterSplit: (security: SimulatedSecurity, now: Instant): HistorySplit | undefined => {
      const split = historyOf(security).split;
      return split !== undefined && split.date > sydneyDate(now) ? split : undefined;
    },

    /** What the delayed feed shows at `now`: the session's trading, outside it the last close. */
    quote: (security: SimulatedSecurity, now: Instant): SimulatedQuote => {
      const history = historyOf(security);
      const seen = now - feedDelay;
      const today = sydneyDate(seen);
      const current = session(today);
      const trades = current !== undefined && seen >= current.opensAt;
      const date = trades ? today : previousTradingDay(today);
      const number = sessions.firstFrom(date);
      if (history.lastSession !== undefined && number > history.lastSession) {
        return { previousClose: dollars(history.closeAt(history.lastSession)) };
      }
      const bar = history.barAt(number);
      const previousClose = previousCloseOf(history, number);
      const open = dollars(bar.open);
      if (trades && seen < current.auctionAt) {
        const at = Math.min(current.closesAt, seen - ((seen - current.opensAt) % minute));
        const minutes = (current.closesAt - current.opensAt) / minute;
        const day = tradingDayOf(history, date, bar, minutes).at((at - current.opensAt) / minute);
        const { high, low, price, volume } = day;
        const traded = { at, open, high: dollars(high), low: dollars(low), price: dollars(price), volume };
        return { previousClose, traded };
      }
      const at = session(date)?.auctionAt ?? seen;
      const { high, low, close, volume } = bar;
      const traded = { at, open, high: dollars(high), low: dollars(low), price: dollars(close), volume };
      return { previousClose, traded };
    },
  };
}
