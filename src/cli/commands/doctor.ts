import { Argument } from 'commander';
import { isoInstant } from '../../domain/date.ts';
import { type FindingKind, findingKinds } from '../../domain/market/quality.ts';
import { formatCount } from '../../format.ts';
import type { DataCheck } from '../../usecases/check-data.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

export const addDoctor: AddCommands = (program, { run }) => {
  program
    .command('doctor')
    .helpGroup(purposes.keep)
    .summary('what is wrong with stored prices, and what mends it')
    .description(
      'Check the stored prices of what you hold and watch: gaps, jumps, impossible bars, quotes against closes. Exit 1 where something is wrong.',
    )
    .addArgument(new Argument('[part]', 'what to check').choices(['data']).default('data'))
    .option('--all', 'of every security whose history is stored')
    .addHelpText('after', examples('asxos doctor data', 'asxos doctor data --all --json'))
    .action(async (_part: string, options: { all?: boolean }, command) => {
      const { checkData } = await import('../../usecases/check-data.ts');
      await run(command, ({ app }) => doctorReport(checkData(app, { all: options.all === true }), app.now()));
    });
};

type Words = {
  readonly what: string;
  readonly status: 'warning' | 'problem';
  readonly why: string;
  readonly fix: string;
};

const fetchAgain = 'asxos refresh history';
const words: Readonly<Record<FindingKind, Words>> = {
  gap: {
    what: 'gaps',
    status: 'warning',
    why: 'Returns and risk skip the days; a model takes them for one.',
    fix: fetchAgain,
  },
  thin: { what: 'thin trading', status: 'warning', why: 'Its volatility and its signals say little.', fix: fetchAgain },
  end: {
    what: 'histories that end early',
    status: 'warning',
    why: 'It is valued at an old price, and no alert is checked by it.',
    fix: fetchAgain,
  },
  impossible: {
    what: 'impossible bars',
    status: 'problem',
    why: 'The bar is not used, so the day has no close.',
    fix: fetchAgain,
  },
  jump: {
    what: 'jumps',
    status: 'problem',
    why: 'A split may be missing, or the price is wrong: gains would be.',
    fix: 'asxos prices list',
  },
  volume: { what: 'days without volume', status: 'warning', why: 'The closes may only be repeated.', fix: fetchAgain },
  future: {
    what: 'bars yet to come',
    status: 'problem',
    why: 'It would be taken for the latest close.',
    fix: fetchAgain,
  },
  quote: {
    what: 'quotes against closes',
    status: 'warning',
    why: 'One of the two is wrong, and the quote values the holding.',
    fix: 'asxos refresh prices',
  },
};

type Check = {
  readonly id: FindingKind;
  readonly status: 'ok' | 'warning' | 'problem';
  readonly finding: string;
  readonly why: string;
  readonly fix: string | undefined;
};

const checksOf = ({ checked, findings }: DataCheck): Check[] =>
  findingKinds.map(id => {
    const count = findings.filter(each => each.kind === id).length;
    const { what, status, why, fix } = words[id];
    const finding = count === 0 ? `no ${what}` : `${what}: ${count}`;
    if (checked === 0) return { id, status: 'ok', finding: 'nothing is held or watched', why, fix: undefined };
    return { id, status: count === 0 ? 'ok' : status, finding, why, fix: count === 0 ? undefined : fix };
  });

const checkColumns: readonly Column<Check>[] = [
  { title: 'Check', text: row => row.status },
  { title: 'Finding', text: row => row.finding },
  { title: 'Why it matters', isName: true, rank: 2, text: row => (row.status === 'ok' ? '' : row.why) },
  { title: 'Mended by', rank: 1, text: row => row.fix ?? '' },
];

type Found = DataCheck['findings'][number];
const findingColumns: readonly Column<Found>[] = [
  { title: 'Code', field: 'code', text: row => row.code },
  { title: 'Date', field: 'date', text: row => row.date },
  { title: 'Kind', field: 'kind', text: row => row.kind },
  { title: 'Detail', field: 'detail', isName: true, text: row => row.detail },
];

function doctorReport(check: DataCheck, now: number): Report {
  const checks = checksOf(check);
  const { findings, checked } = check;
  return {
    schema: 'doctor/1',
    asOf: isoInstant(now),
    data: {
      checks,
      findings: findings.map(each => ({ ...each, foundAt: isoInstant(each.foundAt) })),
    },
    sections: [
      lines(
        `Stored prices of ${formatCount(checked, 'security', 'securities')}: ${formatCount(findings.length, 'finding')}.`,
      ),
      table(checks, checkColumns),
      ...(findings.length === 0 ? [] : [table(findings, findingColumns)]),
    ],
    csv: csvOf(findings, findingColumns),
    exitCode: findings.length === 0 ? 0 : 1,
  };
}
