/** Why the figures of risk are what they are: from daily returns, the benchmark's of the same days, and what is held. */
import { isNegative } from '../decimal.ts';
import { benchmarkReturns, type CommonDay, commonDays } from '../returns/benchmark-risk.ts';
import type { Valued } from '../returns/concentration.ts';
import type { Drawdown } from '../returns/drawdown.ts';
import type { DailyReturn } from '../returns/figure.ts';
import type { PortfolioDays } from '../returns/portfolio-days.ts';
import type { PortfolioRisk, RiskFigure } from '../returns/portfolio-risk.ts';
import { dailyCashRate, worstDays } from '../returns/risk.ts';
import { type Explanation, type Input, inputOf, type Rule } from './explanation.ts';
import { given, list, type Made, missing, series, words } from './made.ts';
import { fallMade } from './performance.ts';

/** What the explanations of one portfolio's risk are worked out from. */
export type ExplainedRisk = {
  readonly name: string;
  readonly risk: PortfolioRisk;
  readonly days: PortfolioDays;
  readonly returns: readonly DailyReturn[];
  readonly benchmarkReturns: readonly DailyReturn[];
  readonly cashRatePct: number;
  readonly drawdown: Drawdown | undefined;
  readonly classified: readonly Valued[];
};

type Analysed = Omit<ExplainedRisk, 'name' | 'benchmarkReturns'> & {
  readonly scope: { readonly name: string };
  readonly benchmark: { readonly levels: readonly (number | undefined)[] } | undefined;
};

/** What the explanations of a portfolio's risk and make-up are worked out from. */
export const explainedPortfolio = <View extends Analysed>(view: View) => ({
  ...view,
  name: view.scope.name,
  benchmarkReturns: benchmarkReturns(view.days.days, view.benchmark?.levels ?? []),
});

const yearRule: Rule = { says: 'A year has 252 sessions; the deviation is of a sample, over n - 1.' };
const sharpeRule: Rule = {
  says: 'Mean daily return above cash over its deviation, times the root of 252.',
  source: 'Sharpe, The Sharpe Ratio, Journal of Portfolio Management 1994',
};
const sortinoRule: Rule = {
  says: 'Only days below the cash rate count as risk, over all days.',
  source: 'Sortino and Price, Performance Measurement in a Downside Risk Framework, 1994',
};
const tailRule: Rule = {
  says: 'Of the days the worst 5%, rounded up: the VaR is the loss of the mildest of them, the expected shortfall their mean loss.',
};
const pairRule: Rule = { says: 'Of the days on which both have a return.' };
const activeRule: Rule = {
  says: 'Of the difference of the daily returns, a year of 252 sessions.',
  source: 'Grinold and Kahn, Active Portfolio Management, chapter 5',
};
const weightRule: Rule = {
  says: 'Weights are of priced securities without cash.',
  source: 'Herfindahl: the sum of squared weights, from 1/n to 1',
};

const cashRateInput = (pct: number): Input =>
  given('cashRatePct', 'pct', pct, { kind: 'setting', key: 'cashRatePct' }, 'what cash is taken to earn in a year');

/** What cash earns in a session. */
const cashInput = ({ cashRatePct, name }: Pick<ExplainedRisk, 'cashRatePct' | 'name'>): Input =>
  inputOf({
    figure: 'cash',
    of: name,
    unit: 'ratio',
    value: dailyCashRate(cashRatePct),
    formula: '(1 + cashRatePct / 100) ^ (1 / 252) - 1',
    inputs: [cashRateInput(cashRatePct)],
    rules: [],
  });

const windowText = (days: readonly { readonly date: string }[]): string =>
  days.length === 0 ? 'none' : `${days.length} daily returns, ${days[0]?.date} to ${days.at(-1)?.date}`;

type Formula = Pick<Made, 'unit' | 'formula' | 'inputs' | 'rules'>;

/** Why a figure of risk is what it is. */
export function explainRisk(all: ExplainedRisk, figure: RiskFigure): Explanation {
  const { value, reason } = all.risk[figure];
  const made = formulaOf(all, figure);
  return {
    figure,
    of: all.name,
    unit: made.unit,
    value,
    formula: made.formula,
    inputs: reason === undefined ? made.inputs : made.inputs.map(input => withoutValue(input, reason)),
    rules: made.rules ?? [],
    unknown: reason,
  };
}

/** An input of a figure that is unknown: there is too little of it, so it is left out. */
const withoutValue = ({ name, unit, label }: Input, reason: string): Input => ({
  ...missing(name, unit, reason),
  ...(label === undefined ? {} : { label }),
});

function formulaOf(all: ExplainedRisk, figure: RiskFigure): Formula {
  const { returns } = all;
  const common = commonDays(returns, all.benchmarkReturns);
  const own = series(
    'returns',
    'ratio',
    returns.map(day => day.rate),
    windowText(returns),
  );
  switch (figure) {
    case 'volatilityPct':
      return { unit: 'pct', formula: 'stdev(returns) * sqrt(252) * 100', inputs: [own], rules: [yearRule] };
    case 'sharpe':
      return {
        unit: 'ratio',
        formula: 'mean(returns - cash) / stdev(returns - cash) * sqrt(252)',
        inputs: [own, cashInput(all)],
        rules: [sharpeRule],
      };
    case 'sortino':
      return {
        unit: 'ratio',
        formula: 'mean(returns - cash) / sqrt(mean(shortfall(returns - cash) ^ 2)) * sqrt(252)',
        inputs: [own, cashInput(all)],
        rules: [sortinoRule],
      };
    case 'maxDrawdownPct':
      return fallMade(all.days, all.drawdown);
    case 'var95Pct':
      return { unit: 'pct', formula: '-max(worst) * 100', inputs: [worstInput(returns)], rules: [tailRule] };
    case 'expectedShortfall95Pct':
      return { unit: 'pct', formula: '-mean(worst) * 100', inputs: [worstInput(returns)], rules: [tailRule] };
    case 'beta':
      return {
        unit: 'ratio',
        formula: 'covariance(returns, benchmark) / stdev(benchmark) ^ 2',
        inputs: pairInputs(common),
        rules: [pairRule],
      };
    case 'correlation':
      return {
        unit: 'ratio',
        formula: 'covariance(returns, benchmark) / (stdev(returns) * stdev(benchmark))',
        inputs: pairInputs(common),
        rules: [pairRule],
      };
    case 'trackingErrorPct':
      return {
        unit: 'pct',
        formula: 'stdev(returns - benchmark) * sqrt(252) * 100',
        inputs: pairInputs(common),
        rules: [activeRule],
      };
    case 'informationRatio':
      return {
        unit: 'ratio',
        formula: 'mean(returns - benchmark) / stdev(returns - benchmark) * sqrt(252)',
        inputs: pairInputs(common),
        rules: [activeRule],
      };
    case 'herfindahl':
      return {
        unit: 'ratio',
        formula: 'sum((values / sum(values)) ^ 2)',
        inputs: [valuesInput('values', all.classified)],
        rules: [weightRule],
      };
    case 'top1Pct':
      return {
        unit: 'pct',
        formula: 'percent(max(values), sum(values))',
        inputs: [valuesInput('values', all.classified)],
        rules: [weightRule],
      };
    case 'top5Pct':
      return {
        unit: 'pct',
        formula: 'percent(sum(largest), sum(values))',
        inputs: [valuesInput('largest', all.classified, 5), valuesInput('values', all.classified)],
        rules: [weightRule],
      };
  }
}

const worstInput = (returns: readonly DailyReturn[]): Input =>
  list(
    'worst',
    'ratio',
    worstDays(returns).map(day => ({ label: day.date, value: day.rate })),
    `of ${windowText(returns)}`,
  );

/** Both columns on the days that both have. */
export const pairInputs = (
  common: readonly CommonDay[],
  names: readonly [string, string] = ['returns', 'benchmark'],
): Input[] => [
  series(
    names[0],
    'ratio',
    common.map(day => day.own),
    windowText(common),
  ),
  series(
    names[1],
    'ratio',
    common.map(day => day.benchmark),
    'on the same days',
  ),
];

function valuesInput(name: string, holdings: readonly Valued[], most?: number): Input {
  const priced = holdings.flatMap(({ code, value }) =>
    value === undefined || isNegative(value) ? [] : [{ label: code, value }],
  );
  const shown = most === undefined ? priced : priced.sort((a, b) => b.value.cmp(a.value)).slice(0, most);
  return list(name, 'money', shown, `${priced.length} of ${holdings.length} holdings`);
}

/** The setting that a report repeats. */
export const explainCashRate = (of: string, pct: number): Explanation => ({
  figure: 'cashRatePct',
  of,
  unit: 'pct',
  value: pct,
  formula: 'cashRatePct',
  inputs: [cashRateInput(pct)],
  rules: [],
});

/** The same figure where a report names it a second time. */
export const sameFigure = ({ figure, of, unit, value, unknown }: Explanation, at: string): Explanation => ({
  figure,
  of,
  unit,
  value,
  formula: figure,
  inputs: [given(figure, unit, value, words(`explained at ${at}`))],
  rules: [],
  ...(unknown === undefined ? {} : { unknown }),
});
