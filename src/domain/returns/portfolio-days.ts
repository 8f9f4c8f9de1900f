/**
 * A portfolio day by day: value, money in and out, profit, time-weighted return.
 *
 * A record stands for each trading day, and for each other day that has an entry, so that month and financial year ends
 * fall where the entries say. The value V of a day is units at its close x the last as-traded close (restated where the
 * ledger split since), plus the balance of those portfolios that keep a cash account. Inflows D count at the start of a
 * day and outflows W at its end:
 *
 *   profit = V1 - V0 + W - D            r = (V1 + W) / (V0 + D) - 1
 *
 * With a cash account only deposits and withdrawals are flows: income is inside V1. Without one buys (with brokerage) and
 * fees flow in, sales (net), income and interest flow out. Units that are brought in or leave count at their market value.
 * Portfolios that are combined each keep their own rule, and units that move between them cancel.
 *
 * Unknown is not zero: while a held security has no price it is in neither value nor flows, and is named; what was paid
 * for it flows in on the day of its first price. r is undefined where nothing was invested (V0 + D is not above zero).
 * Sums are in whole cents (see `cents`): the profit identity holds each day to the cent.
 */
import { compareText } from '../compare-text.ts';
import type { LocalDate } from '../date.ts';
import type { CashClose } from '../ledger/fold.ts';
import type { Code } from '../market/security.ts';
import { type Cents, toCents } from './cents.ts';
import { dayKey } from './closes.ts';
import { settleExchanges } from './exchanges.ts';
import { addHoldingDays, type DayHolding } from './holding-days.ts';
import type { CashMovement } from './movements.ts';
import { type BroughtIn, type HoldingSums, plus, plusFlow, type Tally } from './tally.ts';
import { emptyTrail, keptDays, type Trail } from './trail.ts';

export type PortfolioDay = {
  readonly date: LocalDate;
  /** False for a day with entries on which the exchange was closed. */
  readonly isTradingDay: boolean;
  readonly value: Cents;
  readonly inflow: Cents;
  readonly outflow: Cents;
  readonly profit: Cents;
  /** Income received that day, before tax withheld, with interest. */
  readonly income: Cents;
  /** The time-weighted return as a fraction; undefined where nothing was invested. */
  readonly timeWeighted: number | undefined;
  /** How many securities were held at the close. */
  readonly held: number;
  /** Held at the close and without a price: in neither value nor flows. */
  readonly unpriced: readonly Code[];
};

/** Whether the value of a day is known: false where all that is held is without a price and there is no cash. */
export const isValued = ({ held, unpriced, value }: Pick<PortfolioDay, 'held' | 'unpriced' | 'value'>): boolean =>
  held === 0 || unpriced.length < held || value !== 0;

/** In cents; undefined where nothing of what is held has a price: nothing is known of it then, and it is not zero. */
export const knownProfit = (of: {
  readonly profit: Cents;
  readonly isValued: boolean;
  readonly timeWeighted: number | undefined;
}): Cents | undefined => (of.isValued || of.timeWeighted !== undefined ? of.profit : undefined);

export const profitOfDay = (day: PortfolioDay): Cents | undefined => knownProfit({ ...day, isValued: isValued(day) });

/** What one security did over all the days; amounts in cents. Profit is price + income - costs. */
export type Contribution = {
  /** Undefined is cash: interest and fees. */
  readonly code: Code | undefined;
  readonly startValue: Cents;
  readonly endValue: Cents;
  readonly putIn: Cents;
  readonly takenOut: Cents;
  readonly profit: Cents;
  /** Gain of what was sold and change of what was kept, before brokerage. */
  readonly price: Cents;
  readonly income: Cents;
  /** Brokerage and tax withheld; of cash, fees. */
  readonly costs: Cents;
};

export type PortfolioDays = {
  /** Value at the close before the first day. */
  readonly startValue: Cents;
  readonly days: readonly PortfolioDay[];
  readonly contributions: readonly Contribution[];
  /** Securities whose first price came after they did, and units of unknown market value that came at their cost. */
  readonly broughtIn: readonly BroughtIn[];
  /** Held on one of the days and never priced on any of them. */
  readonly neverPriced: readonly Code[];
  /** What all of it is made of. */
  readonly trail: Trail;
};

export type PortfolioDaysInput = {
  /** The day before the first one: what the first day's change is measured from. */
  readonly baseline: LocalDate;
  /** Trading days and days with entries, oldest first, all after the baseline. */
  readonly dates: readonly LocalDate[];
  readonly isTradingDay: (date: LocalDate) => boolean;
  /** The portfolios that keep a cash account. */
  readonly keepsCash: ReadonlySet<string>;
  /** Taken one after the other: the closes of all need not lie in memory at once. */
  readonly holdings: Iterable<DayHolding>;
  /** The balances of the portfolios that keep a cash account. */
  readonly cash: readonly (readonly CashClose[])[];
  readonly cashMovements: readonly CashMovement[];
  /** From this day on the trail keeps the positions of every day, not of months' ends alone. */
  readonly everyDayFrom?: LocalDate | undefined;
};

export function portfolioDays(input: PortfolioDaysInput): PortfolioDays {
  const tally = emptyTally(input);
  for (const holding of input.holdings) addHoldingDays(tally, holding);
  settleExchanges(tally);
  const cash = addCash(tally, input);
  const contributions = [...tally.contributions.values()].map(contribution).filter(isNotIdle);
  return {
    startValue: tally.values[0] ?? 0,
    days: daysOf(tally, input),
    contributions: [...contributions.sort(byProfit), ...[cash].filter(isNotIdle)],
    broughtIn: tally.broughtIn,
    neverPriced: [...new Set(tally.unpriced.map(each => each.code))].filter(code => !tally.priced.has(code)),
    trail: tally.trail,
  };
}

function emptyTally({ baseline, dates, keepsCash, everyDayFrom }: PortfolioDaysInput): Tally {
  const all = [baseline, ...dates];
  return {
    dates: all,
    keys: Int32Array.from(all, dayKey),
    indexOf: new Map(all.map((date, index) => [date, index])),
    keepsCash,
    values: new Float64Array(all.length),
    inflows: new Float64Array(all.length),
    outflows: new Float64Array(all.length),
    income: new Float64Array(all.length),
    held: new Uint16Array(all.length),
    unpriced: [],
    priced: new Set(),
    broughtIn: [],
    contributions: new Map(),
    exchanges: new Map(),
    isKept: keptDays(all, everyDayFrom),
    trail: emptyTrail(baseline),
    spent: 0,
  };
}

function contribution(sums: Omit<HoldingSums, 'code'> & Pick<Contribution, 'code'>): Contribution {
  const profit = sums.endValue - sums.startValue + sums.takenOut - sums.putIn;
  return { ...sums, profit, price: profit - sums.income + sums.costs };
}

const isNotIdle = ({ code, ...figures }: Contribution): boolean => Object.values(figures).some(figure => figure !== 0);

const byProfit = (a: Contribution, b: Contribution): number =>
  b.profit - a.profit || compareText(a.code ?? '', b.code ?? '');

/** Adds the balances, and the money that came from outside or went there; answers what cash itself made. */
function addCash(tally: Tally, input: PortfolioDaysInput): Contribution {
  const { dates, indexOf, keepsCash, values, trail } = tally;
  const before = values.slice();
  for (const closes of input.cash) {
    let next = 0;
    let balance = 0;
    for (const [index, date] of dates.entries()) {
      for (let close = closes[next]; close !== undefined && close.on <= date; close = closes[next]) {
        balance = toCents(close.balance);
        next += 1;
      }
      plus(values, index, balance);
    }
  }
  const balanceAt = (index: number): Cents => (values[index] as Cents) - (before[index] as Cents);
  if (input.cash.length > 0) {
    for (const [index, on] of dates.entries()) {
      if (!tally.isKept[index]) continue;
      trail.positions.push({ on, code: undefined, identity: undefined, value: balanceAt(index), held: undefined });
    }
  }
  const row = { startValue: balanceAt(0), endValue: balanceAt(dates.length - 1), ...nothingMoved };
  for (const movement of input.cashMovements) {
    const index = indexOf.get(movement.on);
    if (index === undefined || index === 0) continue;
    const moved = moveCash(tally, index, movement, keepsCash.has(movement.portfolio));
    row.putIn += moved.putIn;
    row.takenOut += moved.takenOut;
    row.income += moved.income;
    row.costs += moved.costs;
    trail.moves.push({ ...moved, on: movement.on, identity: undefined, entry: movement.entry, words: undefined });
  }
  // What securities cost and brought passed through the accounts.
  row.takenOut += tally.spent;
  return contribution({ code: undefined, ...row });
}

const nothingMoved = { putIn: 0, takenOut: 0, income: 0, costs: 0 };

/** Money that came from outside or went there, interest and fees; what it adds to the sums of cash. */
function moveCash(tally: Tally, index: number, { kind, amount, entry }: CashMovement, inside: boolean) {
  switch (kind) {
    case 'interest':
      plusFlow(tally, index, 'income', amount, { entry });
      if (!inside) plusFlow(tally, index, 'out', amount, { entry });
      return { ...nothingMoved, income: amount, takenOut: inside ? 0 : amount };
    case 'fee':
      if (!inside) plusFlow(tally, index, 'in', amount, { entry });
      return { ...nothingMoved, costs: amount, putIn: inside ? 0 : amount };
    case 'deposit':
      if (!inside) return nothingMoved;
      plusFlow(tally, index, 'in', amount, { entry });
      return { ...nothingMoved, putIn: amount };
    case 'withdraw':
      if (!inside) return nothingMoved;
      plusFlow(tally, index, 'out', amount, { entry });
      return { ...nothingMoved, takenOut: amount };
  }
}

function daysOf(tally: Tally, { dates, isTradingDay }: PortfolioDaysInput): PortfolioDay[] {
  const { values, inflows, outflows, income, held } = tally;
  const unpricedOn = unpricedByDay(tally);
  const days: PortfolioDay[] = [];
  for (const [at, date] of dates.entries()) {
    const index = at + 1;
    const before = values[at] as Cents;
    const value = values[index] as Cents;
    const inflow = inflows[index] as Cents;
    const outflow = outflows[index] as Cents;
    const invested = before + inflow;
    const profit = value - before + outflow - inflow;
    days.push({
      date,
      isTradingDay: isTradingDay(date),
      value,
      inflow,
      outflow,
      profit,
      income: income[index] as Cents,
      // (V1 + W) / (V0 + D) - 1, without the rounding of a quotient near one.
      timeWeighted: invested > 0 && profit >= -invested ? profit / invested : undefined,
      held: held[index] as number,
      unpriced: unpricedOn(index),
    });
  }
  return days;
}

const none: readonly Code[] = [];

/** The codes without a price on a day; a list is made anew only where it changes. */
function unpricedByDay({ unpriced }: Tally): (index: number) => readonly Code[] {
  const changes = new Set(unpriced.flatMap(({ from, to }) => [from, to + 1]));
  let current = none;
  return index => {
    if (changes.has(index) || (index === 1 && changes.has(0))) {
      const codes = unpriced.filter(({ from, to }) => from <= index && index <= to).map(each => each.code);
      current = codes.length === 0 ? none : codes;
    }
    return current;
  };
}
