/**
 * A benchmark with its dividends reinvested, and the twin: what the same money would have become in it.
 *
 * The level follows the as-traded closes; on an ex-date the dividend buys more of the benchmark at that day's close, and
 * a split of the provider changes the units. Where no dividends are stored, the provider's adjusted closes, which have
 * them taken out, serve in their place. An index has no dividends: it is "price only" and lags by what it would have
 * paid. A day without a close carries the last.
 *
 * The twin buys at the close of a day what flows in that day, sells what flows out, and pays no brokerage.
 */
import type { LocalDate } from '../date.ts';
import { type Price, price, toFloat } from '../decimal.ts';
import type { DeclaredDividend, SplitEvent } from '../market/price.ts';
import type { Code } from '../market/security.ts';
import type { Cents } from './cents.ts';
import { type Closes, dateOfKey, dayKey } from './closes.ts';

export type Reinvestment = 'dividends' | 'adjusted closes' | 'price only';

export type Benchmark = {
  readonly code: Code;
  readonly name: string | undefined;
  readonly reinvestment: Reinvestment;
  /** The level at the close before the first day, then at the close of each day; undefined before its first price. */
  readonly levels: readonly (number | undefined)[];
  /** What its return is made of; undefined where it is unknown. */
  readonly growth: BenchmarkGrowth | undefined;
  /** Why figures of it are unknown, and what fills them; undefined where they are known. */
  readonly reason: string | undefined;
};

type Input = {
  readonly dates: readonly LocalDate[];
  readonly closes: Closes;
  readonly dividends: readonly Pick<DeclaredDividend, 'exDate' | 'perUnit' | 'currency'>[];
  readonly splits: readonly Pick<SplitEvent, 'date' | 'newUnits' | 'oldUnits'>[];
};

type Change = { readonly key: number; readonly order: number; readonly grow: (close: number) => number };

/** What changes the units of the benchmark, in order of time: splits first. */
const changesOf = ({ splits, dividends }: Input): Change[] =>
  [
    ...splits.map(({ date, newUnits, oldUnits }) => {
      const factor = toFloat(newUnits) / toFloat(oldUnits);
      return { key: dayKey(date), order: 0, grow: () => factor };
    }),
    ...dividends
      .filter(each => each.currency === 'AUD')
      .map(({ exDate, perUnit }) => {
        const paid = toFloat(perUnit);
        return { key: dayKey(exDate), order: 1, grow: (close: number) => 1 + paid / close };
      }),
  ].sort((a, b) => a.key - b.key);

/** The level at each of the dates: the worth of one unit bought at the first close, with what its dividends bought since. */
export function benchmarkLevels(input: Input): (number | undefined)[] {
  const { dates, closes } = input;
  const changes = changesOf(input);
  const unit = 10 ** -closes.places;
  let units = 1;
  let change = changes.findIndex(each => each.key > (closes.days[0] ?? 0));
  let next = 0;
  let level: number | undefined;
  return dates.map(date => {
    const key = dayKey(date);
    for (; (closes.days[next] ?? Number.POSITIVE_INFINITY) <= key; next += 1) {
      const close = (closes.closes[next] as number) * unit;
      for (let each = changes[change]; each !== undefined; each = changes[change]) {
        if (each.key > (closes.days[next] as number)) break;
        units *= each.grow(close);
        change += 1;
      }
      level = units * close;
    }
    return level;
  });
}

/** What the first level became the last by: the closes, and each change of the units between them. */
export type BenchmarkGrowth = {
  readonly start: DayClose;
  readonly end: DayClose;
  readonly steps: readonly { readonly on: LocalDate; readonly what: 'dividend' | 'split'; readonly factor: number }[];
};
export type DayClose = { readonly on: LocalDate; readonly close: Price };

/** Undefined where the first of the dates has no close yet. */
export function benchmarkGrowth(input: Input): BenchmarkGrowth | undefined {
  const { dates, closes } = input;
  const upTo = (date: LocalDate | undefined): number =>
    date === undefined ? -1 : closes.days.findLastIndex(day => day <= dayKey(date));
  const [first, last] = [upTo(dates[0]), upTo(dates.at(-1))];
  if (first < 0) return undefined;
  const closeAt = (index: number): DayClose => ({
    on: dateOfKey(closes.days[index] as number),
    close: price(`${closes.closes[index]}e-${closes.places}`),
  });
  const steps = changesOf(input).flatMap(({ key, order, grow }) => {
    const at = closes.days.findIndex(day => day >= key);
    if (at <= first || at > last) return [];
    const factor = grow(toFloat(closeAt(at).close));
    return [{ on: dateOfKey(key), what: order === 0 ? ('split' as const) : ('dividend' as const), factor }];
  });
  return { start: closeAt(first), end: closeAt(last), steps };
}

/** As a fraction, from the close before the first day to the last; undefined where one of them is unknown. */
export function benchmarkReturn({ levels }: Pick<Benchmark, 'levels'>): number | undefined {
  const [first] = levels;
  const last = levels.at(-1);
  return first === undefined || last === undefined || first === 0 ? undefined : last / first - 1;
}

type FlowDay = { readonly inflow: Cents; readonly outflow: Cents };

/** The twin's value at the close of each day; undefined from the first flow on whose day the benchmark has no price. */
export function twinValues(
  { levels }: Pick<Benchmark, 'levels'>,
  startValue: Cents,
  days: readonly FlowDay[],
): (number | undefined)[] {
  let units: number | undefined = 0;
  const trade = (amount: Cents, level: number | undefined): void => {
    if (amount === 0 || units === undefined) return;
    units = level === undefined || level === 0 ? undefined : units + amount / level;
  };
  trade(startValue, levels[0]);
  return days.map(({ inflow, outflow }, index) => {
    const level = levels[index + 1];
    trade(inflow - outflow, level);
    return units === undefined ? undefined : units === 0 ? 0 : level === undefined ? undefined : units * level;
  });
}
