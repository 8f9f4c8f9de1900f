import { isoInstant } from '../../domain/date.ts';
import { formatBytes, formatDate, formatMoney, unknown } from '../../format.ts';
import type { StoredBackup } from '../../usecases/list-backups.ts';
import type { RestoreReport, Summary } from '../../usecases/restore-backup.ts';
import { formatInstant } from '../figures.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

export const addRestore: AddCommands = (program, { run }) => {
  program
    .command('restore')
    .helpGroup(purposes.keep)
    .summary('what is in a backup, and putting it in place')
    .description(
      'Show what is in a backup beside what there is now; with --yes put it in place. What it replaces is kept in backups/. A console that is open goes on with what was restored. Without a file the backups of the data directory are listed.',
    )
    .argument('[file]', 'a file that asxos backup wrote, or one of backups/')
    .option('--yes', 'put it in place')
    .addHelpText('after', examples('asxos restore', 'asxos restore asxos.db', 'asxos restore asxos.db --yes'))
    .action(async (file: string | undefined, { yes = false }: { yes?: boolean }, command) => {
      const { restoreBackup } = await import('../../usecases/restore-backup.ts');
      const { listBackups } = await import('../../usecases/list-backups.ts');
      await run(
        command,
        async ({ app }) =>
          file === undefined
            ? listReport(listBackups(app), app.today())
            : restoreReport(await restoreBackup(app, file, { write: yes }), app.today()),
        { prices: 'none' },
      );
    });
};

const backupColumns: readonly Column<StoredBackup>[] = [
  { title: 'Made', field: 'at', text: row => formatInstant(row.at), value: row => isoInstant(row.at) },
  { title: 'Size', field: 'bytes', align: 'right', text: row => formatBytes(row.bytes), value: row => row.bytes },
  { title: 'File', field: 'file', text: row => row.path },
];

const listReport = (backups: readonly StoredBackup[], today: string): Report => ({
  schema: 'backups/1',
  asOf: today,
  data: { backups: backups.map(({ path, bytes, at, day }) => ({ file: path, bytes, at: isoInstant(at), day })) },
  sections: [
    lines(
      backups.length === 0
        ? 'There is no backup yet. One a day is made by asxos refresh and by an open console; at once: asxos backup FILE'
        : 'See what is in one: asxos restore FILE',
    ),
    table(backups, backupColumns),
  ],
  csv: csvOf(backups, backupColumns),
});

type Line = { readonly what: string; readonly of: (summary: Summary) => string };
const compared: readonly Line[] = [
  {
    what: 'Portfolios',
    of: ({ portfolios }) => portfolios.map(({ name, entries }) => `${name} (${entries})`).join(', ') || 'none',
  },
  { what: 'Entries', of: ({ entries }) => String(entries) },
  { what: 'Last entry', of: ({ lastEntryOn }) => formatDate(lastEntryOn) },
  { what: 'Last change', of: ({ changedAt }) => formatInstant(changedAt) },
  { what: 'Holdings', of: ({ holdings }) => String(holdings) },
  { what: 'Cost base', of: ({ costBase }) => formatMoney(costBase) },
  { what: 'Watched', of: ({ watched }) => String(watched) },
  { what: 'Alerts', of: ({ alerts }) => String(alerts) },
  { what: 'Newest close', of: ({ newestClose }) => formatDate(newestClose) },
];

const known = (text: string): string | undefined => (text === unknown ? undefined : text);

type Row = { readonly what: string; readonly inFile: string; readonly now: string };

function restoreReport(report: RestoreReport, today: string): Report {
  const { file, schema, inFile, database, now, nowTrouble, restored, kept } = report;
  const rows = compared.map(
    ({ what, of }): Row => ({
      what,
      inFile: of(inFile),
      now: now === undefined ? unknown : of(now),
    }),
  );
  const columns: readonly Column<Row>[] = [
    { title: '', field: 'what', text: row => row.what },
    { title: 'In the backup', field: 'inFile', text: row => row.inFile, value: row => known(row.inFile) },
    { title: restored ? 'Before' : 'Now', field: 'now', text: row => row.now, value: row => known(row.now) },
  ];
  return {
    schema: 'restore/1',
    asOf: today,
    data: {
      file,
      schema,
      database,
      restored,
      kept,
      inFile: dataOf(inFile),
      now: now && dataOf(now),
      nowTrouble,
    },
    sections: [
      lines(`The backup ${file}, schema ${schema}, is sound.`),
      table(rows, columns),
      lines(
        ...(nowTrouble === undefined ? [] : [`What is there now cannot be read: ${nowTrouble}`]),
        ...(now === undefined && nowTrouble === undefined ? [`There is no database at ${database} yet.`] : []),
        ...(restored ? doneWords(kept) : [`Nothing was changed. Put it in place: asxos restore ${file} --yes`]),
      ),
    ],
    csv: csvOf(rows, columns),
  };
}

const doneWords = (kept: string | undefined): string[] => [
  'Restored.',
  ...(kept === undefined ? [] : [`What was there is kept: ${kept}`]),
];

const dataOf = ({ changedAt, ...summary }: Summary) => ({
  ...summary,
  changedAt: changedAt === undefined ? undefined : isoInstant(changedAt),
});
