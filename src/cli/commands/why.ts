import type { LocalDate } from '../../domain/date.ts';
import { frankedFigures, partFigures } from '../../domain/explain/analysis.ts';
import { benchmarkFigures } from '../../domain/explain/benchmark.ts';
import { contributionFigures } from '../../domain/explain/contributions.ts';
import { holdingFigures, totalFigures } from '../../domain/explain/holdings.ts';
import { drawdownFigures, performanceFigures } from '../../domain/explain/performance.ts';
import { type Code, parseCode } from '../../domain/market/security.ts';
import { riskFigures } from '../../domain/returns/portfolio-risk.ts';
import { Failure } from '../../failure.ts';
import { describeEntry } from '../../format-entry.ts';
import { type ExplanationLine, explanationLines, explanationRules } from '../../format-explanation.ts';
import { dateOf } from '../arguments.ts';
import { type Explained, explanationData } from '../explained.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands, Run } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

/** The window of the reports that have one. */
type Options = { from?: LocalDate; to?: LocalDate };

/** A report whose figures can be asked about, and how it is made. */
type Explainable = {
  readonly figures: readonly string[];
  readonly report: (run: Run, options: Options) => Promise<Report>;
};

const explainable: readonly Explainable[] = [
  {
    figures: [...new Set([...holdingFigures, ...totalFigures])],
    report: async ({ app, portfolio }) => {
      const { viewPortfolio } = await import('../../usecases/view-portfolio.ts');
      const { holdingsReport } = await import('./holdings.ts');
      return holdingsReport(viewPortfolio(app, { portfolio }), app.now());
    },
  },
  {
    figures: [...new Set([...performanceFigures, ...benchmarkFigures, ...drawdownFigures, ...contributionFigures])],
    report: async ({ app, portfolio }, options) => {
      const { viewPerformance } = await import('../../usecases/view-performance.ts');
      const { performanceReport } = await import('./performance.ts');
      return performanceReport(viewPerformance(app, { portfolio, ...options }), 'year');
    },
  },
  {
    figures: [...new Set([...riskFigures, ...partFigures, ...frankedFigures, 'cashRatePct'])],
    report: async ({ app, portfolio }, options) => {
      const { viewAnalysis } = await import('../../usecases/view-analysis.ts');
      const { analysisReport } = await import('./analyze.ts');
      return analysisReport(viewAnalysis(app, { portfolio, ...options }));
    },
  },
  {
    // Of the suggestions that are pending, as they were made.
    figures: ['targetPct', 'afterPct', 'priority', 'brokerage', 'tax', 'cashAfter'],
    report: async ({ app, portfolio }) => {
      const { viewSuggestions } = await import('../../usecases/manage-suggestions.ts');
      const { listReport } = await import('./suggestions.ts');
      return listReport(viewSuggestions(app, { portfolio }), app.today());
    },
  },
];

const figureNames = [...new Set(explainable.flatMap(each => each.figures))];

function readFigure(text: string): string {
  const found = figureNames.find(name => name.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw new Failure('invalid-input', `"${text}" is not a figure of a report`, {
    hint: `The figures are ${figureNames.join(', ')}.`,
  });
}

export const addWhy: AddCommands = (program, { run }) => {
  program
    .command('why')
    .helpGroup(purposes.look)
    .summary('why a figure is what it is: formula, inputs, rules')
    .description(
      'Show how a figure is made: its formula, the entries and prices it rests on, and the rules it follows.',
    )
    .argument('<figure>', 'the name of its field in JSON, like gain or weightPct', readFigure)
    .argument('[code]', 'of this security; without it, of the portfolio', parseCode)
    .option('--from <date>', 'of a return or a risk: the first day', dateOf('--from'))
    .option('--to <date>', 'of a return or a risk: the last day', dateOf('--to'))
    .addHelpText(
      'after',
      examples(
        'asxos why gain BHP',
        'asxos why value',
        'asxos why weightPct CBA --json',
        'asxos why moneyWeightedPct --from 2025-07-01',
      ),
    )
    .action(async (figure: string, code: Code | undefined, options: Options, command) => {
      await run(command, given => explainFigure(given, figure, code, options));
    });
};

/** Explanations of the portfolio itself, not of one of its rows. */
const isOfWhole = ({ at }: Explained): boolean => !/\/\d+(\/|$)/.test(at);

/** Of a pair, each of the two. */
const isOf = ({ why }: Explained, code: Code): boolean => why.of.split(' and ').includes(code);

async function explainFigure(run: Run, figure: string, code: Code | undefined, options: Options): Promise<Report> {
  for (const each of explainable.filter(({ figures }) => figures.includes(figure))) {
    const report = await each.report(run, options);
    const found = (report.explain?.() ?? []).filter(
      explained =>
        explained.why.figure === figure && (code === undefined ? isOfWhole(explained) : isOf(explained, code)),
    );
    if (found.length > 0) return whyReport(run, report, found);
  }
  throw new Failure(
    'invalid-input',
    code === undefined
      ? `The portfolio as a whole has no ${figure}`
      : `There is no ${figure} of ${code}: it is not held`,
    { hint: code === undefined ? `Name a security: asxos why ${figure} CODE.` : 'See what is held: asxos holdings.' },
  );
}

const indent = ({ depth, what }: ExplanationLine): string => `${'  '.repeat(depth)}${what}`;

const columns: Column<ExplanationLine>[] = [
  { title: 'Figure', field: 'figure', text: indent, value: ({ what }) => what },
  { title: 'Value', field: 'value', align: 'right', text: ({ value }) => value },
  { title: 'From', field: 'from', isName: true, text: ({ note }) => note },
];

async function whyReport({ app, portfolio }: Run, report: Report, found: readonly Explained[]): Promise<Report> {
  const { listEntries } = await import('../../usecases/list-entries.ts');
  const explanations = found.map(({ why }) => why);
  const words = new Map(listEntries(app, { portfolio }).rows.map(row => [row.entry.id, describeEntry(row.entry)]));
  const entry = (id: string): string | undefined => words.get(id);
  const all = explanations.map(why => explanationLines(why, { entry }));
  const rules = [...new Set(explanations.flatMap(explanationRules))];
  return {
    schema: 'why/1',
    asOf: report.asOf,
    data: { explanations: explanations.map(explanationData) },
    warnings: report.warnings ?? [],
    sections: [
      ...explanations.map((why, index) => table(all[index] ?? [], columns, `${why.figure} of ${why.of}`)),
      ...(rules.length === 0 ? [] : [lines('Rules', ...rules.map(rule => `  ${rule}`))]),
    ],
    csv: csvOf(all.flat(), columns),
  };
}
