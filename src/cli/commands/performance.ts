import { Option } from 'commander';
import type { LocalDate } from '../../domain/date.ts';
import { benchmarkFigures, explainBenchmark } from '../../domain/explain/benchmark.ts';
import { contributionFigures, explainContribution } from '../../domain/explain/contributions.ts';
import {
  drawdownFigures,
  type ExplainedReturns,
  explainDrawdown,
  explainPerformance,
  explainPeriod,
  performanceFigures,
  periodFigures,
} from '../../domain/explain/performance.ts';
import { type Cents, toMoney } from '../../domain/returns/cents.ts';
import { type Period, totalProfit } from '../../domain/returns/periods.ts';
import { type Contribution, knownProfit } from '../../domain/returns/portfolio-days.ts';
import { formatDate, formatMoney, unknown } from '../../format.ts';
import type { PerformanceView } from '../../usecases/view-performance.ts';
import { performanceFacts } from '../../words/performance-facts.ts';
import { dateOf } from '../arguments.ts';
import { type Explained, explainedAt } from '../explained.ts';
import { formatChangePct, noEntriesYet } from '../figures.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, type Section, table } from '../report.ts';

const divisions = ['month', 'year', 'holding'] as const;
type Division = (typeof divisions)[number];

export const addPerformance: AddCommands = (program, { run }) => {
  program
    .command('performance')
    .helpGroup(purposes.look)
    .summary('returns, profit and benchmark over any window')
    .description(
      'Show how the portfolio has done: profit, time-weighted and money-weighted return, the benchmark and what the same money would be worth in it, and the deepest fall. Without --from, since the first entry.',
    )
    .option('--from <date>', 'the first day', dateOf('--from'))
    .option('--to <date>', 'the last day; today where it is not given', dateOf('--to'))
    .addOption(new Option('--by <part>', 'the table below it, and the rows of --csv').choices(divisions))
    .addHelpText(
      'after',
      examples(
        'asxos performance',
        'asxos performance --from 2025-07-01 --to 2026-06-30 --by holding',
        'asxos performance --portfolio all --by month --csv > months.csv',
      ),
    )
    .action(async (options: { from?: LocalDate; to?: LocalDate; by?: Division }, command) => {
      const { viewPerformance } = await import('../../usecases/view-performance.ts');
      await run(command, ({ app, portfolio }) =>
        performanceReport(viewPerformance(app, { portfolio, ...options }), options.by ?? 'year'),
      );
    });
};

const percent = (fraction: number | undefined): number | undefined =>
  fraction === undefined ? undefined : fraction * 100;
const moneyOf = (cents: Cents | undefined) => (cents === undefined ? undefined : toMoney(cents));

const periodRow = (period: Period) => ({
  name: period.name,
  from: period.from,
  to: period.to,
  startValue: toMoney(period.startValue),
  endValue: period.isValued ? toMoney(period.endValue) : undefined,
  deposits: toMoney(period.inflow),
  withdrawals: toMoney(period.outflow),
  income: toMoney(period.income),
  profit: moneyOf(knownProfit(period)),
  timeWeightedPct: percent(period.timeWeighted),
});

const contributionRow = (row: Contribution) => ({
  code: row.code,
  startValue: toMoney(row.startValue),
  endValue: toMoney(row.endValue),
  price: toMoney(row.price),
  income: toMoney(row.income),
  costs: toMoney(-row.costs),
  profit: toMoney(row.profit),
});

function performanceData(view: PerformanceView) {
  const { scope, total, isValued, moneyWeighted, benchmark, drawdown, stored } = view;
  return {
    portfolio: scope.name,
    from: view.from,
    to: view.to,
    startValue: toMoney(stored.startValue),
    endValue: isValued ? toMoney(total?.endValue ?? stored.startValue) : undefined,
    deposits: toMoney(total?.inflow ?? 0),
    withdrawals: toMoney(total?.outflow ?? 0),
    income: toMoney(total?.income ?? 0),
    profit: isValued ? toMoney(total?.profit ?? 0) : undefined,
    timeWeightedPct: percent(total?.timeWeighted),
    moneyWeightedPct: moneyWeighted.pct,
    annualised: moneyWeighted.annualised,
    benchmark: benchmark && {
      code: benchmark.code,
      reinvestment: benchmark.reinvestment,
      timeWeightedPct: percent(benchmark.timeWeighted),
      twinEndValue: moneyOf(benchmark.twinEndValue),
    },
    drawdown: drawdown && {
      maxPct: drawdown.maxPct,
      from: drawdown.peakOn,
      to: drawdown.troughOn,
      recoveredOn: drawdown.recoveredOn,
      sessionsUnderWater: drawdown.sessionsUnderWater,
    },
    months: view.months.map(periodRow),
    years: view.years.map(periodRow),
    contributions: stored.contributions.map(contributionRow),
    reasons: view.reasons,
  };
}

/** Why the figures of the window, its periods and its holdings are what they are. */
function explainFigures(view: PerformanceView): Explained[] {
  const { benchmark, drawdown, months, years, stored } = view;
  const all: ExplainedReturns = { ...view, name: view.scope.name, days: stored };
  return [
    ...explainedAt('', performanceFigures, figure => explainPerformance(all, figure)),
    ...(benchmark === undefined
      ? []
      : explainedAt('/benchmark', benchmarkFigures, figure => explainBenchmark(all, benchmark, figure))),
    ...(drawdown === undefined
      ? []
      : explainedAt('/drawdown', drawdownFigures, figure => explainDrawdown(all, drawdown, figure))),
    ...Object.entries({ months, years }).flatMap(([name, periods]) =>
      periods.flatMap((period, index) =>
        explainedAt(`/${name}/${index}`, periodFigures, figure => explainPeriod(all, period, figure)),
      ),
    ),
    ...stored.contributions.flatMap((row, index) =>
      explainedAt(`/contributions/${index}`, contributionFigures, figure => explainContribution(stored, row, figure)),
    ),
  ];
}

export function performanceReport(view: PerformanceView, by: Division): Report {
  const { stored } = view;
  const rows = by === 'month' ? view.months : view.years;
  return {
    schema: 'performance/1',
    asOf: view.to,
    data: performanceData(view),
    coverage: view.coverage,
    warnings: view.warnings,
    explain: () => explainFigures(view),
    sections:
      stored.firstEntry === undefined
        ? [lines(nothingYet(view))]
        : [
            lines(...summary(view)),
            ...(by === 'holding' ? holdingSections(stored.contributions) : [table(rows, periodColumns(rows, by))]),
          ],
    csv:
      by === 'holding'
        ? csvOf(stored.contributions, contributionColumns(stored.contributions))
        : csvOf(rows, periodColumns(rows, by)),
  };
}

const nothingYet = (view: PerformanceView): string =>
  view.stored.entries.length > 0 ? `${view.scope.name} has no entry up to ${formatDate(view.to)}.` : noEntriesYet;

const signed = (cents: Cents): string => formatMoney(toMoney(cents), { sign: true });
const signedOrUnknown = (cents: Cents | undefined): string => (cents === undefined ? unknown : signed(cents));

/** The figures in sentences. */
function summary(view: PerformanceView): string[] {
  const { scope, from, to, total, reasons } = view;
  const head = `${scope.name} · ${formatDate(from)} to ${formatDate(to)}`;
  if (total === undefined) return [`${head} · ${reasons.timeWeightedPct ?? 'no day'}`];
  const facts = performanceFacts(view, total);
  const width = Math.max(...facts.map(([name]) => name.length));
  return [head, ...facts.map(([name, text]) => `${name.padEnd(width)}  ${text}`)];
}

const holdingSections = (contributions: readonly Contribution[]): Section[] => [
  table(contributions, contributionColumns(contributions)),
  lines('Price + income + costs sum to the profit. As percentages they would not sum to the time-weighted return.'),
];

const periodName = (name: string, by: Division): string => (by === 'year' ? `FY${name}` : name);

function periodColumns(rows: readonly Period[], by: Division): Column<Period>[] {
  const moneyColumn = (
    title: string,
    field: string,
    of: (row: Period) => Cents,
    more: Partial<Column<Period>> = {},
  ): Column<Period> => ({
    title,
    field,
    align: 'right',
    text: row => formatMoney(toMoney(of(row))),
    value: row => toMoney(of(row)),
    ...more,
  });
  const total = (of: (row: Period) => Cents): Cents => rows.reduce((sum, row) => sum + of(row), 0);
  return [
    {
      title: by === 'year' ? 'Year' : 'Month',
      field: 'name',
      text: row => periodName(row.name, by),
      value: row => row.name,
      total: 'Total',
    },
    { title: '', field: 'from', text: () => '', value: row => row.from },
    { title: '', field: 'to', text: () => '', value: row => row.to },
    moneyColumn('Start', 'startValue', row => row.startValue, { rank: 3 }),
    moneyColumn('In', 'deposits', row => row.inflow, {
      rank: 1,
      total: formatMoney(toMoney(total(row => row.inflow))),
    }),
    moneyColumn('Out', 'withdrawals', row => row.outflow, {
      rank: 1,
      total: formatMoney(toMoney(total(row => row.outflow))),
    }),
    moneyColumn('Income', 'income', row => row.income, {
      rank: 2,
      total: formatMoney(toMoney(total(row => row.income))),
    }),
    moneyColumn('Profit', 'profit', row => row.profit, {
      text: row => signedOrUnknown(knownProfit(row)),
      value: row => moneyOf(knownProfit(row)),
      signed: knownProfit,
      total: signedOrUnknown(totalProfit(rows)),
    }),
    {
      title: 'Return',
      field: 'timeWeightedPct',
      align: 'right',
      text: row => formatChangePct(percent(row.timeWeighted), 2),
      value: row => percent(row.timeWeighted),
      signed: row => row.timeWeighted,
    },
    moneyColumn('End', 'endValue', row => row.endValue, {
      rank: 4,
      text: row => (row.isValued ? formatMoney(toMoney(row.endValue)) : unknown),
      value: row => (row.isValued ? toMoney(row.endValue) : undefined),
    }),
  ];
}

function contributionColumns(rows: readonly Contribution[]): Column<Contribution>[] {
  const column = (
    title: string,
    field: string,
    of: (row: Contribution) => Cents,
    rank?: number,
  ): Column<Contribution> => ({
    title,
    field,
    align: 'right',
    ...(rank === undefined ? {} : { rank }),
    text: row => signed(of(row)),
    value: row => toMoney(of(row)),
    signed: of,
    total: signed(rows.reduce((sum, row) => sum + of(row), 0)),
  });
  return [
    { title: 'Code', field: 'code', text: row => row.code ?? 'cash', value: row => row.code ?? 'cash', total: 'Total' },
    column('Price', 'price', row => row.price),
    column('Income', 'income', row => row.income),
    column('Costs', 'costs', row => -row.costs),
    column('Profit', 'profit', row => row.profit),
    {
      title: 'Start',
      field: 'startValue',
      align: 'right',
      rank: 1,
      text: row => formatMoney(toMoney(row.startValue)),
      value: row => toMoney(row.startValue),
    },
    {
      title: 'End',
      field: 'endValue',
      align: 'right',
      rank: 1,
      text: row => formatMoney(toMoney(row.endValue)),
      value: row => toMoney(row.endValue),
    },
  ];
}
