/**
 * What a portfolio was worth at each close: units of that day x the as-traded close of that day, plus cash.
 *
 * The series is for a line on the screen and for statistics, so it is in floats; the valuation of a day is `holding`.
 * A security without a bar on a day is carried at its last close, restated where the ledger split it since. A day on
 * which a held security had never been priced is unknown, not zero; a security that has no price at all is left out and
 * named.
 */
import type { LocalDate } from '../date.ts';
import { isPositive, isZero, toFloat } from '../decimal.ts';
import type { CashClose, UnitClose } from '../ledger/fold.ts';
import type { Code } from '../market/security.ts';

export type SeriesHolding = {
  readonly code: Code;
  readonly closes: readonly UnitClose[];
  /** As-traded closes, oldest first. */
  readonly prices: readonly { readonly date: LocalDate; readonly close: number }[];
  /** New units for one old one by the ledger's actions after `from`, up to and including `to`. */
  readonly factor: (from: LocalDate, to: LocalDate) => number;
  /** Dollars a unit now, where it is known: the last day is valued with it, as the holding is. */
  readonly latest?: number | undefined;
};

export type ValueSeries = {
  readonly points: readonly { readonly date: LocalDate; readonly value: number | undefined }[];
  /** Held within the dates, and never priced. */
  readonly excluded: readonly Code[];
};

type Input = {
  readonly dates: readonly LocalDate[];
  /** Taken one after the other: the prices of thousands of securities need not lie in memory at once. */
  readonly holdings: Iterable<SeriesHolding>;
  readonly cash: readonly (readonly CashClose[])[];
};

/** A walk through a list by date: the last element up to each date that is asked for, in order of time. */
function lastUpTo<T>(list: readonly T[], dateOf: (each: T) => LocalDate): (date: LocalDate) => T | undefined {
  let next = 0;
  return date => {
    for (let each = list[next]; each !== undefined && dateOf(each) <= date; each = list[next]) next += 1;
    return list[next - 1];
  };
}

/** Adds what a holding was worth on each of the days; a day on which it was held and had no price is unknown. */
function addValues(values: (number | undefined)[], dates: readonly LocalDate[], holding: SeriesHolding): void {
  const closeUpTo = lastUpTo(holding.closes, close => close.on);
  const priceUpTo = lastUpTo(holding.prices, price => price.date);
  let close: UnitClose | undefined;
  let units = 0;
  for (const [index, date] of dates.entries()) {
    const held = closeUpTo(date);
    const last = priceUpTo(date);
    if (held === undefined || isZero(held.units)) continue;
    if (held !== close) units = toFloat(held.units);
    close = held;
    const before = values[index];
    const isNow = index === dates.length - 1 && holding.latest !== undefined;
    if (isNow && before !== undefined) values[index] = before + units * holding.latest;
    else if (last === undefined || before === undefined) values[index] = undefined;
    else
      values[index] = before + units * (last.date === date ? last.close : last.close / holding.factor(last.date, date));
  }
}

export function valueSeries({ dates, holdings, cash }: Input): ValueSeries {
  const values: (number | undefined)[] = dates.map(() => 0);
  const excluded = new Set<Code>();
  const last = dates.at(-1);
  for (const holding of holdings) {
    const wasHeld = holding.closes.some(close => last !== undefined && close.on <= last && isPositive(close.units));
    if (holding.prices.length > 0) addValues(values, dates, holding);
    else if (wasHeld) excluded.add(holding.code);
  }
  const balances = cash.map(closes => lastUpTo(closes, close => close.on));
  const points = dates.map((date, index) => {
    let value = values[index];
    for (const balance of balances) if (value !== undefined) value += toFloat0(balance(date));
    return { date, value };
  });
  return { points, excluded: [...excluded] };
}

const toFloat0 = (close: CashClose | undefined): number => (close === undefined ? 0 : toFloat(close.balance));
