/**
 * What following a ranking would have brought: every 21 sessions the top fifth in equal parts, against a benchmark that
 * is bought once and held.
 *
 * What is decided after the close of a day is traded at the next open, of adjusted prices, with brokerage for each trade
 * and half the spread on its value; units may be fractions. A security without an open that day is neither bought nor
 * sold; it is sold at the next turn, and is worth its last price meanwhile. A period counts when its 21 sessions are
 * over, and the end is valued at the close, unsold, as the benchmark is.
 *
 * Troubles a user sees: no ranking is 21 sessions old yet, or the benchmark has no price on the first day.
 */
import { compareText } from '../compare-text.ts';
import type { LocalDate } from '../date.ts';
import type { Code } from '../market/security.ts';
import { type Drawdown, maxDrawdown } from '../returns/drawdown.ts';
import { mean } from '../returns/statistics.ts';
import { finish, type Steps } from '../steps.ts';
import { type BlockFigure, blockFigure, blockSessions } from './evaluation/blocks.ts';

/** Adjusted, one for each session; NaN where the security had no bar. */
export type SessionPrices = { readonly open: Float64Array; readonly close: Float64Array };

export type BacktestMarket = {
  readonly sessions: readonly LocalDate[];
  readonly prices: ReadonlyMap<Code, SessionPrices>;
  readonly benchmark: SessionPrices;
};

/** What was said at the close of a date. */
export type RankedRow = { readonly date: LocalDate; readonly code: Code; readonly score: number };

export type BacktestRules = {
  /** Dollars to begin with. */
  readonly capital: number;
  /** Of each trade the greater of the two. */
  readonly brokerageFlat: number;
  readonly brokeragePct: number;
  /** The whole spread in percent of the price; a trade pays half of it. */
  readonly spreadPct: number;
};

export type BacktestPeriod = {
  readonly decidedOn: LocalDate;
  readonly filledOn: LocalDate;
  readonly codes: readonly Code[];
  /** Wanted, and without an open on that day. */
  readonly unfilled: readonly Code[];
  /** Half the sum of what the weights changed by, cash included. */
  readonly turnover: number;
  /** Dollars of brokerage and spread. */
  readonly costs: number;
  /** From the open at which it was filled to the next one, costs included; the last one to its last close. */
  readonly rate: number;
  readonly benchmarkRate: number;
};

export type Backtest = {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly periods: readonly BacktestPeriod[];
  /** All as fractions: 0.05 is 5%. */
  readonly netReturn: number;
  /** Without brokerage and spread. */
  readonly grossReturn: number;
  readonly benchmarkReturn: number;
  /** Dollars over all periods. */
  readonly costs: number;
  /** The mean of the turns after the first; undefined where there is none. */
  readonly turnover: number | undefined;
  /** Undefined where the value never fell. */
  readonly drawdown: Drawdown | undefined;
  readonly benchmarkDrawdown: Drawdown | undefined;
  /** By how much a period's return is above the benchmark's. */
  readonly excess: BlockFigure;
};

/** The backtest, or why there is none. */
export const backtest = (...given: Parameters<typeof backtestInSteps>): Backtest | { readonly reason: string } =>
  finish(backtestInSteps(...given));

export function* backtestInSteps(
  rows: readonly RankedRow[],
  market: BacktestMarket,
  rules: BacktestRules,
): Steps<Backtest | { readonly reason: string }> {
  const turns = turnsOf(rows, market.sessions);
  const [first, last] = [turns[0], turns.at(-1)];
  if (first === undefined || last === undefined) {
    return { reason: `no ranking is ${blockSessions} sessions old with a fifth to buy` };
  }
  const end = last.session + blockSessions;
  const held = yield* followed(turns, end, market, rules);
  const benchmark = bought(market.benchmark, turns, end, rules);
  if (benchmark === undefined) {
    return { reason: `the benchmark has no price on ${market.sessions[first.session + 1]}` };
  }
  const periods = held.periods.map((period, index) => ({ ...period, benchmarkRate: benchmark.rates[index] as number }));
  const later = periods.slice(1).map(period => period.turnover);
  const fills = turns.map(({ session }) => session + 1);
  const excess = blockFigure(
    fills,
    periods.map(({ rate, benchmarkRate }) => rate - benchmarkRate),
  );
  const free = { ...rules, brokerageFlat: 0, brokeragePct: 0, spreadPct: 0 };
  const freely = yield* followed(turns, end, market, free);
  const growth = (values: readonly number[]): number => (values.at(-1) as number) / rules.capital - 1;
  return {
    from: market.sessions[first.session + 1] as LocalDate,
    to: market.sessions[end] as LocalDate,
    periods,
    netReturn: growth(held.values),
    grossReturn: growth(freely.values),
    benchmarkReturn: growth(benchmark.values),
    costs: periods.reduce((sum, period) => sum + period.costs, 0),
    turnover: later.length === 0 ? undefined : mean(later),
    drawdown: deepestFall(held.values, first, market, rules),
    benchmarkDrawdown: deepestFall(benchmark.values, first, market, rules),
    excess,
  };
}

/** A date at which the portfolio is turned over, and the fifth that it is turned to. */
type Turn = { readonly session: number; readonly codes: readonly Code[] };

/** The dates at least a block apart whose period is over, oldest first. */
function turnsOf(rows: readonly RankedRow[], sessions: readonly LocalDate[]): Turn[] {
  const byDate = Map.groupBy(rows, row => row.date);
  const turns: Turn[] = [];
  let next = 0;
  for (const [session, date] of sessions.entries()) {
    if (session < next || session + blockSessions >= sessions.length) continue;
    const ranked = [...(byDate.get(date) ?? [])].sort((a, b) => b.score - a.score || compareText(a.code, b.code));
    const codes = ranked.slice(0, Math.floor(ranked.length / 5)).map(row => row.code);
    if (codes.length === 0) continue;
    turns.push({ session, codes });
    next = session + blockSessions;
  }
  return turns;
}

/** Units, and the last price at which they are valued. */
type Parcel = { readonly units: number; price: number };
type Portfolio = { readonly held: Map<Code, Parcel>; cash: number };
type Prices = BacktestMarket['prices'];

const worth = ({ held, cash }: Portfolio): number =>
  [...held.values()].reduce((sum, { units, price }) => sum + units * price, cash);

function mark({ held }: Portfolio, prices: Prices, session: number, series: 'open' | 'close'): void {
  for (const [code, parcel] of held) {
    const price = prices.get(code)?.[series][session] ?? Number.NaN;
    if (!Number.isNaN(price)) parcel.price = price;
  }
}

type Followed = {
  /** At the close of each session from the first fill to the end. */
  readonly values: readonly number[];
  readonly periods: readonly Omit<BacktestPeriod, 'benchmarkRate'>[];
};

function* followed(turns: readonly Turn[], end: number, market: BacktestMarket, rules: BacktestRules): Steps<Followed> {
  const { sessions, prices } = market;
  const portfolio: Portfolio = { held: new Map(), cash: rules.capital };
  const values: number[] = [];
  const periods: Omit<BacktestPeriod, 'benchmarkRate'>[] = [];
  for (const [index, turn] of turns.entries()) {
    const fill = turn.session + 1;
    mark(portfolio, prices, fill, 'open');
    const before = worth(portfolio);
    const turned = turnOver(portfolio, turn.codes, code => prices.get(code)?.open[fill] ?? Number.NaN, rules);
    const next = turns[index + 1];
    const until = next?.session ?? end;
    for (let session = fill; session <= until; session += 1) {
      mark(portfolio, prices, session, 'close');
      values.push(worth(portfolio));
    }
    if (next !== undefined) mark(portfolio, prices, until + 1, 'open');
    const [decidedOn, filledOn] = [sessions[turn.session] as LocalDate, sessions[fill] as LocalDate];
    periods.push({ decidedOn, filledOn, ...turned, rate: worth(portfolio) / before - 1 });
    yield;
  }
  return { values, periods };
}

/** Turns the portfolio, valued at the open, to equal parts of the wanted codes that have one. */
function turnOver(
  portfolio: Portfolio,
  wanted: readonly Code[],
  openOf: (code: Code) => number,
  rules: BacktestRules,
): Pick<BacktestPeriod, 'codes' | 'unfilled' | 'turnover' | 'costs'> {
  const { held } = portfolio;
  const isOpen = (code: Code): boolean => !Number.isNaN(openOf(code));
  const before = worth(portfolio);
  const oldCash = portfolio.cash;
  const old = new Map([...held].map(([code, { units, price }]) => [code, units * price]));
  const codes = wanted.filter(isOpen);
  const entering = new Set(codes);
  const traded = new Set([...old.keys(), ...codes].filter(isOpen));
  const stuck = [...old].reduce((sum, [code, value]) => (isOpen(code) ? sum : sum + value), 0);
  const costAt = (part: number): number =>
    [...traded].reduce((sum, code) => {
      const change = (entering.has(code) ? part : 0) - (old.get(code) ?? 0);
      return sum + costOf(Math.abs(change), rules);
    }, 0);
  const free = before - stuck;
  const count = Math.max(1, codes.length);
  // What trading costs is set aside first, so that the parts can be paid for.
  const part = (free - costAt(free / count)) / count;
  const costs = costAt(part);
  for (const code of traded) held.delete(code);
  for (const code of codes) held.set(code, { units: part / openOf(code), price: openOf(code) });
  portfolio.cash = free - costs - part * codes.length;
  const after = before - costs;
  let moved = Math.abs(portfolio.cash / after - oldCash / before);
  for (const code of new Set([...old.keys(), ...held.keys()])) {
    const { units, price } = held.get(code) ?? { units: 0, price: 0 };
    moved += Math.abs((units * price) / after - (old.get(code) ?? 0) / before);
  }
  return { codes, unfilled: wanted.filter(code => !isOpen(code)), turnover: moved / 2, costs };
}

/** Dollars of brokerage and half the spread on a trade of `value` dollars. */
function costOf(value: number, { brokerageFlat, brokeragePct, spreadPct }: BacktestRules): number {
  if (value < 0.005) return 0;
  return Math.max(brokerageFlat, (value * brokeragePct) / 100) + (value * spreadPct) / 200;
}

/** The benchmark, bought at the first fill and held; undefined where it has no price then. */
function bought({ open, close }: SessionPrices, turns: readonly Turn[], end: number, rules: BacktestRules) {
  const fills = turns.map(turn => turn.session + 1);
  const first = fills[0] as number;
  const price = open[first] as number;
  if (Number.isNaN(price)) return undefined;
  const units = (rules.capital - costOf(rules.capital, rules)) / price;
  let last = price;
  const values: number[] = [];
  const turnValues: number[] = [];
  for (let session = first; session <= end; session += 1) {
    const [opened, closed] = [open[session] as number, close[session] as number];
    if (!Number.isNaN(opened)) last = opened;
    if (fills.includes(session)) turnValues.push(session === first ? rules.capital : units * last);
    if (!Number.isNaN(closed)) last = closed;
    values.push(units * last);
  }
  const rates = turnValues.map((value, index) => ((turnValues[index + 1] ?? values.at(-1)) as number) / value - 1);
  return { values, rates };
}

/** From the first fill on; what was there before it is a peak too. */
function deepestFall(values: readonly number[], { session }: Turn, { sessions }: BacktestMarket, rules: BacktestRules) {
  const days = values.map((value, index) => ({
    date: sessions[session + 1 + index] as LocalDate,
    isTradingDay: true,
    timeWeighted: value / (values[index - 1] ?? rules.capital) - 1,
  }));
  return maxDrawdown(days, sessions[session] as LocalDate);
}
