/** Why the figures of a company's fundamentals are what they are: from the statements to the grade's score. */
import { decimal } from '../decimal.ts';
import { wordsOfStatement } from '../fundamentals/books.ts';
import type { Figure } from '../fundamentals/figure.ts';
import type { Piotroski, PiotroskiTest } from '../fundamentals/piotroski.ts';
import { availableFrom, type Statement } from '../fundamentals/statement.ts';
import { type Quality, type ScoredMetric, weightedScore } from '../signals/model-b.ts';
import { type Category, categories, categoryWeights } from '../signals/quality-anchors.ts';
import type { Standing } from '../signals/sector-peers.ts';
import { type Explanation, type Input, inputOf, type Part, type Rule } from './explanation.ts';
import { explained, fact, given, list, words } from './made.ts';

const modelRule: Rule = {
  says: 'Model B 1.0: metrics scored 0 to 100 between two anchors, categories are means, absolute grades. This program’s own rule.',
};
const weightRule: Rule = {
  says: 'Profitability weighs .30, health .25, growth .20, valuation .25; income is shown and weighs nothing.',
};
const gradeRule: Rule = {
  says: 'A from .80, B from .65, C from .50, D from .35, F below; a score, not a probability.',
};
const halfRule: Rule = { says: 'A category is unknown where fewer than half of its metrics are known.' };
const assumedRule: Rule = {
  says: 'An assumption of this program, not a measurement: (score - 0.5) x 0.2 over 21 sessions.',
};
const peerRule: Rule = { says: 'Shown beside a score, and never part of it.' };
const filingRule: Rule = {
  says: 'A statement counts from its filing date; without one, from the last day of the second month after its period.',
  source: 'ASX Listing Rules 4.2B and 4.3B',
};
const piotroskiRule: Rule = {
  says: 'A point for each of nine tests of the year against the one before.',
  source: 'J. Piotroski, Value Investing (2000)',
};

function wordsOfFiling(statement: Statement): string {
  const { on, isAssumed } = availableFrom(statement);
  const filed = isAssumed ? `counts from ${on}, filing date assumed` : `filed ${on}`;
  const length = statement.period === 'year' ? 'year' : 'part of a year';
  return `${wordsOfStatement(statement)} (${length}), ${filed}, ${statement.currency ?? 'currency not told'}`;
}

/** A figure and all beneath it. */
export function explainFigure(
  figure: Figure,
  of: string,
  name = figure.name,
  rules: readonly Rule[] = [],
): Explanation {
  const { unit, value, unknown, from, inputs, formula } = figure;
  if (inputs.length > 0) {
    const parts = inputs.map(input => inputOf(explainFigure(input, of), input.name));
    return explained(name, of, { unit, value, formula, inputs: parts, unknown, rules });
  }
  const source = words(
    typeof from === 'object' ? `${from.field} of ${wordsOfFiling(from.statement)}` : (from ?? unknown ?? ''),
  );
  const exact =
    value === undefined
      ? undefined
      : typeof from === 'object'
        ? decimal(from.statement.figures[from.field] ?? String(value))
        : unit === 'ratio' || unit === 'count'
          ? value
          : decimal(String(value));
  const input = given('told', unit, exact, source);
  return explained(name, of, { unit, value: exact, formula: 'told', inputs: [input], unknown, rules });
}

/** `earnings_yield` in words. */
const metricWords = (name: string): string => name.replaceAll('_', ' ');

const restsOnStatements = (figure: Figure): boolean =>
  typeof figure.from === 'object' || figure.inputs.some(restsOnStatements);

export const explainMetric = (metric: ScoredMetric, of: string): Explanation =>
  explainFigure(metric.figure, of, metric.name, restsOnStatements(metric.figure) ? [filingRule] : []);

export function explainMetricScore(metric: ScoredMetric, of: string): Explanation {
  const { name, anchors, score, figure } = metric;
  const about = `${metricWords(name)} of ${of}`;
  if (anchors === undefined) {
    const why = `${metricWords(name)} is shown and not scored`;
    return fact('score', about, { unit: 'ratio', value: undefined, source: words(why), unknown: why });
  }
  const value = explainMetric(metric, of);
  return explained('score', about, {
    unit: 'ratio',
    value: score,
    formula: 'max(0, min(100, 100 * (value - zero) / (hundred - zero)))',
    inputs: [
      { ...inputOf(value, 'value'), value: value.value },
      given('zero', 'ratio', anchors[0], words('the anchor that scores 0')),
      given('hundred', 'ratio', anchors[1], words('the anchor that scores 100')),
    ],
    rules: [modelRule],
    unknown: figure.unknown,
  });
}

/** An input that is a list of figures, each with its own explanation. */
const listOf = (name: string, unit: Input['unit'], whys: readonly { label: string; why: Explanation }[]): Input => ({
  name,
  unit,
  value: whys.map(each => each.why.value),
  parts: whys.map(({ label, why }): Part => ({ label, why })),
});

export function explainCategory(quality: Quality, category: Category): Explanation {
  const { score, metrics } = quality.categories[category];
  const of = `${category} of ${quality.code}`;
  const applicable = metrics.filter(each => each.anchors !== undefined);
  const scored = applicable.filter(each => each.score !== undefined);
  const missing = applicable.filter(each => each.score === undefined);
  const why = `${scored.length} of ${applicable.length} metrics are known: ${missing
    .map(each => `${metricWords(each.name)} is not (${each.figure.unknown ?? 'unknown'})`)
    .join('; ')}`;
  return explained('score', of, {
    unit: 'ratio',
    value: score,
    formula: 'mean(scores)',
    inputs: [
      score === undefined
        ? given('scores', 'ratio', undefined, words(why))
        : listOf(
            'scores',
            'ratio',
            scored.map(each => ({ label: metricWords(each.name), why: explainMetricScore(each, quality.code) })),
          ),
    ],
    rules: [halfRule],
    unknown: why,
  });
}

const weighed = (quality: Quality): readonly Category[] =>
  categories.filter(each => categoryWeights[each] > 0 && quality.categories[each].score !== undefined);

const weights = (quality: Quality): Input =>
  list(
    'weights',
    'ratio',
    weighed(quality).map(each => ({ label: each, value: categoryWeights[each] })),
  );

export const qualityFigures = ['score', 'coverage', 'expectedReturn'] as const;
export type QualityFigure = (typeof qualityFigures)[number];

export function explainQuality(quality: Quality, figure: QualityFigure): Explanation {
  const of = quality.code;
  const { abstained } = quality;
  if (figure === 'coverage') {
    const formula = 'round(sum(weights), 9)';
    const inputs = [weights(quality)];
    return explained(figure, of, { unit: 'ratio', value: quality.coverage, formula, inputs, rules: [weightRule] });
  }
  if (figure === 'expectedReturn') {
    return explained(figure, of, {
      unit: 'ratio',
      value: quality.expectedReturn,
      formula: 'round((score - 0.5) * 0.2, 9)',
      inputs: [inputOf(explainQuality(quality, 'score'))],
      rules: [assumedRule],
      unknown: abstained,
    });
  }
  const scores: Input =
    quality.score === undefined
      ? given('scores', 'ratio', undefined, words(abstained ?? ''))
      : listOf(
          'scores',
          'ratio',
          weighed(quality).map(each => ({ label: each, why: explainCategory(quality, each) })),
        );
  return explained(figure, of, {
    unit: 'ratio',
    value: quality.score === undefined ? undefined : weightedScore(scoresOf(quality)).score,
    formula: 'round(sum(weights * scores) / sum(weights) / 100, 9)',
    inputs: [weights(quality), scores],
    rules: [weightRule, gradeRule],
    unknown: abstained,
  });
}

const scoresOf = ({ categories: { valuation, profitability, growth, health, income } }: Quality) => ({
  valuation: valuation.score,
  profitability: profitability.score,
  growth: growth.score,
  health: health.score,
  income: income.score,
});

export const explainWeight = (category: Category, of: string): Explanation =>
  fact('weight', `${category} of ${of}`, {
    unit: 'ratio',
    value: categoryWeights[category],
    source: words('of Model B'),
    rules: [weightRule],
  });

export const standingFigures = ['sectorPercentile', 'sectorMedian'] as const;

export function explainStanding(
  metric: ScoredMetric,
  standing: Standing | undefined,
  of: string,
  figure: (typeof standingFigures)[number],
): Explanation {
  const about = `${metricWords(metric.name)} of ${of}`;
  const why = metric.figure.value === undefined ? 'the metric is not known' : 'fewer than five peers are known';
  if (figure === 'sectorMedian') {
    const source = words(`of the ${(standing?.peers ?? 0) + 1} companies of its sector that have it`);
    return fact(figure, about, { unit: 'ratio', value: standing?.median, source, rules: [peerRule], unknown: why });
  }
  const peers = words('companies of its sector that have it, without itself');
  return explained(figure, about, {
    unit: 'ratio',
    value: standing?.percentile,
    formula: '100 * (below + equal / 2) / peers',
    inputs: [
      given('below', 'count', standing?.below, words('of them have a smaller value')),
      given('equal', 'count', standing?.equal, words('of them have the same')),
      given('peers', 'count', standing?.peers, standing === undefined ? words(why) : peers),
    ],
    rules: [peerRule],
    unknown: why,
  });
}

export const piotroskiFigures = ['score', 'passed', 'known'] as const;

export function explainPiotroski(
  { tests, score, passed, known }: Piotroski,
  of: string,
  figure: (typeof piotroskiFigures)[number],
): Explanation {
  const about = `piotroski of ${of}`;
  const counts = figure === 'score' ? tests : tests.filter(each => each.passed !== undefined);
  const points = list(
    'points',
    'count',
    counts.map(each => ({
      label: each.says,
      value: each.passed === undefined ? undefined : each.passed || figure === 'known' ? 1 : 0,
    })),
  );
  const missing = tests.filter(each => each.passed === undefined);
  return explained(figure, about, {
    unit: 'count',
    value: { score, passed, known }[figure],
    formula: 'sum(points)',
    inputs: [points],
    rules: [piotroskiRule],
    unknown: `${missing.length} of the nine tests cannot be made: ${missing[0]?.unknown ?? ''}`,
  });
}

export const explainTest = (test: PiotroskiTest, at: 0 | 1, of: string): Explanation => {
  const figure = test.inputs[at];
  const name = at === 0 ? 'value' : 'against';
  if (figure !== undefined) return explainFigure(figure, `${test.name} of ${of}`, name);
  const why = 'it is set against nought';
  return fact(name, `${test.name} of ${of}`, { unit: 'ratio', value: undefined, source: words(why), unknown: why });
};
