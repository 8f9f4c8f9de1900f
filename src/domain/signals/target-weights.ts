/**
 * The portfolio that a ranking stands for, as shares of its value.
 *
 * The best n (80) are weighed by the inverse of their daily volatility. None may weigh more than the cap (2.75%): what is
 * over it is shared among the others in proportion, as often as it takes. Where n x cap is less than 1 all are at the
 * cap, and the rest stays cash. All are then scaled down, never up, so that the annual volatility of the whole is 9% at
 * most, from the sample covariance of the last 90 daily returns. Cash is what is left of 1.
 *
 * A return is from close to close over the last 91 days on which any of them traded; where one did not trade, its close
 * before stands.
 */
import type { Code } from '../market/security.ts';
import { sessionsPerYear } from '../returns/risk.ts';
import type { SignalBars } from './bars.ts';
import type { Ranked } from './rank.ts';

export type WeightSettings = {
  readonly top: number;
  readonly cap: number;
  /** A year, as a share. */
  readonly targetVolatility: number;
};

export const usualWeightSettings: WeightSettings = { top: 80, cap: 0.0275, targetVolatility: 0.09 };

export type TargetWeight = { readonly code: Code; readonly rank: number; readonly weight: number };

export type TargetWeights = {
  /** In the order of rank. */
  readonly weights: readonly TargetWeight[];
  readonly cash: number;
  /** A year, before scaling; undefined where there are no weights. */
  readonly volatility: number | undefined;
  /** What the weights were multiplied by, 1 at most. */
  readonly scale: number;
};

const returnsToMeasure = 90;

/** The target weights of the best of a ranking; `bars` holds those of each ranked security, up to the day. */
export function targetWeights(
  ranked: readonly Ranked[],
  bars: ReadonlyMap<Code, SignalBars>,
  { top, cap, targetVolatility }: WeightSettings = usualWeightSettings,
): TargetWeights {
  const best = ranked.slice(0, top);
  if (best.length === 0) return { weights: [], cash: 1, volatility: undefined, scale: 1 };
  const capped = cappedShares(
    best.map(each => 1 / each.volatility),
    cap,
  );
  const volatility = yearlyVolatility(
    best.map(each => barsOfRanked(bars, each.code)),
    capped,
  );
  const scale = volatility === 0 ? 1 : Math.min(1, targetVolatility / volatility);
  const weights = best.map(({ code, rank }, index) => ({ code, rank, weight: (capped[index] as number) * scale }));
  const cash = 1 - weights.reduce((sum, each) => sum + each.weight, 0);
  // Rounding may leave a trace on either side of nothing.
  return { weights, cash: Math.max(0, cash), volatility, scale };
}

function barsOfRanked(bars: ReadonlyMap<Code, SignalBars>, code: Code): SignalBars {
  const found = bars.get(code);
  if (found === undefined) throw new Error(`${code} was ranked without bars`);
  return found;
}

/**
 * Shares in proportion to `sizes` with none over `cap`. The excess goes to those under it in proportion; all are at the cap
 * where they cannot hold the whole.
 */
export function cappedShares(sizes: readonly number[], cap: number): number[] {
  const shares = sizes.map(() => cap);
  if (sizes.length * cap <= 1) return shares;
  const largestFirst = sizes
    .map((size, index) => ({ size, index }))
    .sort((a, b) => b.size - a.size || a.index - b.index);
  // From the largest on, each that would be over the cap is at it; the rest is in proportion.
  let size = sizes.reduce((sum, each) => sum + each, 0);
  let left = 1;
  let at = 0;
  for (; at < largestFirst.length; at += 1) {
    const each = largestFirst[at] as { size: number };
    if (each.size * left <= cap * size) break;
    size -= each.size;
    left -= cap;
  }
  // Summed again: what was taken off one by one has left its rounding.
  const rest = largestFirst.slice(at);
  const whole = rest.reduce((sum, each) => sum + each.size, 0);
  for (const each of rest) shares[each.index] = Math.min(cap, (each.size / whole) * left);
  return shares;
}

/** Of the weighted securities together, a year: the square root of w' S w x 252, S the sample covariance of returns. */
function yearlyVolatility(all: readonly SignalBars[], weights: readonly number[]): number {
  const days = commonDays(all);
  const together = new Float64Array(Math.max(0, days.length - 1));
  for (const [index, bars] of all.entries()) {
    const closes = closesOn(bars, days);
    for (let day = 1; day < days.length; day += 1) {
      const change = (closes[day] as number) / (closes[day - 1] as number) - 1;
      together[day - 1] = (together[day - 1] as number) + (weights[index] as number) * change;
    }
  }
  if (together.length < 2) return 0;
  const mean = together.reduce((sum, value) => sum + value, 0) / together.length;
  const squares = together.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt((squares / (together.length - 1)) * sessionsPerYear);
}

/** The last 91 days on which any of them has a bar, oldest first. */
function commonDays(all: readonly SignalBars[]): number[] {
  const days = new Set<number>();
  for (const bars of all) for (const day of bars.days.subarray(-returnsToMeasure - 1)) days.add(day);
  return [...days].sort((a, b) => a - b).slice(-returnsToMeasure - 1);
}

/** The close that stood on each day; the first one before a security has any. */
function closesOn({ days, close }: SignalBars, wanted: readonly number[]): Float64Array {
  let bar = -1;
  return Float64Array.from(wanted, day => {
    while (bar + 1 < days.length && (days[bar + 1] as number) <= day) bar += 1;
    return close[Math.max(0, bar)] as number;
  });
}
