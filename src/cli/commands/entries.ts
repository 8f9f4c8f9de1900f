import { Option } from 'commander';
import { type Instant, isoInstant } from '../../domain/date.ts';
import { entryKinds } from '../../domain/ledger/entry.ts';
import { entryAmount } from '../../domain/ledger/entry-amount.ts';
import { type Code, parseCode } from '../../domain/market/security.ts';
import { formatCount } from '../../format.ts';
import type { EntryFilter, EntryList } from '../../usecases/list-entries.ts';
import { countOf, dateOf } from '../arguments.ts';
import { type EntryFacts, entryColumns, entryCsvColumns, entryRow, entrySentence } from '../entry-row.ts';
import { formatInstant } from '../figures.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';
import { entryReport } from './add.ts';

type Filter = Omit<EntryFilter, 'portfolio'>;

type Version = {
  readonly facts: EntryFacts;
  readonly version: number;
  readonly recordedAt: Instant;
  readonly supersededAt?: Instant | undefined;
  readonly deleted: boolean;
};

export const addEntries: AddCommands = (program, { run }) => {
  const entries = program
    .command('entries')
    .helpGroup(purposes.record)
    .summary('list, show, edit, delete and bring back entries')
    .description('List, show, edit and delete what was recorded. Ids may be cut to their last 8 characters.')
    .addHelpText(
      'after',
      examples('asxos entries list BHP', 'asxos entries show 3f2a91c0', 'asxos entries delete 3f2a91c0'),
    );

  entries
    .command('list')
    .description('List the recorded entries, oldest first.')
    .argument('[code]', 'of this security alone', parseCode)
    .option('--code <code>', 'of this security', parseCode)
    .addOption(new Option('--kind <kind>', 'of this kind').choices(entryKinds))
    .option('--from <date>', 'from this day on', dateOf('--from'))
    .option('--to <date>', 'up to this day', dateOf('--to'))
    .option('--limit <count>', 'the last ones only', countOf('--limit', 1, 1_000_000))
    .addHelpText(
      'after',
      examples(
        'asxos entries list',
        'asxos entries list BHP',
        'asxos entries list --code BHP --kind dividend --from 2025-07-01 --to 2026-06-30',
        'asxos entries list --portfolio all --csv > entries.csv',
      ),
    )
    .action(async (code: Code | undefined, options: Filter, command) => {
      const { listEntries } = await import('../../usecases/list-entries.ts');
      await run(command, ({ app, portfolio }) =>
        listReport(
          listEntries(app, { portfolio, ...options, code: code ?? options.code }),
          options.limit !== undefined,
          app.today(),
        ),
      );
    });

  entries
    .command('show')
    .description('Show an entry and every version of it that was ever recorded.')
    .argument('<id>', 'the id of the entry')
    .addHelpText('after', examples('asxos entries show 3f2a91c0', 'asxos entries show 3f2a91c0 --json'))
    .action(async (id: string, _options, command) => {
      const { versionsOf } = await import('../../usecases/record-entry.ts');
      const { portfolioNameOf } = await import('../../usecases/list-entries.ts');
      await run(command, ({ app }) => {
        const versions = versionsOf(app, id).map(({ entry, ...version }) => ({
          ...version,
          facts: { entry, portfolio: portfolioNameOf(app, entry), amount: entryAmount(entry) },
        }));
        return versionsReport(versions, app.today());
      });
    });

  entries
    .command('edit')
    .description('Put a new line in the place of an entry; the old version stays known.')
    .argument('<id>', 'the id of the entry')
    .argument('<entry...>', 'the whole new line, as for asxos add')
    .option('--dry-run', 'show the effect and change nothing')
    .addHelpText(
      'after',
      examples(
        'asxos entries edit 3f2a91c0 "buy 120 BHP @ 43.21 fee 9.95 on 2026-03-02"',
        'asxos entries edit 3f2a91c0 "buy 120 BHP @ 43.21 on 2026-03-02" --dry-run',
      ),
    )
    .action(async (id: string, words: string[], options: { dryRun?: boolean }, command) => {
      const { editEntry } = await import('../../usecases/record-entry.ts');
      await run(command, ({ app }) =>
        entryReport(editEntry(app, id, words.join(' '), { dryRun: options.dryRun }), app.today()),
      );
    });

  entries
    .command('delete')
    .description('Delete an entry; refused where a later sale needs its units.')
    .argument('<id>', 'the id of the entry')
    .addHelpText('after', examples('asxos entries delete 3f2a91c0', 'asxos entries undo 3f2a91c0'))
    .action(async (id: string, _options, command) => {
      const { removeEntry } = await import('../../usecases/record-entry.ts');
      const { portfolioNameOf } = await import('../../usecases/list-entries.ts');
      await run(command, ({ app }) => {
        const { entry } = removeEntry(app, id);
        const facts = { entry, portfolio: portfolioNameOf(app, entry), amount: entryAmount(entry) };
        const undo = `Bring it back: asxos entries undo ${entry.id}`;
        return changeReport('entry-deleted/1', facts, [`Deleted: ${entrySentence(entry)}.`, undo], app.today());
      });
    });

  entries
    .command('undo')
    .description('Bring back a deleted entry, or the version before the last edit.')
    .argument('<id>', 'the id of the entry')
    .addHelpText('after', examples('asxos entries undo 3f2a91c0', 'asxos entries undo 3f2a91c0 --json'))
    .action(async (id: string, _options, command) => {
      const { undoEntry } = await import('../../usecases/record-entry.ts');
      const { portfolioNameOf } = await import('../../usecases/list-entries.ts');
      await run(command, ({ app }) => {
        const { entry } = undoEntry(app, id);
        const facts = { entry, portfolio: portfolioNameOf(app, entry), amount: entryAmount(entry) };
        return changeReport('entry-restored/1', facts, [`As it was: ${entrySentence(entry)}.`], app.today());
      });
    });
};

function changeReport(schema: string, facts: EntryFacts, said: readonly string[], today: string): Report {
  return {
    schema,
    asOf: today,
    data: { entry: entryRow(facts), sentence: entrySentence(facts.entry) },
    sections: [lines(...said)],
    csv: csvOf([facts], entryCsvColumns),
  };
}

function listReport({ scope, rows, count }: EntryList, isLimited: boolean, today: string): Report {
  const shown = isLimited && rows.length < count ? `the last ${rows.length} of ` : '';
  const isCombined = scope.combined;
  return {
    schema: 'entries/1',
    asOf: today,
    data: { portfolio: scope.name, entries: rows.map(entryRow), count },
    sections:
      rows.length === 0
        ? [lines(`${scope.name}: no entries that fit.`)]
        : [
            lines(`${scope.name} · ${shown}${formatCount(count, 'entry')}`),
            table(
              rows,
              entryColumns.filter(
                column =>
                  (column.field !== 'portfolio' || isCombined) &&
                  (column.field !== 'note' || rows.some(({ entry }) => entry.note !== undefined)),
              ),
            ),
          ],
    csv: csvOf(rows, entryCsvColumns),
  };
}

const replacedAt = ({ supersededAt }: Version): string | undefined =>
  supersededAt === undefined ? undefined : isoInstant(supersededAt);

const versionColumns: readonly Column<Version>[] = [
  { title: 'Version', field: 'version', align: 'right', text: row => String(row.version), value: row => row.version },
  {
    title: 'Recorded',
    field: 'recordedAt',
    text: row => formatInstant(row.recordedAt),
    value: row => isoInstant(row.recordedAt),
  },
  {
    title: 'Replaced',
    field: 'supersededAt',
    text: row => (row.supersededAt === undefined && !row.deleted ? 'current' : formatInstant(row.supersededAt)),
    value: replacedAt,
  },
  { title: '', field: 'deleted', text: row => (row.deleted ? 'deleted' : ''), value: row => row.deleted },
  { title: 'Entry', field: 'line', text: row => entryRow(row.facts).line },
];

function versionsReport(versions: readonly Version[], today: string): Report {
  const [first] = versions;
  const latest = versions.at(-1);
  return {
    schema: 'entry-versions/1',
    asOf: today,
    data: {
      id: first?.facts.entry.id,
      versions: versions.map(row => ({
        version: row.version,
        recordedAt: isoInstant(row.recordedAt),
        supersededAt: replacedAt(row),
        deleted: row.deleted,
        entry: entryRow(row.facts),
      })),
    },
    sections: [
      lines(
        latest ? `${latest.deleted ? 'Deleted: ' : ''}${entrySentence(latest.facts.entry)}.` : '',
        latest ? `${latest.facts.portfolio} · entry ${latest.facts.entry.id}` : '',
      ),
      table(versions, versionColumns),
    ],
    csv: csvOf(versions, versionColumns),
  };
}
