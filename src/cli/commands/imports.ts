/** The imports so far, taking one back, and the formats that can be read: the commands under `import`. */
import type { Command } from 'commander';
import { isoInstant } from '../../domain/date.ts';
import { formatCount } from '../../format.ts';
import type { FormatLine } from '../../usecases/list-formats.ts';
import type { ImportRow } from '../../usecases/undo-import.ts';
import { formatInstant, shortId } from '../figures.ts';
import { examples } from '../help.ts';
import type { Context } from '../program.ts';
import { type Column, csvOf, lines, table } from '../report.ts';

export function addImportList(parent: Command, { run }: Context): void {
  parent
    .command('list')
    .description('List the imports so far, the last first.')
    .addHelpText('after', examples('asxos import list', 'asxos import list --json'))
    .action(async (_options, command) => {
      const { listImports } = await import('../../usecases/undo-import.ts');
      await run(command, ({ app }) => {
        const rows = listImports(app);
        return {
          schema: 'imports/1',
          asOf: app.today(),
          data: { imports: rows.map(importRow) },
          sections: [rows.length === 0 ? lines('Nothing has been imported yet.') : table(rows, importColumns)],
          csv: csvOf(rows, importColumns),
        };
      });
    });
}

export function addImportUndo(parent: Command, { run }: Context): void {
  parent
    .command('undo')
    .description('Take back an import: delete the entries it brought.')
    .argument('<batch>', 'the id of the import')
    .addHelpText('after', examples('asxos import undo 3f2a91c0', 'asxos import undo 3f2a91c0 --json'))
    .action(async (name: string, _options, command) => {
      const { undoImport } = await import('../../usecases/undo-import.ts');
      await run(command, ({ app }) => {
        const { batch, removed } = undoImport(app, name);
        return {
          schema: 'import-undone/1',
          asOf: app.today(),
          data: { batch: batch.id, fileName: batch.fileName, removed },
          sections: [lines(`Took back ${formatCount(removed, 'entry')} of ${batch.fileName}.`)],
          csv: { fields: ['batch', 'fileName', 'removed'], rows: [[batch.id, batch.fileName, removed]] },
        };
      });
    });
}

export function addImportFormats(parent: Command, { run }: Context): void {
  parent
    .command('formats')
    .description('List the formats that can be read, and the header that tells each.')
    .addHelpText('after', examples('asxos import formats', 'asxos import formats --json'))
    .action(async (_options, command) => {
      const { listFormats } = await import('../../usecases/list-formats.ts');
      await run(command, ({ app }) => {
        const rows = listFormats();
        return {
          schema: 'import-formats/1',
          asOf: app.today(),
          data: { formats: rows },
          sections: [
            table(rows, formatColumns),
            lines('Any other file: name its columns with --map (see asxos import --help).'),
          ],
          csv: csvOf(rows, formatColumns),
        };
      });
    });
}

const importRow = (row: ImportRow) => ({
  batch: row.id,
  portfolio: row.portfolioName,
  format: row.format,
  fileName: row.fileName,
  importedAt: isoInstant(row.importedAt),
  added: row.added,
  duplicates: row.duplicates,
  rejected: row.rejected,
  undoneAt: row.undoneAt === undefined ? undefined : isoInstant(row.undoneAt),
});

const count = (field: 'added' | 'duplicates' | 'rejected', title: string, rank: number): Column<ImportRow> => ({
  title,
  field,
  align: 'right',
  rank,
  text: row => String(row[field]),
  value: row => row[field],
});

const importColumns: readonly Column<ImportRow>[] = [
  { title: 'Id', field: 'batch', text: row => shortId(row.id), value: row => row.id },
  {
    title: 'Imported',
    field: 'importedAt',
    text: row => formatInstant(row.importedAt),
    value: row => isoInstant(row.importedAt),
  },
  { title: 'Portfolio', field: 'portfolio', rank: 4, text: row => row.portfolioName },
  { title: 'Format', field: 'format', rank: 3, text: row => row.format },
  count('added', 'Added', 0),
  count('duplicates', 'There already', 2),
  count('rejected', 'Refused', 1),
  {
    title: '',
    field: 'undoneAt',
    text: row => (row.undoneAt === undefined ? '' : 'undone'),
    value: row => (row.undoneAt === undefined ? undefined : isoInstant(row.undoneAt)),
  },
  { title: 'File', field: 'fileName', isName: true, text: row => row.fileName },
];

const formatColumns: readonly Column<FormatLine>[] = [
  { title: 'Format', field: 'id', text: row => row.id },
  { title: 'Of', field: 'title', text: row => row.title },
  {
    title: 'Layout',
    field: 'verified',
    text: row => (row.verified ? 'verified' : 'unverified'),
    value: row => row.verified,
  },
  {
    title: 'Header names',
    field: 'headers',
    isName: true,
    text: row => row.headers.join(', '),
    value: row => row.headers.join(', '),
  },
];
