/**
 * Why the figures of a portfolio's performance are what they are: values from units and closes, flows from entries,
 * returns from the returns of the days.
 */
import { compareText } from '../compare-text.ts';
import { daysBetween, type LocalDate } from '../date.ts';
import { plain, type Units } from '../decimal.ts';
import type { Benchmark } from '../returns/benchmark.ts';
import { type Cents, toMoney } from '../returns/cents.ts';
import { dateOfKey } from '../returns/closes.ts';
import type { Drawdown } from '../returns/drawdown.ts';
import type { Period } from '../returns/periods.ts';
import { knownProfit, type PortfolioDays } from '../returns/portfolio-days.ts';
import type { FlowPart, Position } from '../returns/trail.ts';
import type { Flow, MoneyWeighted } from '../returns/xirr.ts';
import { type Explanation, type Input, inputOf, type Rule, type Source } from './explanation.ts';
import { counted, given, list, type Made, missing, words } from './made.ts';

export const performanceFigures = [
  'startValue',
  'endValue',
  'deposits',
  'withdrawals',
  'income',
  'profit',
  'timeWeightedPct',
  'moneyWeightedPct',
] as const;
export type PerformanceFigure = (typeof performanceFigures)[number];

export const periodFigures = performanceFigures.filter(figure => figure !== 'moneyWeightedPct');
export type PeriodFigure = Exclude<PerformanceFigure, 'moneyWeightedPct'>;

export const drawdownFigures = ['maxPct', 'sessionsUnderWater'] as const;
export type DrawdownFigure = (typeof drawdownFigures)[number];

/** What the explanations of one window are worked out from. */
export type ExplainedReturns = {
  readonly name: string;
  readonly days: PortfolioDays;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** All the days as one; undefined where there is no day. */
  readonly total: Period | undefined;
  /** False where nothing that is held has a price. */
  readonly isValued: boolean;
  readonly flows: readonly Flow[];
  readonly moneyWeighted: MoneyWeighted;
  readonly benchmark:
    | (Benchmark & { readonly timeWeighted: number | undefined; readonly twinEndValue: Cents | undefined })
    | undefined;
  readonly drawdown: Drawdown | undefined;
  readonly months: readonly Period[];
  readonly years: readonly Period[];
  /** Why a figure is unknown, by its name. */
  readonly reasons: Readonly<Record<string, string | undefined>>;
};

export const valueRule: Rule = {
  says: 'The value of a day is units at its close times the last as-traded close, in cents, plus the cash account.',
};
export const flowRule: Rule = {
  says: 'With a cash account deposits are money in and withdrawals money out; without one what is paid for securities is money in, and what they bring is money out. Units that come or go without money count at their market value.',
};
export const linkRule: Rule = {
  says: 'A day returns (value + money out) / (value before + money in) - 1; days are linked into months, these into financial years, these into the window. A day with nothing invested is skipped.',
  source: 'time-weighted return of the Global Investment Performance Standards, valued daily',
};
const xirrRule: Rule = {
  says: 'The yearly rate at which all flows are worth nothing on the first day, actual days over 365; of less than 365 days the return of the period, never a yearly rate.',
  source: 'XIRR as spreadsheets have it',
};
const fallRule: Rule = {
  says: 'The deepest fall of the linked index from a peak, the close before the first day included: flows do not count.',
};

export const pct = (fraction: number | undefined): number | undefined =>
  fraction === undefined ? undefined : fraction * 100;

/** The returns of the days of a portfolio in percent, skipped ones left out. */
const returnsBetween = (days: PortfolioDays, from: LocalDate, to: LocalDate) =>
  days.days.flatMap(({ date, timeWeighted }) =>
    timeWeighted === undefined || date < from || date > to ? [] : [{ label: date, value: timeWeighted * 100 }],
  );

function positionSource({ code, held }: Position): Source {
  if (code === undefined || held === undefined) return words('the balance of the cash account by its entries');
  const { day, newPerOld, tradedAt } = held.close;
  const restated = newPerOld === undefined ? {} : { reason: `restated for ${plain(newPerOld)} new units for one old` };
  return {
    kind: 'price',
    code,
    on: dateOfKey(day),
    from: tradedAt === undefined ? 'close' : 'quote',
    tradedAt,
    ...restated,
  };
}

const unitsText = (units: Units): string => plain(units).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');

/** What was held at the close of a kept day, each at its value; of one security where it is named. */
export const positionsOn = (
  days: PortfolioDays,
  on: LocalDate,
  isOf: (each: Position) => boolean = () => true,
): Input =>
  list(
    'holdings',
    'money',
    days.trail.positions
      .filter(each => each.on === on && isOf(each))
      .map(each => ({
        label: each.held === undefined ? 'cash' : `${unitsText(each.held.units)} ${each.code}`,
        value: toMoney(each.value),
        source: positionSource(each),
      })),
    `at the close of ${on}`,
  );

const partSource = ({ entry, words: text }: { entry: string | undefined; words: string | undefined }): Source =>
  entry === undefined ? words(text ?? '') : { kind: 'entry', entry };

export const flowsBetween = (days: PortfolioDays, way: FlowPart['way'], from: LocalDate, to: LocalDate): Input =>
  list(
    'entries',
    'money',
    days.trail.flows
      .filter(each => each.way === way && each.on >= from && each.on <= to)
      .sort((a, b) => compareText(a.on, b.on))
      .map(each => ({ label: each.on, value: toMoney(each.amount), source: partSource(each) })),
  );

export const ways = { deposits: 'in', withdrawals: 'out', income: 'income' } as const;
export const flowSums = { deposits: 'inflow', withdrawals: 'outflow', income: 'income' } as const;

/** The profit identity, from figures that are explained themselves. */
export const profitMade = (
  value: Made['value'],
  of: (figure: PeriodFigure) => Input,
  unknown: string | undefined,
): Made => ({
  unit: 'money',
  value,
  formula: 'endValue - startValue + withdrawals - deposits',
  inputs: [of('endValue'), of('startValue'), of('withdrawals'), of('deposits')],
  unknown: value === undefined ? unknown : undefined,
});

const returnMade = (
  fraction: number | undefined,
  name: string,
  parts: readonly { readonly label: string; readonly value: number }[],
  unknown: string,
): Made => ({
  unit: 'pct',
  value: pct(fraction),
  formula: `(product(1 + ${name} / 100) - 1) * 100`,
  inputs: [fraction === undefined ? missing(name, 'pct', unknown) : list(name, 'pct', parts)],
  rules: [linkRule],
  unknown: fraction === undefined ? unknown : undefined,
});

export const unvalued = 'nothing of what is held has a price';
export const nothingInvested = 'nothing was invested on any day';

const partsOf = (periods: readonly Period[], prefix = ''): { label: string; value: number }[] =>
  periods.flatMap(({ name, timeWeighted }) =>
    timeWeighted === undefined ? [] : [{ label: `${prefix}${name}`, value: timeWeighted * 100 }],
  );

/** Why a figure of a month is what it is, or of a financial year, whose months are given. */
export function explainPeriod(all: ExplainedReturns, period: Period, figure: PeriodFigure): Explanation {
  const { days } = all;
  const { name, from, to } = period;
  const of = (each: PeriodFigure): Input => inputOf(explainPeriod(all, period, each));
  const isYear = name.length === 4;
  const made = ((): Made => {
    switch (figure) {
      case 'startValue':
        return startMade(all, period);
      case 'endValue':
        return {
          unit: 'money',
          value: period.isValued ? toMoney(period.endValue) : undefined,
          formula: 'sum(holdings)',
          inputs: [period.isValued ? positionsOn(days, to) : missing('holdings', 'money', unvalued)],
          rules: [valueRule],
          unknown: period.isValued ? undefined : unvalued,
        };
      case 'deposits':
      case 'withdrawals':
      case 'income':
        return {
          unit: 'money',
          value: toMoney(period[flowSums[figure]]),
          formula: 'sum(entries)',
          inputs: [flowsBetween(days, ways[figure], from, to)],
          rules: [flowRule],
        };
      case 'profit':
        return profitOf(period, of);
      case 'timeWeightedPct': {
        const months = all.months.filter(month => month.from >= from && month.to <= to);
        return isYear
          ? returnMade(period.timeWeighted, 'months', partsOf(months), nothingInvested)
          : returnMade(period.timeWeighted, 'days', returnsBetween(days, from, to), nothingInvested);
      }
    }
  })();
  return { figure, of: isYear ? `FY${name}` : name, rules: [], ...made };
}

/** What has no price is in neither value nor flows; where nothing has one, the profit is unknown. */
function profitOf(period: Period, of: (figure: PeriodFigure) => Input): Made {
  const profit = knownProfit(period);
  return profitMade(
    profit === undefined ? undefined : toMoney(profit),
    each =>
      each === 'endValue' && !period.isValued && profit !== undefined
        ? given(each, 'money', toMoney(period.endValue), words(unvalued))
        : of(each),
    unvalued,
  );
}

/** A period begins with what the one before it ended with; the first with what was held before its first day. */
function startMade({ days }: ExplainedReturns, period: Period): Made {
  const before = days.days.findLast(each => each.date < period.from)?.date ?? days.trail.baseline;
  return {
    unit: 'money',
    value: toMoney(period.startValue),
    formula: 'sum(holdings)',
    inputs: [positionsOn(days, before)],
    rules: [valueRule],
  };
}

/** Why a figure of the whole window is what it is. */
export function explainPerformance(all: ExplainedReturns, figure: PerformanceFigure): Explanation {
  const { total, days, reasons, isValued, from, to } = all;
  const of = (each: PerformanceFigure): Input => inputOf(explainPerformance(all, each));
  const made = ((): Made => {
    switch (figure) {
      case 'startValue':
        return {
          unit: 'money',
          value: toMoney(days.startValue),
          formula: 'sum(holdings)',
          inputs: [startPositions(all)],
          rules: [valueRule],
        };
      case 'endValue':
        return {
          unit: 'money',
          value: isValued ? toMoney(total?.endValue ?? days.startValue) : undefined,
          formula: 'sum(holdings)',
          inputs: [
            !isValued
              ? missing('holdings', 'money', reasons['profit'] ?? '')
              : total === undefined
                ? startPositions(all)
                : positionsOn(days, total.to),
          ],
          rules: [valueRule],
          unknown: isValued ? undefined : reasons['profit'],
        };
      case 'deposits':
      case 'withdrawals':
      case 'income':
        return {
          unit: 'money',
          value: toMoney(total?.[flowSums[figure]] ?? 0),
          formula: 'sum(entries)',
          inputs: [flowsBetween(days, ways[figure], from, to)],
          rules: [flowRule],
        };
      case 'profit':
        return profitMade(isValued ? toMoney(total?.profit ?? 0) : undefined, of, reasons['profit']);
      case 'timeWeightedPct':
        return returnMade(
          total?.timeWeighted,
          'years',
          partsOf(all.years, 'FY'),
          reasons['timeWeightedPct'] ?? nothingInvested,
        );
      case 'moneyWeightedPct':
        return moneyWeightedMade(all);
    }
  })();
  return { figure, of: all.name, rules: [], ...made };
}

const startPositions = ({ days }: ExplainedReturns): Input => positionsOn(days, days.trail.baseline);

/** Why the money-weighted return of some flows is what it is. */
export function moneyWeightedMade({
  flows,
  moneyWeighted,
  isValued,
  reasons,
}: Pick<ExplainedReturns, 'flows' | 'moneyWeighted' | 'isValued' | 'reasons'>): Made {
  const [first] = flows;
  const value = isValued ? moneyWeighted.pct : undefined;
  const elements = flows.map(({ on, amount }) => ({
    label: `${on} ${amount < 0 ? 'in' : 'out'}`,
    value: toMoney(amount),
  }));
  const unknown = reasons['moneyWeightedPct'] ?? moneyWeighted.reason;
  return {
    unit: 'pct',
    value,
    formula: 'xirr(amounts, days)',
    inputs: [
      isValued
        ? list('amounts', 'money', elements, 'money in below zero; the value at the end counts as out')
        : missing('amounts', 'money', unknown ?? ''),
      {
        name: 'days',
        unit: 'count',
        value: flows.map(({ on }) => (first === undefined ? 0 : daysBetween(first.on, on))),
        label: 'since the first amount',
      },
    ],
    rules: [xirrRule],
    unknown: value === undefined ? unknown : undefined,
  };
}

/** Why the deepest fall is what it is. */
export function explainDrawdown(
  { name, days }: Pick<ExplainedReturns, 'name' | 'days'>,
  drawdown: Drawdown,
  figure: DrawdownFigure,
): Explanation {
  const { peakOn, troughOn, recoveredOn, sessionsUnderWater } = drawdown;
  if (figure === 'maxPct') return { figure, of: name, ...fallMade(days, drawdown) };
  const under = days.days.filter(
    each => each.isTradingDay && each.date > peakOn && (recoveredOn === undefined || each.date <= recoveredOn),
  );
  const made = counted('sessions', sessionsUnderWater, []);
  const label = `after ${peakOn}, up to ${recoveredOn ?? 'now'}; lowest ${troughOn}`;
  return {
    figure,
    of: name,
    ...made,
    inputs: [{ name: 'sessions', unit: 'count', value: under.map(() => 1), label }],
    rules: [fallRule],
  };
}

/** The fall in percent, of no fall nothing. */
export function fallMade(
  days: PortfolioDays,
  drawdown: Drawdown | undefined,
): Made & { readonly rules: readonly Rule[] } {
  const own =
    drawdown === undefined
      ? []
      : returnsBetween(days, drawdown.peakOn, drawdown.troughOn).filter(each => each.label > drawdown.peakOn);
  return {
    unit: 'pct',
    value: drawdown?.maxPct ?? 0,
    formula: '(1 - product(1 + days / 100)) * 100',
    inputs: [
      list('days', 'pct', own, drawdown && `returns after the peak of ${drawdown.peakOn} down to ${drawdown.troughOn}`),
    ],
    rules: [fallRule],
  };
}
