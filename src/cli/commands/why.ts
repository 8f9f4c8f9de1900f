import type { LocalDate } from '../../domain/date.ts';
import { frankedFigures, partFigures } from '../../domain/explain/analysis.ts';
import { benchmarkFigures } from '../../domain/explain/benchmark.ts';
import { gainLineFigures } from '../../domain/explain/capital-gain.ts';
import { contributionFigures } from '../../domain/explain/contributions.ts';
import { dividendFigures } from '../../domain/explain/dividend.ts';
import type { Explanation } from '../../domain/explain/explanation.ts';
import { evaluate, type Scalar } from '../../domain/explain/formula.ts';
import { qualityFigures } from '../../domain/explain/fundamentals.ts';
import { holdingFigures, totalFigures } from '../../domain/explain/holdings.ts';
import { incomeTotalFigures } from '../../domain/explain/income-total.ts';
import { paymentFigures } from '../../domain/explain/payment.ts';
import { drawdownFigures, performanceFigures } from '../../domain/explain/performance.ts';
import { receivedFigures, yieldFigures } from '../../domain/explain/received-income.ts';
import { taxYearFigures } from '../../domain/explain/tax-year.ts';
import { trustFigures } from '../../domain/explain/trust.ts';
import { metricNames } from '../../domain/fundamentals/metrics.ts';
import { type Code, parseCode } from '../../domain/market/security.ts';
import { riskFigures } from '../../domain/returns/portfolio-risk.ts';
import { Failure } from '../../failure.ts';
import { describeRecorded } from '../../words/format-entry.ts';
import {
  type ExplanationLine,
  explanationLines,
  explanationRules,
  formatFigure,
} from '../../words/format-explanation.ts';
import { dateOf, financialYearOf } from '../arguments.ts';
import { type Explained, explanationData } from '../explained.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands, Run } from '../program.ts';
import { type Column, csvOf, lines, type Report, type Section, table } from '../report.ts';
import { taxQuestion } from './tax.ts';

/** What may be asked of a report beside the figure. */
type Asked = {
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly fy?: number;
  readonly owner?: string;
  /** The security asked about, for reports that are of one. */
  readonly code?: Code | undefined;
};

/** A report whose figures can be asked about, and how it is made. */
type Explainable = {
  readonly figures: readonly string[];
  /** A report of a window takes days, one of a year a year, an owner's year an owner too. */
  readonly of: 'now' | 'window' | 'year' | "owner's year" | 'security';
  readonly report: (run: Run, asked: Asked) => Promise<Report>;
};

const gains = async (run: Run, asked: Asked): Promise<Report> => {
  const { viewTaxYear } = await import('../../usecases/view-tax-year.ts');
  const { capitalGainsReport } = await import('../tax/capital-gains-report.ts');
  return capitalGainsReport(viewTaxYear(run.app, taxQuestion(run, asked)), run.app.today());
};

const assessed = async (run: Run, asked: Asked): Promise<Report> => {
  const { viewTaxYear } = await import('../../usecases/view-tax-year.ts');
  const { incomeReport } = await import('../tax/income-report.ts');
  return incomeReport(viewTaxYear(run.app, taxQuestion(run, asked)), run.app.today());
};

const explainable: readonly Explainable[] = [
  {
    figures: [...holdingFigures, ...totalFigures],
    of: 'now',
    report: async ({ app, portfolio }) => {
      const { viewPortfolio } = await import('../../usecases/view-portfolio.ts');
      const { holdingsReport } = await import('./holdings.ts');
      return holdingsReport(viewPortfolio(app, { portfolio }), app.now());
    },
  },
  {
    figures: [...new Set([...performanceFigures, ...benchmarkFigures, ...drawdownFigures, ...contributionFigures])],
    of: 'window',
    report: async ({ app, portfolio }, { from, to }) => {
      const { viewPerformance } = await import('../../usecases/view-performance.ts');
      const { performanceReport } = await import('./performance.ts');
      return performanceReport(viewPerformance(app, { portfolio, from, to }), 'year');
    },
  },
  {
    figures: [...new Set([...riskFigures, ...partFigures, ...frankedFigures, 'cashRatePct'])],
    of: 'window',
    report: async ({ app, portfolio }, { from, to }) => {
      const { viewAnalysis } = await import('../../usecases/view-analysis.ts');
      const { analysisReport } = await import('./analyze.ts');
      return analysisReport(viewAnalysis(app, { portfolio, from, to }));
    },
  },
  { figures: [...taxYearFigures, ...gainLineFigures], of: "owner's year", report: gains },
  { figures: [...incomeTotalFigures, ...dividendFigures, ...trustFigures], of: "owner's year", report: assessed },
  {
    figures: [...yieldFigures, ...receivedFigures, ...paymentFigures],
    of: 'year',
    report: async (run, { fy }) => {
      const { incomeOf, summaryReport } = await import('./income.ts');
      return summaryReport(await incomeOf(run, fy));
    },
  },
  {
    figures: [...qualityFigures, ...metricNames],
    of: 'security',
    report: async (run, { code }) => {
      const { fundamentalsOf, fundamentalsReport } = await import('./fundamentals.ts');
      if (code === undefined) throw nameSecurity();
      return fundamentalsReport(await fundamentalsOf(run, code, undefined));
    },
  },
  {
    // Of the suggestions that are pending, as they were made.
    figures: ['targetPct', 'afterPct', 'priority', 'brokerage', 'tax', 'cashAfter'],
    of: 'now',
    report: async ({ app, portfolio }) => {
      const { viewSuggestions } = await import('../../usecases/manage-suggestions.ts');
      const { listReport } = await import('./suggestions.ts');
      return listReport(viewSuggestions(app, { portfolio }), app.today());
    },
  },
];

const figureNames = [...new Set(explainable.flatMap(each => each.figures))];

const nameSecurity = (): Failure =>
  new Failure('invalid-input', 'Fundamentals are of one security, not of the portfolio', {
    hint: 'Name a security: asxos why FIGURE CODE.',
  });

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
    .option('--fy <year>', 'of this financial year: capital gains, income', financialYearOf('--fy'))
    .option('--owner <name>', "of this owner's tax")
    .addHelpText(
      'after',
      examples(
        'asxos why gain BHP',
        'asxos why roe BHP',
        'asxos why moneyWeightedPct --from 2025-07-01',
        'asxos why creditAllowed BHP --fy 2026 --owner Ann',
      ),
    )
    .action(async (figure: string, code: Code | undefined, asked: Asked, command) => {
      await run(command, given => explainFigure(given, figure, code, asked));
    });
};

/** Explanations of the report as a whole, not of one of its rows. */
const isOfWhole = ({ at }: Explained): boolean => !/\/\d+(\/|$)/.test(at);

/** Of a pair, each of the two. */
const isOf = ({ why }: Explained, code: Code): boolean => why.of.split(' and ').includes(code);

/** The reports that have the figure and take what was asked. */
const answering = (figure: string, { from, to, fy, owner }: Asked): readonly Explainable[] =>
  explainable.filter(
    ({ figures, of }) =>
      figures.includes(figure) &&
      ((from === undefined && to === undefined) || of === 'window') &&
      (fy === undefined || of === 'year' || of === "owner's year") &&
      (owner === undefined || of === "owner's year"),
  );

async function explainFigure(run: Run, figure: string, code: Code | undefined, asked: Asked): Promise<Report> {
  for (const each of answering(figure, asked)) {
    const report = await each.report(run, { ...asked, code });
    const found = ((await report.explain?.()) ?? []).filter(
      explained =>
        explained.why.figure === figure && (code === undefined ? isOfWhole(explained) : isOf(explained, code)),
    );
    if (found.length > 0) return whyReport(run, report, found);
  }
  throw new Failure('invalid-input', `There is no ${figure} ${wordsOf(code, asked)}`, {
    hint: code === undefined ? `Name a security: asxos why ${figure} CODE.` : 'See what is held: asxos holdings.',
  });
}

const wordsOf = (code: Code | undefined, { fy, owner }: Asked): string =>
  [
    code === undefined ? 'of the portfolio as a whole' : `of ${code}: it is not held, or nothing of it is there`,
    ...(fy === undefined ? [] : [`in FY${fy}`]),
    ...(owner === undefined ? [] : [`for ${owner}`]),
  ].join(' ');

const indent = ({ depth, what }: ExplanationLine): string => `${'  '.repeat(depth)}${what}`;

const columns: Column<ExplanationLine>[] = [
  { title: 'Figure', field: 'figure', text: indent, value: ({ what }) => what },
  { title: 'Value', field: 'value', align: 'right', text: ({ value }) => value },
  { title: 'From', field: 'from', isName: true, text: ({ note }) => note },
];

/** The formula over the inputs that are shown: what a reader would come to. */
function madeAgain({ formula, inputs, unit }: Explanation): Section[] {
  const value = evaluate(formula, new Map(inputs.map(input => [input.name, input.value])));
  if (value === undefined || Array.isArray(value)) return [];
  return [lines(`From these inputs the formula makes ${formatFigure(value as Scalar, unit)}.`)];
}

async function whyReport({ app }: Run, report: Report, found: readonly Explained[]): Promise<Report> {
  const { listEntries } = await import('../../usecases/list-entries.ts');
  const explanations = found.map(({ why }) => why);
  const words = new Map(
    listEntries(app, { portfolio: 'all' }).rows.map(({ entry }) => [entry.id, describeRecorded(entry)]),
  );
  const entry = (id: string): string | undefined => words.get(id);
  const all = explanations.map(why => explanationLines(why, { entry }));
  const rules = [...new Set(explanations.flatMap(explanationRules))];
  return {
    schema: 'why/1',
    asOf: report.asOf,
    data: { explanations: explanations.map(explanationData) },
    warnings: report.warnings ?? [],
    sections: [
      ...explanations.flatMap((why, index) => [
        table(all[index] ?? [], columns, `${why.figure} of ${why.of}`),
        ...madeAgain(why),
      ]),
      ...(rules.length === 0 ? [] : [lines('Rules', ...rules.map(rule => `  ${rule}`))]),
    ],
    csv: csvOf(all.flat(), columns),
  };
}
