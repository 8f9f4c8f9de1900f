/**
 * What model A sees of a security on a day: twenty figures, made here and nowhere else, so that what a model learned on,
 * what it judges by, what drifts and what a screen shows are one and the same.
 *
 * Each is computed on the last 400 bars up to the day and no other, from adjusted prices (turnover as traded) and simple
 * returns, and is free of the price's scale: shares, not dollars, apart from the turnover. A feature with fewer bars than
 * it needs is unknown, never 0, and so is one that is not defined: a deviation of turnover that never changed. Momentum
 * is the change over months of 21 bars; `mom_12_1` leaves out the last of twelve (Jegadeesh and Titman 1993).
 *
 * What a user sees in place of a value: how many bars it needs and how many there are, or what does not move.
 */
import type { LocalDate } from '../date.ts';
import type { Code } from '../market/security.ts';
import { dayOfBar, lastBarOn, type SignalBars } from './bars.ts';
import { averageTrueRange, bandPosition, convergenceHistogram, relativeStrength } from './indicators.ts';
import { deviationOfReturns, medianOf, skewness, zScore } from './moments.ts';
import { averageSlope, barsOfTrend, isAboveAverage, isAverageRising } from './trend.ts';

/** Bars that a value may depend on. */
export const windowBars = 400;

type Definition = {
  readonly title: string;
  /** Bars without which it is unknown. */
  readonly needs: number;
  readonly kind: 'number' | 'boolean';
  /** Why it is unknown where there are bars enough. */
  readonly unless?: string;
  /** At bar `to` of a window that starts with bar `from`; NaN is unknown. */
  readonly at: (bars: SignalBars, from: number, to: number) => number;
};

const change = (title: string, over: number): Definition => ({
  title,
  needs: over + 1,
  kind: 'number',
  at: ({ close }, _, to) => (close[to] as number) / (close[to - over] as number) - 1,
});

const volatility = (over: number): Definition => ({
  title: `Daily volatility, ${over} bars`,
  needs: over + 1,
  kind: 'number',
  at: ({ close }, _, to) => deviationOfReturns(close, to, over),
});

const table = {
  ret_1d: change('Change, 1 bar', 1),
  mom_1: change('Momentum, 1 month', 21),
  mom_3: change('Momentum, 3 months', 63),
  mom_6: change('Momentum, 6 months', 126),
  mom_9: change('Momentum, 9 months', 189),
  mom_12_1: {
    title: 'Momentum, 12 months without the last',
    needs: 253,
    kind: 'number',
    at: ({ close }, _, to) => (close[to - 21] as number) / (close[to - 252] as number) - 1,
  },
  vol_30: volatility(30),
  vol_60: volatility(60),
  vol_90: volatility(90),
  vol_ratio_30_90: {
    title: 'Volatility, 30 bars against 90',
    needs: 91,
    kind: 'number',
    unless: 'the return was the same on 90 bars',
    at: ({ close }, _, to) => deviationOfReturns(close, to, 30) / deviationOfReturns(close, to, 90),
  },
  adv_20_median: {
    title: 'Daily turnover, median of 20 bars',
    needs: 20,
    kind: 'number',
    at: ({ turnover }, _, to) => medianOf(turnover, to, 20),
  },
  adv_zscore: {
    title: 'Turnover against the 252 bars before, in deviations',
    needs: 253,
    kind: 'number',
    unless: 'the turnover was the same on 252 bars',
    at: ({ turnover }, _, to) => zScore(turnover, to, 252),
  },
  trend_200: {
    title: 'Close above its 200-bar average',
    needs: barsOfTrend.average,
    kind: 'boolean',
    at: ({ close }, _, to) => isAboveAverage(close, to),
  },
  sma200_slope: {
    title: 'Slope of the 200-bar average, per bar',
    needs: barsOfTrend.slope,
    kind: 'number',
    at: ({ close }, _, to) => averageSlope(close, to),
  },
  sma200_slope_pos: {
    title: '200-bar average above that of 20 bars ago',
    needs: barsOfTrend.comparison,
    kind: 'boolean',
    at: ({ close }, _, to) => isAverageRising(close, to),
  },
  atr_pct: {
    title: 'Average true range, 14 bars',
    needs: 15,
    kind: 'number',
    at: (bars, _, to) => averageTrueRange(bars, to, 14) / (bars.close[to] as number),
  },
  volume_skew_60: {
    title: 'Skewness of volume, 60 bars',
    needs: 60,
    kind: 'number',
    unless: 'the volume was the same on 60 bars',
    at: ({ volume }, _, to) => skewness(volume, to, 60),
  },
  rsi_14: {
    title: 'Relative strength index, 14 bars',
    needs: 15,
    kind: 'number',
    at: ({ close }, from, to) => relativeStrength(close, from, to, 14),
  },
  macd_hist_pct: {
    title: 'MACD histogram, share of the close',
    needs: 34,
    kind: 'number',
    at: ({ close }, from, to) => convergenceHistogram(close, from, to) / (close[to] as number),
  },
  bollinger_pct: {
    title: 'Place between the Bollinger bands',
    needs: 20,
    kind: 'number',
    unless: 'the close was the same on 20 bars',
    at: ({ close }, _, to) => bandPosition(close, to, 20),
  },
} satisfies Record<string, Definition>;

export type FeatureName = keyof typeof table;
export type Feature = Definition & { readonly name: FeatureName };

/** In the order in which they lie in a row of a panel. */
export const features: readonly Feature[] = Object.entries<Definition>(table).map(([name, definition]) => ({
  name: name as FeatureName,
  ...definition,
}));

export const featureNames: readonly FeatureName[] = features.map(each => each.name);

/** A boolean is 1 or 0; an unknown feature is not in it. */
export type FeatureValues = { readonly [Name in FeatureName]?: number };

export type SecurityFeatures = {
  readonly code: Code;
  /** The day of the bar they are of: the last one that could be used on the day asked for. */
  readonly date: LocalDate | undefined;
  /** The close of that bar as traded. */
  readonly traded: number | undefined;
  readonly values: FeatureValues;
  readonly unknown: readonly { readonly name: FeatureName; readonly reason: string }[];
};

/** Writes the features at bar `at` into `row` from `offset` on; NaN where unknown. For kernels only. */
export function writeFeatures(bars: SignalBars, at: number, row: Float64Array, offset: number): void {
  const from = Math.max(0, at - windowBars + 1);
  for (let index = 0; index < features.length; index += 1) {
    const feature = features[index] as Feature;
    const value = at - from + 1 < feature.needs ? Number.NaN : feature.at(bars, from, at);
    // A figure of -0 would be written with a minus.
    row[offset + index] = Number.isFinite(value) ? value + 0 : Number.NaN;
  }
}

/** The features of a security on a day, from the bars up to it. */
export function securityFeatures(bars: SignalBars, asOf: LocalDate): SecurityFeatures {
  const at = lastBarOn(bars, asOf);
  const row = new Float64Array(features.length).fill(Number.NaN);
  if (at >= 0) writeFeatures(bars, at, row, 0);
  const values: { -readonly [Name in FeatureName]?: number } = {};
  const unknown: { name: FeatureName; reason: string }[] = [];
  for (const [index, feature] of features.entries()) {
    const value = row[index] as number;
    if (Number.isNaN(value)) unknown.push({ name: feature.name, reason: whyUnknown(feature, at + 1) });
    else values[feature.name] = value;
  }
  return { code: bars.code, date: dayOfBar(bars, at), traded: bars.traded[at], values, unknown };
}

function whyUnknown({ needs, unless }: Feature, bars: number): string {
  if (bars === 0) return 'there are no bars';
  if (bars < needs) return `needs ${needs} bars, has ${bars}`;
  return unless ?? 'the numbers are too large to measure';
}
