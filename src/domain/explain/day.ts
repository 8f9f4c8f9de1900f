/** Why the figures of one day of a portfolio are what they are. The trail of its days keeps the positions of every day. */
import { toMoney } from '../returns/cents.ts';
import { isValued, type PortfolioDay, type PortfolioDays, profitOfDay } from '../returns/portfolio-days.ts';
import { type Explanation, type Input, inputOf } from './explanation.ts';
import { explained, given, list, type Made, missing, words } from './made.ts';
import {
  flowRule,
  flowSums,
  flowsBetween,
  linkRule,
  nothingInvested,
  pct,
  positionsOn,
  profitMade,
  unvalued,
  valueRule,
  ways,
} from './performance.ts';

export const dayFigures = [
  'value',
  'deposits',
  'withdrawals',
  'income',
  'profit',
  'timeWeightedPct',
  'indexPct',
] as const;
export type DayFigure = (typeof dayFigures)[number];

/** Why a figure of the day at `at` of the days is what it is; `index` is the linked index at its close. */
export function explainDay(days: PortfolioDays, at: number, index: number, figure: DayFigure): Explanation {
  const day = days.days[at];
  if (day === undefined) throw new RangeError(`there is no day ${at}`);
  return explained(figure, day.date, madeOf(days, at, day, index, figure));
}

function madeOf(days: PortfolioDays, at: number, day: PortfolioDay, index: number, figure: DayFigure): Made {
  const { date } = day;
  const of = (each: DayFigure): Input => inputOf(explainDay(days, at, index, each));
  switch (figure) {
    case 'value':
      return {
        unit: 'money',
        value: isValued(day) ? toMoney(day.value) : undefined,
        formula: 'sum(holdings)',
        inputs: [isValued(day) ? positionsOn(days, date) : missing('holdings', 'money', unvalued)],
        rules: [valueRule],
        unknown: unvalued,
      };
    case 'deposits':
    case 'withdrawals':
    case 'income':
      return {
        unit: 'money',
        value: toMoney(day[flowSums[figure]]),
        formula: 'sum(entries)',
        inputs: [flowsBetween(days, ways[figure], date, date)],
        rules: [flowRule],
      };
    case 'profit': {
      const profit = profitOfDay(day);
      return profitMade(
        profit === undefined ? undefined : toMoney(profit),
        each =>
          each === 'endValue' ? atClose(day, profit) : each === 'startValue' ? before(days, at) : of(each as DayFigure),
        unvalued,
      );
    }
    case 'timeWeightedPct':
      return {
        unit: 'pct',
        value: pct(day.timeWeighted),
        formula: 'profit / (startValue + deposits) * 100',
        inputs:
          day.timeWeighted === undefined
            ? [missing('profit', 'money', nothingInvested), before(days, at), of('deposits')]
            : [of('profit'), before(days, at), of('deposits')],
        rules: [linkRule],
        unknown: nothingInvested,
      };
    case 'indexPct':
      return {
        unit: 'pct',
        value: (index - 1) * 100,
        formula: '(product(1 + days / 100) - 1) * 100',
        inputs: [
          list(
            'days',
            'pct',
            days.days
              .slice(0, at + 1)
              .flatMap(each =>
                each.timeWeighted === undefined ? [] : [{ label: each.date, value: each.timeWeighted * 100 }],
              ),
          ),
        ],
        rules: [linkRule],
      };
  }
}

/** What has no price is in neither value nor flows. */
const atClose = (day: PortfolioDay, profit: number | undefined): Input =>
  profit === undefined
    ? missing('endValue', 'money', unvalued)
    : given('endValue', 'money', toMoney(day.value), words('the value at its close'));

function before({ days, startValue, trail }: PortfolioDays, at: number): Input {
  const last = days[at - 1];
  return given(
    'startValue',
    'money',
    toMoney(last?.value ?? startValue),
    words(`the value at the close of ${last?.date ?? trail.baseline}`),
  );
}
