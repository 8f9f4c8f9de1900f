/**
 * What a portfolio was worth at each close: units of that day x the as-traded close of that day, plus cash.
 *
 * The series is for a line on the screen and for statistics, so it is in floats; the valuation of a day is `holding`.
 * A security without a bar on a day is carried at its last close, restated where the ledger split it since. A day on
 * which a held security had never been priced is unknown, not zero; a security that has no price at all is left out and
 * named.
 */
import type { LocalDate } from '../date.ts';
import { toFloat } from '../decimal.ts';
import type { CashClose, UnitClose } from '../ledger/fold.ts';
import type { Code } from '../market/security.ts';

export type SeriesHolding = {
  readonly code: Code;
  readonly closes: readonly UnitClose[];
  /** As-traded closes, oldest first. */
  readonly prices: readonly { readonly date: LocalDate; readonly close: number }[];
  /** New units for one old one by the ledger's actions after `from`, up to and including `to`. */
  readonly factor: (from: LocalDate, to: LocalDate) => number;
};

export type ValueSeries = {
  readonly points: readonly { readonly date: LocalDate; readonly value: number | undefined }[];
  /** Held within the dates, and never priced. */
  readonly excluded: readonly Code[];
};

type Input = {
  readonly dates: readonly LocalDate[];
  readonly holdings: readonly SeriesHolding[];
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

export function valueSeries({ dates, holdings, cash }: Input): ValueSeries {
  const priced = holdings.filter(holding => holding.prices.length > 0);
  const walks = priced.map(holding => ({
    holding,
    units: lastUpTo(holding.closes, close => close.on),
    price: lastUpTo(holding.prices, price => price.date),
  }));
  const balances = cash.map(closes => lastUpTo(closes, close => close.on));
  const points = dates.map(date => {
    let value: number | undefined = 0;
    for (const { holding, units, price } of walks) {
      const held = units(date);
      const last = price(date);
      if (held === undefined || held.units.eq('0')) continue;
      if (last === undefined) value = undefined;
      else if (value !== undefined) {
        const restated = last.date === date ? last.close : last.close / holding.factor(last.date, date);
        value += toFloat(held.units) * restated;
      }
    }
    for (const balance of balances) if (value !== undefined) value += toFloat0(balance(date));
    return { date, value };
  });
  const last = dates.at(-1);
  const wasHeld = ({ closes }: SeriesHolding): boolean =>
    closes.some(close => last !== undefined && close.on <= last && close.units.gt('0'));
  const excluded = [
    ...new Set(holdings.filter(each => each.prices.length === 0 && wasHeld(each)).map(each => each.code)),
  ];
  return { points, excluded };
}

const toFloat0 = (close: CashClose | undefined): number => (close === undefined ? 0 : toFloat(close.balance));
