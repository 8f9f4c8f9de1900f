/**
 * Model B: the quality of a company by its fundamentals, as a grade from A to F.
 *
 * Each metric is scored from 0 to 100 between two anchors (`quality-anchors`); a category is the mean of its known
 * metrics, and unknown below half of those that apply. The score is 0.30 profitability + 0.25 health + 0.20 growth +
 * 0.25 valuation, over 100, renormalised over the known categories; coverage is the weight of those, and under 0.80 the
 * model abstains. 82, 71, 55 and 64 make .6935, a B. It is absolute: no peer moves it. It is a score and no probability;
 * the expected return (score - 0.5) x 0.2 is an assumption and is called one. The percentile in the sector is shown
 * beside each metric and changes nothing.
 */
import type { LocalDate } from '../date.ts';
import type { Company } from '../fundamentals/company.ts';
import type { Figure } from '../fundamentals/figure.ts';
import { type MetricName, metricOf } from '../fundamentals/metrics.ts';
import type { Code } from '../market/security.ts';
import { atEdge, type SignalClass } from './classes.ts';
import {
  type Category,
  type CompanyKind,
  categories,
  categoryWeights,
  companyKindOf,
  type MetricRule,
  metricRules,
} from './quality-anchors.ts';

export const modelBVersion = 'B 1.0';

export const grades = ['A', 'B', 'C', 'D', 'F'] as const;
export type Grade = (typeof grades)[number];

export const gradeWords: Readonly<Record<Grade, string>> = {
  A: 'Excellent',
  B: 'Good',
  C: 'Fair',
  D: 'Poor',
  F: 'Fail',
};
const leastScores: readonly (readonly [Grade, number])[] = [
  ['A', 0.8],
  ['B', 0.65],
  ['C', 0.5],
  ['D', 0.35],
];

export type ScoredMetric = {
  readonly name: MetricName;
  readonly figure: Figure;
  readonly anchors: MetricRule['anchors'];
  /** 0 to 100; undefined where the metric is unknown, or is shown and not scored. */
  readonly score: number | undefined;
};

export type ScoredCategory = {
  /** 0 to 100. */
  readonly score: number | undefined;
  readonly metrics: readonly ScoredMetric[];
};

export type Quality = {
  readonly code: Code;
  readonly asOf: LocalDate;
  readonly sector: string | undefined;
  readonly kind: CompanyKind;
  readonly grade: Grade | undefined;
  /** 0 to 1. */
  readonly score: number | undefined;
  /** The weight of the categories that are known, 0 to 1. */
  readonly coverage: number;
  readonly categories: Readonly<Record<Category, ScoredCategory>>;
  readonly signal: SignalClass | undefined;
  /** Over 21 sessions, a fraction; an assumption, not a measurement. */
  readonly expectedReturn: number | undefined;
  /** Why there is neither grade nor score. */
  readonly abstained: string | undefined;
};

const leastCoverage = 0.8;

export function scoreOf(value: number, [zero, hundred]: readonly [number, number]): number {
  return Math.min(100, Math.max(0, (100 * (value - zero)) / (hundred - zero)));
}

export function gradeOf(score: number): Grade {
  return leastScores.find(([, least]) => atEdge(score) >= least)?.[0] ?? 'F';
}

/** What a grade and a score say; the first that holds, strong ones first. */
export function classOfGrade(grade: Grade, score: number): SignalClass {
  const value = atEdge(score);
  if (grade === 'A' && value >= 0.8) return 'STRONG_BUY';
  if (grade === 'F' && value <= 0.3) return 'STRONG_SELL';
  if ((grade === 'A' || grade === 'B') && value >= 0.6) return 'BUY';
  if (grade === 'D' || grade === 'F' || value <= 0.4) return 'SELL';
  return 'HOLD';
}

const mean = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0) / values.length;

function scoredCategory(company: Company, rules: readonly MetricRule[], known: Map<MetricName, Figure>) {
  const metrics = rules.map(({ name, anchors }): ScoredMetric => {
    const figure = known.get(name) ?? metricOf(company, name);
    known.set(name, figure);
    const isScored = figure.value !== undefined && anchors !== undefined;
    return { name, figure, anchors, score: isScored ? scoreOf(figure.value, anchors) : undefined };
  });
  const applicable = metrics.filter(each => each.anchors !== undefined);
  const scores = applicable.flatMap(each => each.score ?? []);
  const isKnown = scores.length > 0 && scores.length * 2 >= applicable.length;
  return { score: isKnown ? mean(scores) : undefined, metrics };
}

export type WeightedScore = { readonly score: number | undefined; readonly coverage: number };

/** The quality score of the categories' scores (0 to 100), and the weight of those that are known. */
export function weightedScore(scores: Readonly<Record<Category, number | undefined>>): WeightedScore {
  const known = categories.filter(each => categoryWeights[each] > 0 && scores[each] !== undefined);
  const coverage = atEdge(known.reduce((total, each) => total + categoryWeights[each], 0));
  const total = known.reduce((sum, each) => sum + categoryWeights[each] * (scores[each] as number), 0);
  return { score: coverage === 0 ? undefined : atEdge(total / coverage / 100), coverage };
}

/** Metrics that would be scored and are not known. */
export const missingMetrics = (quality: Pick<Quality, 'categories'>): readonly ScoredMetric[] =>
  categories
    .filter(each => categoryWeights[each] > 0)
    .flatMap(each => quality.categories[each].metrics)
    .filter(each => each.anchors !== undefined && each.score === undefined);

const words = (name: string): string => name.replaceAll('_', ' ');

function whyAbstained(quality: Pick<Quality, 'categories'>, coverage: number, shape: string): string {
  if (shape === 'fund') return 'it is a fund, and has no fundamentals of its own';
  if (shape === 'empty') return 'the provider has no fundamentals of it';
  const missing = missingMetrics(quality).map(each => words(each.name));
  return `only ${Math.round(coverage * 100)}% of the score is covered (80% is the least): missing ${missing.join(', ')}`;
}

export function qualityOf(company: Company): Quality {
  const { facts, asOf } = company;
  const kind = companyKindOf(facts);
  const known = new Map<MetricName, Figure>();
  const of = (category: Category): ScoredCategory => scoredCategory(company, metricRules[kind][category], known);
  const scored = {
    valuation: of('valuation'),
    profitability: of('profitability'),
    growth: of('growth'),
    health: of('health'),
    income: of('income'),
  };
  const { score: whole, coverage } = weightedScore({
    valuation: scored.valuation.score,
    profitability: scored.profitability.score,
    growth: scored.growth.score,
    health: scored.health.score,
    income: scored.income.score,
  });
  const score = coverage >= leastCoverage && facts.shape === 'company' ? whole : undefined;
  const grade = score === undefined ? undefined : gradeOf(score);
  return {
    code: facts.code,
    asOf,
    sector: facts.sector,
    kind,
    grade,
    score,
    coverage,
    categories: scored,
    signal: score === undefined || grade === undefined ? undefined : classOfGrade(grade, score),
    expectedReturn: score === undefined ? undefined : atEdge((score - 0.5) * 0.2),
    abstained: score === undefined ? whyAbstained({ categories: scored }, coverage, facts.shape) : undefined,
  };
}
