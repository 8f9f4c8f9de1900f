/**
 * Whether the ranking shows an edge. Scores are dealt anew to the securities of each date, 200 times: that is what a
 * ranking without any knowledge reaches. An edge is shown where the mean rank information coefficient is above the 95th
 * percentile of these and its block interval is above 0; sectors move together, which dealing alone does not know of.
 */
import { type Random, randomFrom } from '../../random.ts';
import { type BlockFigure, blockDays, blockFigure } from './blocks.ts';
import { type Judged, perDate } from './judged.ts';
import { correlationOfRanks, meanRanks, rankCorrelation, rocAuc } from './ranking.ts';

export const deals = 200;
/** On fewer securities a date says nothing. */
const leastSecurities = 5;

export type Ranking = {
  /** Against .5. */
  readonly auc: BlockFigure;
  readonly rankIc: BlockFigure;
  /** The rank information coefficient that 190 of 200 random rankings stay at or below; undefined without blocks. */
  readonly byChance: number | undefined;
  readonly isEdgeShown: boolean;
};

export const edgeWords = ({ isEdgeShown }: Pick<Ranking, 'isEdgeShown'>): string =>
  isEdgeShown ? 'edge shown' : 'no edge shown';

export function ranking(judged: Judged, seed: number): Ranking {
  const { sessions, score, forward } = judged;
  const measured = (measure: typeof rocAuc) =>
    perDate(judged, (from, to) =>
      to - from < leastSecurities ? undefined : measure(score.subarray(from, to), forward.subarray(from, to)),
    );
  const correlations = measured(rankCorrelation);
  const rankIc = blockFigure(sessions, correlations);
  const byChance = chanceCorrelation(judged, blockDays(sessions, correlations), randomFrom(seed));
  const isEdgeShown =
    rankIc.value !== undefined && byChance !== undefined && rankIc.value > byChance && (rankIc.low ?? 0) > 0;
  return { auc: blockFigure(sessions, measured(rocAuc), 0.5), rankIc, byChance, isEdgeShown };
}

function chanceCorrelation({ starts, score, forward }: Judged, days: number[], random: Random): number | undefined {
  if (days.length === 0) return undefined;
  const ranks = days.map(day => {
    const [from, to] = [starts[day] as number, starts[day + 1] as number];
    return { scores: meanRanks(score.subarray(from, to)), returns: meanRanks(forward.subarray(from, to)) };
  });
  const means = new Float64Array(deals);
  for (let deal = 0; deal < deals; deal += 1) {
    let sum = 0;
    for (const { scores, returns } of ranks) {
      shuffle(scores, random);
      sum += correlationOfRanks(scores, returns) ?? 0;
    }
    means[deal] = sum / days.length;
  }
  return means.sort()[Math.ceil(0.95 * deals) - 1];
}

/** Fisher and Yates. */
export function shuffle(numbers: Float64Array, random: Random): void {
  for (let last = numbers.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const moved = numbers[last] as number;
    numbers[last] = numbers[other] as number;
    numbers[other] = moved;
  }
}
