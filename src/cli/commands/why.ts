import type { Explanation } from '../../domain/explain/explanation.ts';
import { evaluate, type Scalar } from '../../domain/explain/formula.ts';
import { nearestWord } from '../../domain/ledger/entry-words.ts';
import { type Code, parseCode } from '../../domain/market/security.ts';
import { Failure } from '../../failure.ts';
import { describeRecorded } from '../../words/format-entry.ts';
import {
  type ExplanationLine,
  explanationLines,
  explanationRules,
  formatFigure,
} from '../../words/format-explanation.ts';
import { dateOf, financialYearOf, positiveOf } from '../arguments.ts';
import { type Asked, type Explainable, explainable, figureNames } from '../explainable.ts';
import { type Explained, explanationData } from '../explained.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands, Run } from '../program.ts';
import { type Column, csvOf, lines, type Report, type Section, table } from '../report.ts';

function readFigure(text: string): string {
  const wanted = text.toLowerCase().replaceAll('-', '');
  const names = figureNames.filter(name => name.toLowerCase() === wanted);
  // A figure of one model is found by its own name where no other has it.
  const found = names[0] ?? figureNames.find(name => name.toLowerCase().endsWith(`/${wanted}`));
  if (found !== undefined) return found;
  const near = nearestWord(text, figureNames);
  throw new Failure('invalid-input', `"${text}" is not a figure of a report`, {
    hint: near === undefined ? `The figures are ${figureNames.join(', ')}.` : `Did you mean ${near}?`,
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
    .option('--units <n>', 'of the sale of so many units of CODE', positiveOf('--units'))
    .option('--against <portfolio>', 'of a comparison with this portfolio')
    .addHelpText(
      'after',
      examples(
        'asxos why gain BHP',
        'asxos why creditAllowed BHP --fy 2026 --owner Ann',
        'asxos why taxableGain BHP --units 100',
        'asxos why sharedPct --against Joint --from 2025-07-01',
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
const answering = (figure: string, { from, to, fy, owner, units, against }: Asked): readonly Explainable[] =>
  explainable.filter(
    ({ figures, of }) =>
      figures.includes(figure) &&
      ((from === undefined && to === undefined) || of === 'window' || of === 'pair') &&
      (fy === undefined || of === 'year' || of === "owner's year") &&
      (owner === undefined || of === "owner's year") &&
      (units === undefined) === (of !== 'sale') &&
      (against === undefined) === (of !== 'pair'),
  );

/** Whether all of a report is of what was asked: then none of it is left out. */
const isOfAsked = ({ of }: Explainable): boolean => of === 'security' || of === 'sale' || of === 'pair';

async function explainFigure(run: Run, figure: string, code: Code | undefined, asked: Asked): Promise<Report> {
  for (const each of answering(figure, asked)) {
    const report = await each.report(run, { ...asked, code });
    const found = ((await report.explain?.()) ?? []).filter(
      explained =>
        (explained.why.figure === figure || explained.at.endsWith(`/${figure}`)) &&
        (isOfAsked(each) || (code === undefined ? isOfWhole(explained) : isOf(explained, code))),
    );
    if (found.length > 0) return whyReport(run, report, found);
  }
  throw new Failure('invalid-input', `There is no ${figure} ${wordsOf(code, asked)}`, {
    hint: code === undefined ? `Name a security: asxos why ${figure} CODE.` : 'See what is held: asxos holdings.',
  });
}

const wordsOf = (code: Code | undefined, { fy, owner, units, against }: Asked): string =>
  [
    code === undefined ? 'of the portfolio as a whole' : `of ${code}: it is not held, or nothing of it is there`,
    ...(fy === undefined ? [] : [`in FY${fy}`]),
    ...(owner === undefined ? [] : [`for ${owner}`]),
    ...(units === undefined ? [] : ['in the preview of a sale']),
    ...(against === undefined ? [] : [`in the comparison with ${against}`]),
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
