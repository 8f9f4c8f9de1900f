/** Why the figures that set two portfolios side by side are what they are. */
import type { LocalDate } from '../date.ts';
import type { Money } from '../decimal.ts';
import type { Part } from '../returns/allocation.ts';
import { commonDays } from '../returns/benchmark-risk.ts';
import type { Figure } from '../returns/figure.ts';
import type { Overlap, SharedCode } from '../returns/overlap.ts';
import { financialYearsOf, monthsOf, wholePeriod } from '../returns/periods.ts';
import { moneyFlows, moneyWeighted } from '../returns/xirr.ts';
import { type ExplainedParts, explainPart, explainWorth, valueFigures } from './analysis.ts';
import { type Explanation, type Input, inputOf } from './explanation.ts';
import { counted, given, list, missing, words } from './made.ts';
import { type ExplainedReturns, explainPerformance } from './performance.ts';
import { type ExplainedRisk, pairInputs } from './risk.ts';

/** What the explanations of one of the two are worked out from. */
export type ExplainedSide = ExplainedParts &
  ExplainedRisk & {
    readonly from: LocalDate;
    readonly to: LocalDate;
    readonly profit: Money | undefined;
    readonly timeWeightedPct: Figure;
    readonly moneyWeightedPct: Figure;
  };

export const sideFigures = [
  ...valueFigures,
  'holdings',
  'unpriced',
  'profit',
  'timeWeightedPct',
  'moneyWeightedPct',
] as const;
export type SideFigure = (typeof sideFigures)[number];

/** Why a figure of one of the two is what it is. */
export function explainSide(side: ExplainedSide, figure: SideFigure): Explanation {
  switch (figure) {
    case 'value':
    case 'cash':
      return explainWorth(side, figure);
    case 'holdings':
    case 'unpriced': {
      const rows = side.holdings.filter(row => figure === 'holdings' || row.value === undefined);
      const codes = rows.map(row => row.code);
      return { figure, of: side.name, rules: [], ...counted('codes', codes.length, codes) };
    }
    case 'profit':
    case 'timeWeightedPct':
    case 'moneyWeightedPct':
      return explainPerformance(returnsOf(side), figure);
  }
}

function returnsOf(side: ExplainedSide): ExplainedReturns {
  const { name, days, from, to, drawdown, profit } = side;
  const total = wholePeriod(days);
  const flows = moneyFlows(days, from, to);
  return {
    name,
    days,
    from,
    to,
    drawdown,
    flows,
    total,
    isValued: profit !== undefined,
    moneyWeighted: moneyWeighted(flows),
    benchmark: undefined,
    months: monthsOf(days),
    years: financialYearsOf(days),
    reasons: {
      profit: total === undefined ? 'there is no day in the window' : 'nothing of what is held has a price',
      timeWeightedPct: side.timeWeightedPct.reason,
      moneyWeightedPct: side.moneyWeightedPct.reason,
    },
  };
}

/** Why the correlation of the two portfolios is what it is. */
export function explainCommon(
  correlation: Figure,
  [first, second]: readonly [ExplainedSide, ExplainedSide],
): Explanation {
  const { value, reason } = correlation;
  const common = commonDays(first.returns, second.returns);
  const names = ['first', 'second'] as const;
  return {
    figure: 'correlation',
    of: `${first.name} and ${second.name}`,
    unit: 'ratio',
    value,
    formula: 'covariance(first, second) / (stdev(first) * stdev(second))',
    inputs: reason === undefined ? pairInputs(common, names) : names.map(name => missing(name, 'ratio', reason)),
    rules: [{ says: 'Pearson’s correlation of the daily returns of the two, on the days that both have.' }],
    ...(reason === undefined ? {} : { unknown: reason }),
  };
}

const weightIn = (
  side: ExplainedSide,
  parts: readonly Part[],
  is: (part: Part) => boolean,
  name: string,
): Explanation => {
  const part = parts.find(is);
  if (part !== undefined) return explainPart(side, part, 'weightPct');
  const absent = given('weight', 'pct', 0, words(`${side.name} has none of it`));
  return { figure: 'weightPct', of: name, unit: 'pct', value: 0, formula: 'weight', inputs: [absent], rules: [] };
};

const isOfCode =
  (code: string) =>
  (part: Part): boolean =>
    part.codes[0] === code;

/** Why the weight of a shared code in one of the two is what it is. */
export const explainSharedWeight = (side: ExplainedSide, { code }: SharedCode): Explanation =>
  weightIn(side, side.allocation.securities, isOfCode(code), code);

export const explainSectorWeight = (side: ExplainedSide, sector: string | undefined): Explanation =>
  weightIn(side, side.allocation.sectors, part => part.name === sector, sector ?? 'unknown');

const both = (a: Explanation, b: Explanation): Input[] => [inputOf(a, 'first'), inputOf(b, 'second')];

const sharedRule = { says: 'Of each code the smaller of its two weights; cash is no overlap.' };

/** Why what the two share of one code is what it is. */
export const explainShared = (sides: readonly [ExplainedSide, ExplainedSide], row: SharedCode): Explanation => ({
  figure: 'sharedPct',
  of: row.code,
  unit: 'pct',
  value: row.sharedPct,
  formula: 'min(first, second)',
  inputs: both(explainSharedWeight(sides[0], row), explainSharedWeight(sides[1], row)),
  rules: [sharedRule],
});

/** Why a sector weighs more in the second than in the first. */
export const explainSectorDifference = (
  sides: readonly [ExplainedSide, ExplainedSide],
  { sector, differencePct }: Overlap['sectors'][number],
): Explanation => ({
  figure: 'differencePct',
  of: sector ?? 'unknown',
  unit: 'pct',
  value: differencePct,
  formula: 'second - first',
  inputs: both(explainSectorWeight(sides[0], sector), explainSectorWeight(sides[1], sector)),
  rules: [],
});

/** Why what the two share is what it is. */
export function explainOverlap(of: string, overlap: Overlap | undefined, reason: string | undefined): Explanation {
  return {
    figure: 'sharedPct',
    of,
    unit: 'pct',
    value: overlap?.sharedPct,
    formula: 'sum(codes)',
    inputs: [
      overlap === undefined
        ? missing('codes', 'pct', reason ?? '')
        : list(
            'codes',
            'pct',
            overlap.codes.map(each => ({ label: each.code, value: each.sharedPct })),
          ),
    ],
    rules: [sharedRule],
    ...(overlap === undefined ? { unknown: reason ?? '' } : {}),
  };
}
