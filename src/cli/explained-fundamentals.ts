/** Why the figures of a company's fundamentals are what they are, by their place in the JSON. */
import {
  explainCategory,
  explainFigure,
  explainMetric,
  explainMetricScore,
  explainPiotroski,
  explainQuality,
  explainStanding,
  explainTest,
  explainWeight,
  piotroskiFigures,
  qualityFigures,
  standingFigures,
} from '../domain/explain/fundamentals.ts';
import { yearFigures } from '../domain/fundamentals/yearly-history.ts';
import { categories } from '../domain/signals/quality-anchors.ts';
import type { FundamentalsView } from '../usecases/view-fundamentals.ts';
import { type Explained, explainedAt } from './explained.ts';

export function explainFundamentals(view: FundamentalsView): Explained[] {
  const { code, quality, standings, piotroski, years } = view;
  return [
    ...explainedAt('', qualityFigures, figure => explainQuality(quality, figure)),
    ...categories.flatMap(category => {
      const at = `/categories/${category}`;
      return [
        { at: `${at}/score`, why: explainCategory(quality, category) },
        { at: `${at}/weight`, why: explainWeight(category, code) },
        ...quality.categories[category].metrics.flatMap((metric, index) => [
          { at: `${at}/metrics/${index}/value`, why: explainMetric(metric, code) },
          { at: `${at}/metrics/${index}/score`, why: explainMetricScore(metric, code) },
          ...explainedAt(`${at}/metrics/${index}`, standingFigures, figure =>
            explainStanding(metric, standings.get(metric.name), code, figure),
          ),
        ]),
      ];
    }),
    ...(piotroski === undefined
      ? []
      : [
          ...explainedAt('/piotroski', piotroskiFigures, figure => explainPiotroski(piotroski, code, figure)),
          ...piotroski.tests.flatMap((test, index) => [
            { at: `/piotroski/tests/${index}/value`, why: explainTest(test, 0, code) },
            { at: `/piotroski/tests/${index}/against`, why: explainTest(test, 1, code) },
          ]),
        ]),
    ...years.flatMap((year, index) =>
      explainedAt(`/years/${index}`, yearFigures, figure =>
        explainFigure(year[figure], `${code} to ${year.endsOn}`, figure),
      ),
    ),
  ];
}
