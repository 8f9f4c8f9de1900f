import { Argument, type Command } from 'commander';
import { isoInstant } from '../../domain/date.ts';
import { type FindingKind, findingKinds } from '../../domain/market/quality.ts';
import { Failure } from '../../failure.ts';
import { formatCount } from '../../format.ts';
import type { DataCheck } from '../../usecases/check-data.ts';
import { drillReport } from '../drill-report.ts';
import { examinedReport } from '../examined-report.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands, Context } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

type Options = { all?: boolean; online?: boolean; restoreDrill?: boolean };

export const addDoctor: AddCommands = (program, context) => {
  const { run } = context;
  program
    .command('doctor')
    .helpGroup(purposes.keep)
    .summary('what is wrong, why it matters, and what mends it')
    .description(
      'Check the database, what is recorded, stored prices, the key, the schedule, backups and this computer. Exit 1 where something is wrong; what could not be looked at is unknown, and is not counted as wrong. With data: the stored prices alone, bar by bar; a history that is broken is fetched whole by the next refresh.',
    )
    .addArgument(new Argument('[part]', 'one part alone').choices(['data']))
    .option('--online', 'ask EODHD about the key, the plan and the time; no call is spent')
    .option('--restore-drill', 'restore the newest backup beside the data, and compare the reports')
    .option('--all', 'with data: of every security whose history is stored')
    .addHelpText('after', examples('asxos doctor', 'asxos doctor --online --json', 'asxos doctor data --all'))
    .action(async (part: 'data' | undefined, options: Options, command) => {
      if (options.restoreDrill) {
        if (part !== undefined || options.online || options.all) {
          throw new Failure('invalid-input', '--restore-drill goes alone', {
            hint: 'Write: asxos doctor --restore-drill.',
          });
        }
        await drill(context, command);
        return;
      }
      if (part === undefined) {
        if (options.all)
          throw new Failure('invalid-input', '--all goes with data', { hint: 'Write: asxos doctor data --all.' });
        await examineAll(context, command, options.online === true);
        return;
      }
      if (options.online)
        throw new Failure('invalid-input', '--online does not go with data', { hint: 'Write: asxos doctor --online.' });
      const { checkData, fetchAgain } = await import('../../usecases/check-data.ts');
      await run(command, ({ app }) => {
        const check = checkData(app, { all: options.all === true });
        fetchAgain(app, check);
        return doctorReport(check, app.now());
      });
    });
};

/** Whatever is wrong, also with the settings: nothing of it needs a database that opens. */
async function examineAll({ run, outside }: Context, command: Command, online: boolean): Promise<void> {
  const { examine } = await import('../../usecases/examine.ts');
  await run(
    command,
    async ({ app, signal, quiet }) => {
      const checks = await examine(app, { signal, online, terminal: outside.streams.terminal });
      return examinedReport(checks, app.now(), quiet);
    },
    { prices: 'none', anyhow: true },
  );
}

async function drill({ run }: Context, command: Command): Promise<void> {
  const { drillRestore } = await import('../../usecases/drill-restore.ts');
  const { reportHashes } = await import('../report-hashes.ts');
  await run(command, async ({ app, quiet }) => drillReport(await drillRestore(app, reportHashes), app.now(), quiet), {
    prices: 'none',
  });
}

type Words = {
  readonly what: string;
  readonly status: 'warning' | 'problem';
  readonly why: string;
  /** Undefined where there is nothing to mend: the security is like that. */
  readonly fix: string | undefined;
};

const fetchHistory = 'asxos refresh history';
const words: Readonly<Record<FindingKind, Words>> = {
  gap: {
    what: 'gaps',
    status: 'warning',
    why: 'Returns and risk skip the days; a model takes them for one.',
    fix: fetchHistory,
  },
  thin: { what: 'thin trading', status: 'warning', why: 'Its volatility and its signals say little.', fix: undefined },
  end: {
    what: 'histories that end early',
    status: 'warning',
    why: 'It is valued at an old price, and no alert is checked by it.',
    fix: fetchHistory,
  },
  impossible: {
    what: 'impossible bars',
    status: 'problem',
    why: 'The bar is not used, so the day has no close.',
    fix: fetchHistory,
  },
  jump: {
    what: 'jumps',
    status: 'problem',
    why: 'A split may be missing, or the price is wrong: gains would be.',
    fix: 'asxos prices accept CODE DATE',
  },
  volume: { what: 'days without volume', status: 'warning', why: 'The closes may only be repeated.', fix: undefined },
  future: {
    what: 'bars yet to come',
    status: 'problem',
    why: 'It would be taken for the latest close.',
    fix: fetchHistory,
  },
  quote: {
    what: 'quotes against closes',
    status: 'warning',
    why: 'One of the two is wrong, and the quote values the holding.',
    fix: 'asxos refresh prices',
  },
};

type Check = {
  readonly id: FindingKind | 'stored';
  readonly status: 'ok' | 'warning' | 'problem' | 'unknown';
  readonly finding: string;
  readonly why: string;
  readonly fix: string | undefined;
};

const checksOf = (check: DataCheck): Check[] => [storedCheck(check), ...findingKinds.map(kind => checkOf(kind, check))];

function storedCheck({ checked, without }: DataCheck): Check {
  const base = { id: 'stored', why: 'Nothing can be said of prices that are not there.' } as const;
  if (without.length > 0) {
    return { ...base, status: 'unknown', finding: `no stored prices: ${without.join(', ')}`, fix: fetchHistory };
  }
  if (checked === 0) return { ...base, status: 'unknown', finding: 'nothing is held or watched', fix: undefined };
  return { ...base, status: 'ok', finding: 'prices of all are stored', fix: undefined };
}

function checkOf(id: FindingKind, { checked, findings }: DataCheck): Check {
  const { what, status, why, fix } = words[id];
  const count = findings.filter(each => each.kind === id).length;
  if (count > 0) return { id, status, finding: `${what}: ${count}`, why, fix };
  if (checked === 0) return { id, status: 'unknown', finding: `${what}: not known`, why, fix: undefined };
  return { id, status: 'ok', finding: `no ${what}`, why, fix: undefined };
}

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
