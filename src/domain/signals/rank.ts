/**
 * The rank of model A, version 1.1: deterministic, from raw features.
 *
 * A security must pass every gate: its last bar is of the day; the six features that the rank looks at are known, and it
 * moved at all; it trades enough, at a high enough price; its price is above a rising 200-bar average. The survivors are
 * scored by 0.75 z(mom_12_1) + 0.25 z(mom_6), z against the survivors with their population deviation (0 where they do
 * not differ), and ranked by score, ties in the order of the codes. The two weighted z are the reasons of a rank.
 *
 * What a user sees of a security without a rank: each gate that it fails, in words.
 */
import { compareText } from '../compare-text.ts';
import type { LocalDate } from '../date.ts';
import { groupThousands } from '../decimal.ts';
import type { Code } from '../market/security.ts';
import type { FeatureName, SecurityFeatures } from './features.ts';
import { isRounding } from './moments.ts';

export const rankVersion = '1.1';

export type RankSettings = {
  /** Dollars a day, the median of 20 bars. */
  readonly leastTurnover: number;
  /** Dollars, as traded. */
  readonly leastPrice: number;
};

export const usualRankSettings: RankSettings = { leastTurnover: 5_000_000, leastPrice: 1 };

type Part = {
  readonly feature: 'mom_12_1' | 'mom_6';
  readonly value: number;
  readonly z: number;
  readonly weight: number;
  /** weight x z: what it adds to the score. */
  readonly added: number;
};

export type Ranked = {
  readonly code: Code;
  /** 1 is the best. */
  readonly rank: number;
  readonly score: number;
  readonly parts: readonly Part[];
  /** Daily, as a share: the weight of a security is inverse to it. */
  readonly volatility: number;
};

export type Gated = { readonly code: Code; readonly failed: readonly Gate[] };
export type Gate = {
  readonly gate: 'last bar' | 'known' | 'turnover' | 'price' | 'trend' | 'slope';
  readonly reason: string;
};

/** What z is measured against: the survivors' mean and population deviation. */
export type Spread = { readonly feature: FeatureName; readonly mean: number; readonly deviation: number };

export type Ranking = {
  readonly asOf: LocalDate;
  /** Best first. */
  readonly ranked: readonly Ranked[];
  /** In the order of the codes. */
  readonly gated: readonly Gated[];
  /** Empty where nobody passed. */
  readonly spreads: readonly Spread[];
};

const needed = ['mom_12_1', 'mom_6', 'vol_90', 'adv_20_median', 'trend_200', 'sma200_slope_pos'] as const;
const parts = [
  { feature: 'mom_12_1', weight: 0.75 },
  { feature: 'mom_6', weight: 0.25 },
] as const;

const byCode = (a: { readonly code: Code }, b: { readonly code: Code }): number => compareText(a.code, b.code);

/** Ranks securities by their features of `asOf`. Their order does not matter. */
export function rankSecurities(
  securities: readonly SecurityFeatures[],
  asOf: LocalDate,
  settings: RankSettings = usualRankSettings,
): Ranking {
  const gated: Gated[] = [];
  const survivors: Candidate[] = [];
  // Sums depend on their order by a rounding, so all begin with the same.
  for (const security of [...securities].sort(byCode)) {
    const failed = failedGates(security, asOf, settings);
    if (failed.length > 0) gated.push({ code: security.code, failed });
    else survivors.push(candidate(security));
  }
  const spreads = survivors.length === 0 ? [] : parts.map(({ feature }) => spreadOf(feature, survivors));
  const ranked = survivors
    .map(({ code, values, volatility }) => {
      const own = parts.map(({ feature, weight }, index): Part => {
        const z = zOf(values[feature], spreads[index] as Spread);
        return { feature, value: values[feature], z, weight, added: weight * z };
      });
      return { code, score: own.reduce((sum, part) => sum + part.added, 0), parts: own, volatility };
    })
    .sort((a, b) => b.score - a.score || byCode(a, b))
    .map((each, index) => ({ ...each, rank: index + 1 }));
  return { asOf, ranked, gated, spreads };
}

type Candidate = {
  readonly code: Code;
  readonly values: { readonly mom_12_1: number; readonly mom_6: number };
  readonly volatility: number;
};

function candidate({ code, values }: SecurityFeatures): Candidate {
  const { mom_12_1, mom_6, vol_90 } = values;
  if (mom_12_1 === undefined || mom_6 === undefined || vol_90 === undefined) throw new Error('passed a gate unknown');
  return { code, values: { mom_12_1, mom_6 }, volatility: vol_90 };
}

/** The gates that a security fails, each with its figures. */
function failedGates(security: SecurityFeatures, asOf: LocalDate, settings: RankSettings): Gate[] {
  const { date, traded, values, unknown } = security;
  if (date === undefined) return [{ gate: 'last bar', reason: 'there are no bars' }];
  const { adv_20_median: turnover, trend_200: trend, sma200_slope_pos: slope, vol_90: volatility } = values;
  const failed: Gate[] = [];
  if (date !== asOf) failed.push({ gate: 'last bar', reason: `the last bar is of ${date}` });
  for (const name of needed) {
    const reason = unknown.find(each => each.name === name)?.reason;
    if (reason !== undefined) failed.push({ gate: 'known', reason: `${name} is unknown: ${reason}` });
  }
  if (volatility === 0) failed.push({ gate: 'known', reason: 'vol_90 is 0: the price did not move' });
  if (turnover !== undefined && turnover < settings.leastTurnover) {
    failed.push({
      gate: 'turnover',
      reason: `trades ${dollars(turnover)} a day, under ${dollars(settings.leastTurnover)}`,
    });
  }
  if (traded !== undefined && traded < settings.leastPrice) {
    failed.push({ gate: 'price', reason: `closed at ${traded}, under ${settings.leastPrice}` });
  }
  if (trend === 0) failed.push({ gate: 'trend', reason: 'the close is not above its 200-bar average' });
  if (slope === 0) failed.push({ gate: 'slope', reason: 'the 200-bar average is not above that of 20 bars ago' });
  return failed;
}

/** Whole dollars, as a reason shows them. */
const dollars = (value: number): string => `$${groupThousands(String(Math.round(value)))}`;

function spreadOf(feature: (typeof parts)[number]['feature'], survivors: readonly Candidate[]): Spread {
  const all = survivors.map(each => each.values[feature]);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const furthest = all.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
  const squares = all.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { feature, mean, deviation: isRounding(furthest, 1) ? 0 : Math.sqrt(squares / all.length) };
}

const zOf = (value: number, { mean, deviation }: Spread): number => (deviation === 0 ? 0 : (value - mean) / deviation);
