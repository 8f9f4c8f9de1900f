import type { LocalDate } from '../../domain/date.ts';
import type { Figure } from '../../domain/returns/figure.ts';
import type { SectorDifference, SharedCode } from '../../domain/returns/overlap.ts';
import { formatCount, formatDate, formatNumber, formatPct } from '../../format.ts';
import type { ComparedPortfolio, Comparison } from '../../usecases/compare-portfolios.ts';
import { type ComparisonRow, comparisonReason, comparisonRows } from '../../words/comparison-rows.ts';
import { riskReasons, riskValues } from '../../words/risk-rows.ts';
import { dateOf } from '../arguments.ts';
import { explainComparison } from '../explained-analysis.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, type Section, table } from '../report.ts';

export const addCompare: AddCommands = (program, { run }) => {
  program
    .command('compare')
    .helpGroup(purposes.look)
    .summary('two portfolios side by side: value, returns, risk, ...')
    .description(
      'Set two portfolios side by side over the window that both have: value, returns, risk, what they share, and how their sectors differ.',
    )
    .argument('<first>', 'a portfolio, or all')
    .argument('<second>', 'another one')
    .option('--from <date>', 'the first day, where both had started by then', dateOf('--from'))
    .option('--to <date>', 'the last day; today where it is not given', dateOf('--to'))
    .addHelpText(
      'after',
      examples('asxos compare "Family SMSF" Joint', 'asxos compare "Family SMSF" Joint --from 2025-07-01 --json'),
    )
    .action(async (first: string, second: string, options: { from?: LocalDate; to?: LocalDate }, command) => {
      const { comparePortfolios } = await import('../../usecases/compare-portfolios.ts');
      await run(command, ({ app }) => comparisonReport(comparePortfolios(app, [first, second], options)));
    });
};

const sideData = (side: ComparedPortfolio) => ({
  name: side.scope.name,
  firstEntry: side.firstEntry,
  value: side.value,
  cash: side.totals.cash,
  holdings: side.holdings.length,
  unpriced: side.totals.unpriced,
  profit: side.profit,
  timeWeightedPct: side.timeWeightedPct.value,
  moneyWeightedPct: side.moneyWeightedPct.value,
  annualised: side.annualised,
  risk: riskValues(side.risk, side.returns.length),
  reasons: {
    ...reason('timeWeightedPct', side.timeWeightedPct),
    ...reason('moneyWeightedPct', side.moneyWeightedPct),
    ...riskReasons(side.risk),
  },
});

const reason = (figure: string, of: Figure): Record<string, string> =>
  of.reason === undefined ? {} : { [figure]: of.reason };

export function comparisonReport(view: Comparison): Report {
  const { portfolios, overlap, correlation } = view;
  const rows = comparisonRows(view);
  return {
    schema: 'compare/1',
    asOf: view.to,
    data: {
      from: view.from,
      to: view.to,
      cashRatePct: view.cashRatePct,
      portfolios: portfolios.map(sideData),
      correlation: {
        value: correlation.value,
        reason: correlation.reason,
        from: correlation.from,
        to: correlation.to,
        observations: correlation.observations,
      },
      overlap: { sharedPct: overlap?.sharedPct, codes: overlap?.codes ?? [], reason: view.overlapReason },
      sectors: overlap?.sectors ?? [],
    },
    coverage: view.coverage,
    warnings: view.warnings,
    explain: () => explainComparison(view),
    sections: sectionsOf(view, rows),
    csv: csvOf(rows, csvColumns),
  };
}

function sectionsOf(view: Comparison, rows: readonly ComparisonRow[]): Section[] {
  const { overlap, portfolios } = view;
  const [first, second] = [portfolios[0].scope.name, portfolios[1].scope.name];
  if (portfolios.every(side => side.firstEntry === undefined))
    return [lines(`Neither ${first} nor ${second} has entries.`)];
  const days = Math.max(...portfolios.map(side => side.returns.length));
  return [
    lines(
      `${first} and ${second} · ${formatDate(view.from)} to ${formatDate(view.to)} · ${formatCount(days, 'daily return')}`,
    ),
    table(
      rows.filter(row => row.section === 'figures'),
      [
        { title: '', text: row => row.label },
        { title: first, align: 'right', text: row => row.texts[0] },
        { title: second, align: 'right', text: row => row.texts[1] },
        { title: 'Unknown because', rank: 1, text: row => comparisonReason(row, [first, second]) },
      ],
    ),
    lines(correlationText(view), overlapText(view)),
    ...(overlap === undefined
      ? []
      : [
          table(overlap.codes, codeColumns(first, second), 'Held by both'),
          table(overlap.sectors, sectorColumns(first, second), 'Sectors'),
        ]),
  ];
}

const correlationText = ({ correlation }: Comparison): string =>
  correlation.value === undefined
    ? `Correlation of the two: unknown, ${correlation.reason}`
    : `Correlation of the two: ${formatNumber(correlation.value)} over ${formatCount(correlation.observations, 'day')}`;

const overlapText = ({ overlap, overlapReason }: Comparison): string =>
  overlap === undefined
    ? `Overlap: unknown, ${overlapReason}`
    : `Overlap: ${formatPct(overlap.sharedPct)}, ${formatCount(overlap.codes.length, 'code')} in both`;

const codeColumns = (first: string, second: string): Column<SharedCode>[] => [
  { title: 'Code', text: row => row.code },
  { title: first, align: 'right', text: row => formatPct(row.weightPcts[0]) },
  { title: second, align: 'right', text: row => formatPct(row.weightPcts[1]) },
  { title: 'Shared', align: 'right', text: row => formatPct(row.sharedPct) },
];

const sectorColumns = (first: string, second: string): Column<SectorDifference>[] => [
  { title: 'Sector', text: row => row.sector ?? 'unknown' },
  { title: first, align: 'right', text: row => formatPct(row.weightPcts[0]) },
  { title: second, align: 'right', text: row => formatPct(row.weightPcts[1]) },
  { title: 'Difference', align: 'right', text: row => formatPct(row.differencePct, { sign: true }) },
];

const csvColumns: readonly Column<ComparisonRow>[] = [
  { title: '', field: 'section', text: row => row.section },
  { title: '', field: 'name', text: row => row.name },
  { title: '', field: 'first', text: () => '', value: row => row.values[0] },
  { title: '', field: 'second', text: () => '', value: row => row.values[1] },
  { title: '', field: 'firstReason', text: row => row.reasons[0] ?? '' },
  { title: '', field: 'secondReason', text: row => row.reasons[1] ?? '' },
];
