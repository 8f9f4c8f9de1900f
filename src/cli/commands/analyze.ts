import type { Cell } from '../../csv.ts';
import type { LocalDate } from '../../domain/date.ts';
import type { Part } from '../../domain/returns/allocation.ts';
import type { Exposure } from '../../domain/returns/banks-and-miners.ts';
import type { Figure } from '../../domain/returns/figure.ts';
import type { SignalPart } from '../../domain/returns/signal-distribution.ts';
import { formatCount, formatDate, formatDollars, formatMoney, formatNumber, formatPct, unknown } from '../../format.ts';
import type { AnalysisView } from '../../usecases/view-analysis.ts';
import {
  exposureLines,
  formatRisk,
  isSaid,
  kindWords,
  oldSignalsLine,
  type RiskRow,
  riskReasons,
  riskRows,
  riskValues,
  signalPartName,
} from '../../words/risk-rows.ts';
import { dateOf } from '../arguments.ts';
import { explainAnalysis } from '../explained-analysis.ts';
import { noEntriesYet } from '../figures.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, type Section, table } from '../report.ts';

export const addAnalyze: AddCommands = (program, { run }) => {
  program
    .command('analyze')
    .helpGroup(purposes.look)
    .summary('risk, allocation, concentration and correlation')
    .description(
      'Show what the portfolio risks and what it is made of: volatility, Sharpe, beta, drawdown, VaR; sectors, banks and miners; how the securities move together; and warnings in words. Without --from, since the first entry.',
    )
    .option('--from <date>', 'the first day', dateOf('--from'))
    .option('--to <date>', 'the last day; today where it is not given', dateOf('--to'))
    .addHelpText(
      'after',
      examples(
        'asxos analyze',
        'asxos analyze --from 2025-07-01 --to 2026-06-30',
        'asxos analyze --portfolio all --json',
      ),
    )
    .action(async (options: { from?: LocalDate; to?: LocalDate }, command) => {
      const { viewAnalysis } = await import('../../usecases/view-analysis.ts');
      await run(command, ({ app, portfolio }) => analysisReport(viewAnalysis(app, { portfolio, ...options })));
    });
};

const madeOf = ({ reason, from, to, observations }: Figure) => ({ reason, from, to, observations });
const partData = ({ name, codes, value, weightPct }: Part) => ({ name, codes, value, weightPct });
const signalData = ({ name, codes, value, weightPct, old }: SignalPart) => ({
  signal: name,
  count: codes.length,
  codes,
  value,
  weightPct,
  stale: old.length,
});
const exposureData = ({ weightPct, codes }: Exposure) => ({ weightPct: weightPct.value, codes, ...madeOf(weightPct) });

function analysisData(view: AnalysisView) {
  const { scope, from, to, risk, returns, allocation, australian, franked, correlations } = view;
  return {
    portfolio: scope.name,
    from,
    to,
    value: view.value,
    cash: view.totals.cash,
    cashRatePct: view.cashRatePct,
    benchmark: view.benchmark && { code: view.benchmark.code, reinvestment: view.benchmark.reinvestment },
    risk: riskValues(risk, returns.length),
    figures: riskRows(risk).map(row => ({ figure: row.figure, value: row.of.value, ...madeOf(row.of) })),
    reasons: riskReasons(risk),
    drawdown: view.drawdown && {
      maxPct: view.drawdown.maxPct,
      from: view.drawdown.peakOn,
      to: view.drawdown.troughOn,
      recoveredOn: view.drawdown.recoveredOn,
      sessionsUnderWater: view.drawdown.sessionsUnderWater,
    },
    securities: allocation.securities.map(partData),
    sectors: allocation.sectors.map(({ name, ...part }) => ({ sector: name, ...part })),
    kinds: allocation.kinds.map(({ name, ...part }) => ({ kind: name, ...part })),
    signals: view.signals.map(signalData),
    unpriced: allocation.unpriced,
    banks: exposureData(australian.banks),
    miners: exposureData(australian.miners),
    franked: { pct: franked.pct.value, unknown: franked.unknown, ...madeOf(franked.pct) },
    correlations: {
      from: correlations.from,
      to: correlations.to,
      codes: correlations.codes,
      values: correlations.rows.map(row => row.map(each => each.value)),
      observations: correlations.rows.map(row => row.map(each => each.observations)),
      reasons: pairs(view).flatMap(({ codes, of }) => (of.reason === undefined ? [] : [{ codes, reason: of.reason }])),
    },
    warnings: view.concentrationWarnings.map(each => each.message),
    limits: view.concentrationWarnings.map(({ rule, codes, value, limit }) => ({ rule, codes, value, limit })),
  };
}

/** Each pair of the matrix once. */
const pairs = ({ correlations: { codes, rows } }: AnalysisView) =>
  rows.flatMap((row, at) =>
    row.slice(0, at).map((of, column) => ({ codes: [codes[column] ?? '', codes[at] ?? ''] as const, of })),
  );

export function analysisReport(view: AnalysisView): Report {
  const rows = csvRows(view);
  return {
    schema: 'analyze/1',
    asOf: view.to,
    data: analysisData(view),
    coverage: view.coverage,
    warnings: view.warnings,
    explain: () => explainAnalysis(view),
    sections: view.days.firstEntry === undefined ? [lines(nothingYet(view))] : sectionsOf(view),
    csv: csvOf(rows, csvColumns),
  };
}

const nothingYet = (view: AnalysisView): string =>
  view.days.entries.length > 0 ? `${view.scope.name} has no entry up to ${formatDate(view.to)}.` : noEntriesYet;

const nothingWeighed = ({ scope, holdings, to }: AnalysisView): string =>
  holdings.length === 0
    ? `${scope.name} holds nothing on ${formatDate(to)}.`
    : `Nothing that ${scope.name} holds on ${formatDate(to)} has a price.`;

function sectionsOf(view: AnalysisView): Section[] {
  const { allocation, concentrationWarnings } = view;
  const kinds = allocation.kinds.map(part => ({ ...part, name: part.name && kindWords[part.name] }));
  return [
    lines(sentence(view)),
    ...(concentrationWarnings.length === 0 ? [] : [lines(...concentrationWarnings.map(each => `! ${each.message}`))]),
    table(riskRows(view.risk), riskColumns),
    ...(allocation.sectors.length === 0
      ? [lines(nothingWeighed(view))]
      : [
          table(
            allocation.sectors,
            partColumns('Sector', 'codes'),
            hasFunds(view) ? 'Sectors (funds are not looked through)' : 'Sectors',
          ),
          table(kinds, partColumns('Kind', 'count'), 'Kinds'),
          table(allocation.securities, partColumns('Security', 'none'), 'Securities'),
          ...signalSections(view),
        ]),
    lines(...exposureLines(view)),
    ...matrixSections(view),
  ];
}

/** Where anything was said of what is held. */
function signalSections({ signals }: AnalysisView): Section[] {
  if (!isSaid(signals)) return [];
  const columns: Column<SignalPart>[] = [
    { title: 'Signal', text: part => signalPartName(part) },
    { title: 'Holdings', align: 'right', text: part => String(part.codes.length) },
    ...partColumns('', 'codes').slice(1),
  ];
  const old = oldSignalsLine(signals);
  return [table(signals, columns, 'Signals of the ensemble'), ...(old === undefined ? [] : [lines(old)])];
}

const hasFunds = ({ classified }: AnalysisView): boolean =>
  classified.some(row => row.kind === 'etf' || row.kind === 'fund');

function sentence({ scope, from, to, value, returns, cashRatePct, benchmark }: AnalysisView): string {
  const against = benchmark === undefined ? 'no benchmark' : `benchmark ${benchmark.code}`;
  return `${scope.name} · ${formatDate(from)} to ${formatDate(to)} · ${formatCount(returns.length, 'daily return')} · worth ${formatDollars(value)} · ${against} · cash earns ${formatPct(cashRatePct, { places: 2 })}`;
}

const windowText = ({ from, to }: Figure): string =>
  from === undefined || to === undefined
    ? ''
    : from === to
      ? formatDate(to)
      : `${formatDate(from)} to ${formatDate(to)}`;

const riskColumns: readonly Column<RiskRow>[] = [
  { title: 'Risk', text: row => row.label },
  { title: 'Figure', align: 'right', text: row => formatRisk(row.figure, row.of) },
  { title: 'Of', align: 'right', rank: 1, text: row => String(row.of.observations) },
  { title: 'Window', rank: 2, text: row => windowText(row.of) },
  { title: 'Unknown because', text: row => row.of.reason ?? '' },
];

const partColumns = (title: string, held: 'codes' | 'count' | 'none'): Column<Part>[] => [
  { title, text: part => part.name ?? 'unknown' },
  { title: 'Weight', align: 'right', text: part => formatPct(part.weightPct) },
  { title: 'Value', align: 'right', text: part => formatMoney(part.value) },
  ...(held === 'codes' ? [{ title: 'Held', isName: true, text: (part: Part) => part.codes.join(' ') }] : []),
  ...(held === 'count'
    ? [
        {
          title: 'Held',
          align: 'right' as const,
          text: (part: Part) => (part.codes.length === 0 ? '' : String(part.codes.length)),
        },
      ]
    : []),
];

function matrixSections({ correlations: { codes, rows, from, to } }: AnalysisView): Section[] {
  if (codes.length < 2) return [];
  const columns: Column<number>[] = [
    { title: '', text: row => codes[row] ?? '' },
    ...codes.map((code, column) => ({
      title: code,
      align: 'right' as const,
      rank: column + 1,
      text: (row: number) => formatNumber(rows[row]?.[column]?.value) ?? unknown,
    })),
  ];
  const title = `Correlation of daily returns, ${formatDate(from)} to ${formatDate(to)}`;
  return [table([...codes.keys()], columns, title)];
}

type CsvRow = {
  readonly section: string;
  readonly name: string;
  readonly other?: string;
  readonly value: Cell;
  readonly of?: Partial<Figure>;
  readonly amount?: Cell;
};

/** One row for each figure: a spreadsheet filters by section. */
function csvRows(view: AnalysisView): CsvRow[] {
  const { risk, allocation, australian, franked } = view;
  const parts = (section: string, list: readonly Part[]): CsvRow[] =>
    list.map(part => ({ section, name: part.name ?? 'unknown', value: part.weightPct, amount: part.value }));
  return [
    ...riskRows(risk).map(row => ({ section: 'risk', name: row.figure, value: row.of.value, of: row.of })),
    ...parts('sectors', allocation.sectors),
    ...parts('kinds', allocation.kinds),
    ...parts('securities', allocation.securities),
    ...parts('signals', view.signals),
    ...(['banks', 'miners'] as const).map(name => {
      const { weightPct } = australian[name];
      return { section: 'exposure', name, value: weightPct.value, of: weightPct };
    }),
    { section: 'income', name: 'frankedPct', value: franked.pct.value, of: franked.pct },
    ...pairs(view).map(({ codes, of }) => ({
      section: 'correlations',
      name: codes[0],
      other: codes[1],
      value: of.value,
      of,
    })),
    ...view.concentrationWarnings.map(each => ({ section: 'warnings', name: each.message, value: each.value })),
  ];
}

const csvColumns: readonly Column<CsvRow>[] = [
  { title: '', field: 'section', text: row => row.section },
  { title: '', field: 'name', text: row => row.name },
  { title: '', field: 'other', text: row => row.other ?? '' },
  { title: '', field: 'value', text: () => '', value: row => row.value },
  { title: '', field: 'amount', text: () => '', value: row => row.amount },
  { title: '', field: 'from', text: row => row.of?.from ?? '' },
  { title: '', field: 'to', text: row => row.of?.to ?? '' },
  { title: '', field: 'observations', text: () => '', value: row => row.of?.observations },
  { title: '', field: 'reason', text: row => row.of?.reason ?? '' },
];
