/**
 * How the held securities move together: Pearson's correlation of the daily returns of each pair.
 *
 * Returns are of adjusted closes, so a dividend or a split is no move. A security has a return on a session when it
 * traded on that session and on the one before: a return over a gap is of more than a day and would pair with a day. Each
 * pair is measured on the sessions that both have a return, and says how many those are.
 *
 * What a user sees in place of a correlation: too few common days, or which of the two did not move.
 */
import type { LocalDate } from '../date.ts';
import type { Code } from '../market/security.ts';
import { type Closes, dayKey } from './closes.ts';
import { type Figure, figureOf, tooFew, type Window } from './figure.ts';
import { leastDays } from './risk.ts';

/** The adjusted closes of one security, oldest first. */
export type AdjustedCloses = { readonly code: Code; readonly closes: Closes };

/** With what it is made of; these are unknown where there is no common day. */
export type Correlation = Figure & {
  readonly covariance: number | undefined;
  readonly variances: readonly [number, number] | undefined;
};

export type CorrelationMatrix = Window & {
  readonly codes: readonly Code[];
  /** One row for each code and in it one figure for each code, in the order of `codes`. */
  readonly rows: readonly (readonly Correlation[])[];
};

/** The return on each session; NaN, which never leaves this file, where there is none. Both lists are in order of time. */
function returnsOn(sessions: Int32Array, { days, closes }: Closes): Float64Array {
  const values = new Float64Array(sessions.length).fill(Number.NaN);
  let bar = 0;
  let before = 0;
  for (let session = 0; session < sessions.length; session += 1) {
    const day = sessions[session] as number;
    while ((days[bar] as number) < day) bar += 1;
    const close = days[bar] === day ? (closes[bar] as number) : 0;
    if (close > 0 && before > 0) values[session] = close / before - 1;
    before = close;
  }
  return values;
}

/** A variance below this is rounding: a return is known to 1e-16, and a few thousand are added up. */
const leastVariance = 1e-24;

type Pair = {
  readonly count: number;
  /** Places of the first and last common session; -1 where there is none. */
  readonly first: number;
  readonly last: number;
  readonly varianceA: number;
  readonly varianceB: number;
  readonly covariance: number;
};

/** A security's returns; `own` where it has one on every session between its first and its last. */
type Series = { readonly returns: Float64Array; readonly own: Own | undefined };
type Own = {
  readonly first: number;
  readonly last: number;
  readonly variance: number;
  /** Less their mean. */
  readonly centred: Float64Array;
};

function seriesOf(returns: Float64Array): Series {
  const first = returns.findIndex(value => !Number.isNaN(value));
  const last = returns.findLastIndex(value => !Number.isNaN(value));
  if (first < 0) return { returns, own: undefined };
  const centred = returns.slice(first, last + 1);
  const mean = centred.reduce((sum, value) => sum + value, 0) / centred.length;
  if (Number.isNaN(mean)) return { returns, own: undefined };
  let variance = 0;
  for (let day = 0; day < centred.length; day += 1) {
    const difference = (centred[day] as number) - mean;
    centred[day] = difference;
    variance += difference * difference;
  }
  return { returns, own: { first, last, variance: variance / centred.length, centred } };
}

/** Of two that traded on the same sessions, as most do, each has been looked at alone before: that leaves the product. */
function pairOf(a: Series, b: Series): Pair {
  if (a.own === undefined || b.own === undefined || a.own.first !== b.own.first || a.own.last !== b.own.last) {
    return pairOnCommonDays(a.returns, b.returns);
  }
  const { first, last, variance: varianceA, centred: x } = a.own;
  const { variance: varianceB, centred: y } = b.own;
  return { count: x.length, first, last, varianceA, varianceB, covariance: productSum(x, y) / x.length };
}

/** Four sums side by side: one addition does not wait for the one before it, which is most of the time it takes. */
function productSum(x: Float64Array, y: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = x.length - (x.length % 4);
  for (let day = 0; day < whole; day += 4) {
    a += (x[day] as number) * (y[day] as number);
    b += (x[day + 1] as number) * (y[day + 1] as number);
    c += (x[day + 2] as number) * (y[day + 2] as number);
    d += (x[day + 3] as number) * (y[day + 3] as number);
  }
  for (let day = whole; day < x.length; day += 1) a += (x[day] as number) * (y[day] as number);
  return a + b + (c + d);
}

/** One pass for the means, one for the products: sums of squares in a single pass lose the digits that matter. */
function pairOnCommonDays(a: Float64Array, b: Float64Array): Pair {
  let [count, first, last, sumA, sumB] = [0, -1, -1, 0, 0];
  for (let day = 0; day < a.length; day += 1) {
    const x = a[day] as number;
    const y = b[day] as number;
    if (Number.isNaN(x + y)) continue;
    if (first < 0) first = day;
    last = day;
    count += 1;
    sumA += x;
    sumB += y;
  }
  const meanA = sumA / count;
  const meanB = sumB / count;
  let [varianceA, varianceB, covariance] = [0, 0, 0];
  for (let day = Math.max(0, first); day <= last; day += 1) {
    const x = (a[day] as number) - meanA;
    const y = (b[day] as number) - meanB;
    if (Number.isNaN(x + y)) continue;
    varianceA += x * x;
    varianceB += y * y;
    covariance += x * y;
  }
  return {
    count,
    first,
    last,
    varianceA: varianceA / count,
    varianceB: varianceB / count,
    covariance: covariance / count,
  };
}

function correlationOf({ varianceA, varianceB, covariance }: Pair, a: Code, b: Code): number | string {
  if (varianceA <= leastVariance) return `${a} did not move`;
  if (varianceB <= leastVariance) return `${b} did not move`;
  // Rounding may carry two series that move as one a trace past it.
  return Math.max(-1, Math.min(1, covariance / Math.sqrt(varianceA * varianceB)));
}

/** Over `sessions`, the trading days of the window, oldest first. */
export function correlationMatrix(
  securities: readonly AdjustedCloses[],
  sessions: readonly LocalDate[],
): CorrelationMatrix {
  const days = Int32Array.from(sessions, dayKey);
  const series = securities.map(({ code, closes }) => ({ code, ...seriesOf(returnsOn(days, closes)) }));
  const rows: Correlation[][] = series.map(() => []);
  for (const [row, a] of series.entries()) {
    for (const [column, b] of series.slice(0, row + 1).entries()) {
      const pair = pairOf(a, b);
      const { count, first, last } = pair;
      const few = tooFew(count, leastDays.ratio, 'common day');
      const figure = figureOf(
        few ?? correlationOf(pair, a.code, b.code),
        { from: sessions[first], to: sessions[last] },
        count,
      );
      const made = {
        ...figure,
        covariance: count === 0 ? undefined : pair.covariance,
        variances: count === 0 ? undefined : ([pair.varianceA, pair.varianceB] as const),
      };
      (rows[row] as Correlation[])[column] = made;
      (rows[column] as Correlation[])[row] = made;
    }
  }
  return { codes: series.map(each => each.code), from: sessions[0], to: sessions.at(-1), rows };
}
