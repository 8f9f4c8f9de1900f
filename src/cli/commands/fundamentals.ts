import { isoInstant, type LocalDate } from '../../domain/date.ts';
import { type Code, parseCode } from '../../domain/market/security.ts';
import { gradeWords, missingMetrics, modelBVersion, type ScoredMetric } from '../../domain/signals/model-b.ts';
import { type Category, categories, categoryWeights } from '../../domain/signals/quality-anchors.ts';
import { Failure } from '../../failure.ts';
import { datesInWords, formatDate, formatNumber, formatPct, unknown } from '../../format.ts';
import type { FundamentalsView } from '../../usecases/view-fundamentals.ts';
import {
  categoryTitles,
  exactMoney,
  formatMetric,
  formatMillions,
  formatScore,
  metricTitles,
} from '../../words/fundamentals-words.ts';
import { dateOf } from '../arguments.ts';
import { explainFundamentals } from '../explained-fundamentals.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands, Run } from '../program.ts';
import { type Column, csvOf, lines, type Report, type Section, table } from '../report.ts';

type Options = { asOf?: LocalDate };

export const addFundamentals: AddCommands = (program, { run }) => {
  program
    .command('fundamentals')
    .helpGroup(purposes.look)
    .summary('the grade of a company by its statements, and why')
    .description(
      'Show how good a company is by its statements: a grade from A to F, five categories, the Piotroski score and its years. What is not stored yet is fetched, 10 calls.',
    )
    .argument('<code>', 'an ASX code', parseCode)
    .option('--as-of <date>', 'from the statements that were out on this day', dateOf('--as-of'))
    .addHelpText(
      'after',
      examples(
        'asxos fundamentals CBA',
        'asxos fundamentals BHP --as-of 2025-06-30',
        'asxos fundamentals BHP --csv > bhp.csv',
        'asxos why roe BHP',
      ),
    )
    .action(async (code: Code, options: Options, command) => {
      const { refuseUnknownCode } = await import('../../usecases/view-security.ts');
      await run(command, async given => {
        refuseUnknownCode(given.app, code);
        return fundamentalsReport(await fundamentalsOf(given, code, options.asOf));
      });
    });
};

/** What is stored, fetched where there is nothing; a Failure where there is nothing to be had. */
export async function fundamentalsOf(
  { app, signal }: Pick<Run, 'app' | 'signal'>,
  code: Code,
  asOf: LocalDate | undefined,
): Promise<FundamentalsView> {
  const { viewFundamentals } = await import('../../usecases/view-fundamentals.ts');
  const { fetchMissingFundamentals } = await import('../../usecases/refresh-fundamentals.ts');
  await fetchMissingFundamentals(app, code, signal);
  const view = viewFundamentals(app, code, { asOf });
  if (view !== undefined) return view;
  throw new Failure('not-found', `There are no fundamentals of ${code}`, {
    hint: 'EODHD has none of it; companies are found by name: asxos search TEXT.',
  });
}

const metricRow = ({ standings }: FundamentalsView, { name, figure, score }: ScoredMetric) => ({
  name,
  value: figure.value,
  score,
  sectorPercentile: standings.get(name)?.percentile,
  sectorMedian: standings.get(name)?.median,
  unknown: figure.value === undefined ? (figure.unknown ?? 'it is not known') : undefined,
});

const categoryData = (view: FundamentalsView, category: Category) => ({
  score: view.quality.categories[category].score,
  weight: categoryWeights[category],
  metrics: view.quality.categories[category].metrics.map(metric => metricRow(view, metric)),
});

function dataOf(view: FundamentalsView) {
  const { quality, piotroski } = view;
  const { grade, sector, score, coverage, signal, expectedReturn, abstained } = quality;
  return {
    code: view.code,
    name: view.name,
    sector,
    kind: view.shape === 'company' ? quality.kind : view.shape,
    asOf: view.asOf,
    periodTo: view.periodTo,
    fetchedAt: view.fetchedAt === undefined ? undefined : isoInstant(view.fetchedAt),
    model: modelBVersion,
    grade,
    description: grade && gradeWords[grade],
    score,
    coverage,
    signal,
    expectedReturn,
    abstained,
    categories: {
      valuation: categoryData(view, 'valuation'),
      profitability: categoryData(view, 'profitability'),
      growth: categoryData(view, 'growth'),
      health: categoryData(view, 'health'),
      income: categoryData(view, 'income'),
    },
    missing: missingMetrics(quality).map(each => each.name),
    piotroski: piotroski && {
      score: piotroski.score,
      passed: piotroski.passed,
      known: piotroski.known,
      tests: piotroski.tests.map(({ name, says, passed, unknown: why, inputs }) => ({
        name,
        says,
        passed,
        value: inputs[0]?.value,
        against: inputs[1]?.value,
        unknown: why,
      })),
    },
    years: view.years.map(({ endsOn, currency, revenue, netIncome, eps, dividends }) => ({
      endsOn,
      currency,
      revenue: exactMoney(revenue),
      netIncome: exactMoney(netIncome),
      eps: eps.value,
      dividends: dividends.value,
    })),
  };
}

type Row = ReturnType<typeof metricRow> & { readonly category: Category };

const columns: readonly Column<Row>[] = [
  { title: 'Category', field: 'category', text: row => categoryTitles[row.category], value: row => row.category },
  { title: 'Metric', field: 'metric', text: row => metricTitles[row.name], value: row => row.name },
  {
    title: 'Value',
    field: 'value',
    align: 'right',
    text: row => formatMetric(row.name, row.value),
    value: row => row.value,
  },
  {
    title: 'Score',
    field: 'score',
    align: 'right',
    text: row => (row.score === undefined ? '' : formatNumber(row.score, { places: 0 })),
    value: row => row.score,
  },
  {
    title: 'Sector median',
    field: 'sectorMedian',
    align: 'right',
    rank: 2,
    text: row => (row.sectorMedian === undefined ? '' : formatMetric(row.name, row.sectorMedian)),
    value: row => row.sectorMedian,
  },
  {
    title: 'Percentile',
    field: 'sectorPercentile',
    align: 'right',
    rank: 3,
    text: row => (row.sectorPercentile === undefined ? '' : formatNumber(row.sectorPercentile, { places: 0 })),
    value: row => row.sectorPercentile,
  },
  { title: '', field: 'unknown', isName: true, text: row => row.unknown ?? '', value: row => row.unknown },
];

/** The category once, at its first metric. */
const forPeople = (rows: readonly Row[]): readonly Column<Row>[] =>
  columns.map(column =>
    column.field === 'category'
      ? {
          ...column,
          text: row => (rows.find(each => each.category === row.category) === row ? column.text(row) : ' '),
        }
      : column,
  );

type Year = FundamentalsView['years'][number];
const yearColumns: readonly Column<Year>[] = [
  { title: 'Year to', text: row => row.endsOn },
  { title: 'Revenue', align: 'right', text: row => formatMillions(row.revenue.value) },
  { title: 'Net income', align: 'right', text: row => formatMillions(row.netIncome.value) },
  { title: 'EPS', align: 'right', text: row => formatNumber(row.eps.value, { places: 3 }) },
  { title: 'Dividends', align: 'right', text: row => formatNumber(row.dividends.value, { places: 3 }) },
  { title: 'In', text: row => row.currency ?? unknown },
];

function headline({ code, name, quality, piotroski, periodTo, periodNote, shape }: FundamentalsView): string[] {
  const { grade, score, coverage, abstained, sector } = quality;
  const what = [name, sector].filter(part => part !== undefined).join(' · ');
  const says =
    grade === undefined
      ? `No grade: ${datesInWords(abstained ?? '')}.`
      : `Grade ${grade} ${gradeWords[grade]} ${formatScore(score)}, of ${formatPct(coverage * 100, { places: 0 })} of the score; a score, not a probability.`;
  const nine =
    piotroski === undefined
      ? 'Piotroski n/a'
      : piotroski.score === undefined
        ? `Piotroski ${piotroski.passed} of ${piotroski.known} tests that can be made`
        : `Piotroski ${piotroski.score} of 9`;
  const period = periodTo === undefined ? [] : [`twelve months to ${formatDate(periodTo)}`];
  const notes = periodNote === undefined ? [] : [`${datesInWords(periodNote)}`];
  return [`${code}  ${what}`, says, ...(shape === 'company' ? [[nine, ...period, ...notes].join(' · ')] : [])];
}

function categoryLines({ quality }: FundamentalsView): string {
  return categories
    .map(each => `${categoryTitles[each]} ${formatNumber(quality.categories[each].score, { places: 0 })}`)
    .join(' · ');
}

function sectionsOf(view: FundamentalsView, rows: readonly Row[]): Section[] {
  if (view.shape !== 'company') return [lines(...headline(view))];
  return [
    lines(...headline(view), categoryLines(view)),
    table(rows, forPeople(rows)),
    ...(view.years.length === 0 ? [] : [table(view.years, yearColumns, 'Years')]),
  ];
}

export function fundamentalsReport(view: FundamentalsView): Report {
  const rows = categories.flatMap(category =>
    view.quality.categories[category].metrics.map(metric => ({ ...metricRow(view, metric), category })),
  );
  return {
    schema: 'fundamentals/1',
    asOf: view.asOf,
    data: dataOf(view),
    coverage: view.quality.coverage,
    warnings: view.isUnpriced
      ? [`No price of ${view.code} is stored; they come with: asxos watch add ${view.code}, then asxos refresh.`]
      : [],
    explain: () => explainFundamentals(view),
    sections: sectionsOf(view, rows),
    csv: csvOf(rows, columns),
  };
}
