/**
 * What the model's inputs are worth: how much its ranking of rows that it never saw loses when the input is dealt anew to
 * the securities of each date (Breiman, "Random Forests", 2001, section 10, within dates as they are what is compared).
 */

import type { Random } from '../../random.ts';
import { shuffle } from '../evaluation/edge.ts';
import { rocAuc } from '../evaluation/ranking.ts';
import { type Forest, scores } from './forest.ts';

/** Sums over the dates of some test rows; the mean is over the dates that have both risers and others. */
export type Losses = { readonly byFeature: Float64Array; dates: number };

export const noLosses = (width: number): Losses => ({ byFeature: new Float64Array(width), dates: 0 });

/** Adds what each feature is worth on these rows, in area under the ROC curve; `values` are put back as they were. */
export function addLosses(
  losses: Losses,
  forest: Forest,
  values: Float64Array,
  starts: Int32Array,
  forward: Float64Array,
  random: Random,
): void {
  const width = forest.features.length;
  const before = aucs(scores(forest, values), starts, forward);
  losses.dates += before.filter(auc => auc !== undefined).length;
  const kept = new Float64Array(forward.length);
  for (let feature = 0; feature < width; feature += 1) {
    if (forest.gain[feature] === 0) continue;
    for (let row = 0; row < kept.length; row += 1) kept[row] = values[row * width + feature] as number;
    const dealt = kept.slice();
    for (let date = 0; date + 1 < starts.length; date += 1)
      shuffle(dealt.subarray(starts[date], starts[date + 1]), random);
    for (let row = 0; row < kept.length; row += 1) values[row * width + feature] = dealt[row] as number;
    const after = aucs(scores(forest, values), starts, forward);
    for (let row = 0; row < kept.length; row += 1) values[row * width + feature] = kept[row] as number;
    let lost = losses.byFeature[feature] as number;
    for (const [date, auc] of before.entries()) lost += (auc ?? 0) - (after[date] ?? 0);
    losses.byFeature[feature] = lost;
  }
}

function aucs(score: Float64Array, starts: Int32Array, forward: Float64Array): (number | undefined)[] {
  const result: (number | undefined)[] = [];
  for (let date = 0; date + 1 < starts.length; date += 1) {
    const [from, to] = [starts[date], starts[date + 1]];
    result.push(rocAuc(score.subarray(from, to), forward.subarray(from, to)));
  }
  return result;
}

export type Importance = {
  readonly feature: string;
  /** The share of the gain of all splits that are on this feature. */
  readonly gainShare: number;
  /** What the area under the ROC curve of held-out dates loses, on average, without it; may be a trace below 0. */
  readonly aucLoss: number;
};

/** The most important first: by what is lost, then by gain, then as the features come. */
export function importances({ features, gain }: Forest, { byFeature, dates }: Losses): Importance[] {
  const all = gain.reduce((sum, each) => sum + each, 0);
  return features
    .map((feature, index) => ({
      feature,
      gainShare: all === 0 ? 0 : (gain[index] as number) / all,
      aucLoss: dates === 0 ? 0 : (byFeature[index] as number) / dates,
    }))
    .sort((a, b) => b.aucLoss - a.aucLoss || b.gainShare - a.gainShare);
}
