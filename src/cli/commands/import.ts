import { basename } from 'node:path';
import { formatCount, formatMoney, formatUnits } from '../../format.ts';
import type { ImportReport } from '../../usecases/import-entries.ts';
import { priceColumn } from '../figures.ts';
import { examples, purposes } from '../help.ts';
import { ownImportReport } from '../own-import-report.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';
import { firstPortfolioNote } from './add.ts';
import { addImportFormats, addImportList, addImportUndo } from './imports.ts';

type Options = { format?: string; map?: string; dryRun?: boolean };

export const addImport: AddCommands = (program, context) => {
  const command = program
    .command('import')
    .helpGroup(purposes.record)
    .summary("a broker's or holdings CSV; list, undo, formats")
    .description(
      "Import a broker's export, a file of holdings, or what asxos export wrote. Importing a file again adds nothing.",
    )
    .argument('<file>', 'the file, or - for standard input')
    .option('--format <id>', 'the format; found by the header when not given')
    .option('--map <columns>', 'name the columns yourself, like "date=Trade Date,code=Ticker"')
    .option('--dry-run', 'show what would be added and record nothing')
    .addHelpText(
      'after',
      examples(
        'asxos import Confirmations.csv --dry-run',
        'asxos import Confirmations.csv --portfolio "Family SMSF"',
        'asxos import trades.csv --map "date=Day,code=Ticker,side=Action,units=Qty,price=Price,fee=Fees"',
        'asxos import undo 3f2a91c0',
      ),
    )
    .action(async (file: string, options: Options, command) => {
      const { importEntries } = await import('../../usecases/import-entries.ts');
      const { importOwn, isOwnExport } = await import('../../usecases/import-own.ts');
      const { parseColumns } = await import('../../usecases/list-formats.ts');
      const { decodeText, readNamedFile } = await import('../../usecases/read-file.ts');
      const map = options.map === undefined ? undefined : parseColumns(options.map);
      await context.run(command, async ({ app, portfolio }) => {
        const bytes = file === '-' ? await context.outside.readStdin() : readNamedFile(file);
        const text = decodeText(bytes);
        if (map === undefined && isOwnExport(text)) {
          return ownImportReport(await importOwn(app, text, { dryRun: options.dryRun === true }), app.now());
        }
        const report = importEntries(app, {
          text,
          fileName: file === '-' ? 'standard input' : basename(file),
          format: options.format,
          map,
          portfolio,
          dryRun: options.dryRun,
        });
        return importReport(report, app.today());
      });
    });
  addImportList(command, context);
  addImportUndo(command, context);
  addImportFormats(command, context);
};

type Reject = ImportReport['rejected'][number];
const rejectColumns: readonly Column<Reject>[] = [
  { title: 'Line', field: 'line', align: 'right', text: row => String(row.line), value: row => row.line },
  { title: 'Reason', field: 'reason', text: row => row.reason },
];

type After = ImportReport['holdings'][number];
const afterColumns = (rows: readonly After[]): Column<After>[] => [
  { title: 'Code', text: row => row.code },
  { title: 'Units', align: 'right', text: row => formatUnits(row.units) },
  { title: 'Avg cost', align: 'right', text: priceColumn(rows, row => row.averageCost) },
  { title: 'Cost base', align: 'right', text: row => formatMoney(row.costBase) },
];

/** What is shown of long lists; scripts have them whole. */
const shownRows = 40;

function importReport(report: ImportReport, today: string): Report {
  const { written, rejected, holdings } = report;
  const isDone = written && report.added > 0;
  const more =
    rejected.length > shownRows ? [lines(`... and ${rejected.length - shownRows} more; --csv lists them all`)] : [];
  return {
    schema: 'import/1',
    asOf: today,
    data: {
      batch: report.batch,
      format: report.format,
      layoutVerified: report.verified,
      portfolio: report.portfolio,
      written,
      added: report.added,
      duplicates: report.duplicates,
      rejected,
      skipped: report.skipped,
      warnings: report.warnings,
      ...(written ? {} : { holdings }),
    },
    warnings: report.warnings,
    notes: report.createdPortfolio && (isDone || !written) ? [firstPortfolioNote(report.portfolio, written)] : [],
    sections: [
      lines(...sentences(report)),
      table(rejected.slice(0, shownRows), rejectColumns, 'Refused rows'),
      ...more,
      ...(written
        ? []
        : [table(holdings.slice(0, shownRows), afterColumns(holdings), `${report.portfolio} would then hold`)]),
      ...(!written && holdings.length > shownRows
        ? [lines(`... and ${holdings.length - shownRows} more holdings`)]
        : []),
    ],
    csv: csvOf(rejected, rejectColumns),
    exitCode: rejected.length > 0 ? 3 : 0,
  };
}

function sentences(report: ImportReport): string[] {
  const { written, added, duplicates, rejected, skipped, portfolio } = report;
  const layout = report.verified ? report.title : `${report.title} (layout unverified)`;
  const others = [
    ...(duplicates > 0 ? [`${formatCount(duplicates, 'row')} there already`] : []),
    ...(rejected.length > 0 ? [`${formatCount(rejected.length, 'row')} refused`] : []),
    ...(skipped.length > 0 ? [`${formatCount(skipped.length, 'line')} without an entry`] : []),
  ];
  const verb = written ? 'Added' : 'Would add';
  const first = `${verb} ${formatCount(added, 'entry')} to ${portfolio}${others.length > 0 ? `; ${others.join(', ')}` : ''}.`;
  return [
    `Read as ${layout}.`,
    first,
    ...(report.batch === undefined ? [] : [`Take it back with: asxos import undo ${report.batch}`]),
    ...(written ? [] : ['Nothing was recorded.']),
  ];
}
