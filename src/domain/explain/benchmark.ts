/** Why the benchmark's return and the twin's value are what they are: closes, what dividends bought, flows. */
import { toMoney } from '../returns/cents.ts';
import type { Explanation, Input, Rule } from './explanation.ts';
import { given, list, type Made, missing, words } from './made.ts';
import { type ExplainedReturns, pct } from './performance.ts';

export const benchmarkFigures = ['timeWeightedPct', 'twinEndValue'] as const;
export type BenchmarkFigure = (typeof benchmarkFigures)[number];

const twinRule: Rule = {
  says: 'The twin buys the benchmark at the close of a day with what flows in, sells for what flows out, and pays no brokerage.',
};
/** Why a figure of the benchmark is what it is. */
export function explainBenchmark(
  all: ExplainedReturns,
  benchmark: NonNullable<ExplainedReturns['benchmark']>,
  figure: BenchmarkFigure,
): Explanation {
  const made = figure === 'timeWeightedPct' ? benchmarkMade(all, benchmark) : twinMade(all, benchmark);
  return { figure, of: benchmark.code, rules: [], ...made };
}

function benchmarkMade({ reasons }: ExplainedReturns, benchmark: NonNullable<ExplainedReturns['benchmark']>): Made {
  const { code, timeWeighted, growth, reinvestment } = benchmark;
  const unknown = reasons['benchmark'] ?? '';
  const isKnown = timeWeighted !== undefined && growth !== undefined;
  const close = (name: string, at: 'start' | 'end'): Input =>
    isKnown
      ? given(name, 'price', growth[at].close, { kind: 'price', code, on: growth[at].on, from: 'close' })
      : missing(name, 'price', unknown);
  const steps = (growth?.steps ?? []).map(({ on, what, factor }) => ({ label: `${what} of ${on}`, value: factor }));
  const how =
    reinvestment === 'dividends'
      ? 'A dividend buys more of the benchmark at the close of its ex-date.'
      : reinvestment === 'price only'
        ? 'An index has no dividends: its return is of the price alone.'
        : 'Adjusted closes have the dividends taken out, so their growth has them in.';
  return {
    unit: 'pct',
    value: pct(timeWeighted),
    formula: '(endClose / startClose * product(units) - 1) * 100',
    inputs: [
      close('endClose', 'end'),
      close('startClose', 'start'),
      list('units', 'ratio', steps, 'what one unit became'),
    ],
    rules: [{ says: how }],
    unknown: timeWeighted === undefined ? unknown : undefined,
  };
}

function twinMade({ days, reasons }: ExplainedReturns, benchmark: NonNullable<ExplainedReturns['benchmark']>): Made {
  const { levels, twinEndValue } = benchmark;
  const flows = [
    { on: days.trail.baseline, amount: days.startValue, level: levels[0] },
    ...days.days.map(({ date, inflow, outflow }, index) => ({
      on: date,
      amount: inflow - outflow,
      level: levels[index + 1],
    })),
  ].filter(each => each.amount !== 0);
  const unknown = reasons['twinEndValue'] ?? '';
  const isKnown = twinEndValue !== undefined;
  return {
    unit: 'money',
    value: isKnown ? toMoney(twinEndValue) : undefined,
    formula: 'round(sum(amounts / levels) * endLevel, 2)',
    inputs: [
      isKnown
        ? list(
            'amounts',
            'money',
            flows.map(each => ({ label: each.on, value: toMoney(each.amount) })),
            'money in less money out of each day, and the value at the start',
          )
        : missing('amounts', 'money', unknown),
      list(
        'levels',
        'ratio',
        flows.map(each => ({ label: each.on, value: each.level })),
        'of the benchmark, dividends reinvested, at the close of those days',
      ),
      given(
        'endLevel',
        'ratio',
        levels.at(-1) ?? (flows.length === 0 ? 0 : undefined),
        words('the level at the last close'),
      ),
    ],
    rules: [twinRule],
    unknown: isKnown ? undefined : unknown,
  };
}
