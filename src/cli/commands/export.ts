import { Option } from 'commander';
import { formatCount } from '../../format.ts';
import type { Exported, ExportFormat } from '../../usecases/export-data.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { lines, type Report } from '../report.ts';

type Options = { format: ExportFormat; withPrices?: boolean; force?: boolean };

export const addExport: AddCommands = (program, { runApp }) => {
  program
    .command('export')
    .helpGroup(purposes.keep)
    .summary('everything as JSON lines; entries as CSV or entry lines')
    .description(
      'Write what is recorded to standard output or into a file. JSON lines hold everything, with every version of each entry, and asxos import makes the same again from them. CSV and entry lines hold the entries of one portfolio as they stand.',
    )
    .argument('[file]', 'the file to write; standard output when not given')
    .addOption(new Option('--format <form>', 'the form').choices(['jsonl', 'csv', 'ledger']).default('jsonl'))
    .option('--with-prices', 'JSON lines also with what was fetched and computed: prices, fundamentals, signals')
    .option('--force', 'replace a file that is there')
    .addHelpText(
      'after',
      examples(
        'asxos export asxos.jsonl',
        'asxos export --format ledger --portfolio Main > main.txt',
        'asxos export trades.csv --format csv',
        'asxos import asxos.jsonl --dry-run',
      ),
    )
    .action(async (file: string | undefined, options: Options, command) => {
      const { exportData } = await import('../../usecases/export-data.ts');
      await runApp(command, async ({ app, portfolio, streams, quiet, print }) => {
        const { format, withPrices, force = false } = options;
        const question = { format, portfolio, withPrices };
        if (file !== undefined && file !== '-')
          return print(exportReport(exportData(app, question, { file, force }), app.today()));
        const { warnings } = exportData(app, question, { out: streams.out });
        if (!quiet) for (const warning of warnings) streams.err(`${warning}\n`);
        return 0;
      });
    });
};

function exportReport({ format, file, rows, warnings }: Exported, today: string): Report {
  return {
    schema: 'export/1',
    asOf: today,
    data: { format, file, rows, warnings },
    warnings,
    sections: [
      lines(`Exported ${format === 'jsonl' ? formatCount(rows, 'row') : formatCount(rows, 'entry')} to ${file}.`),
    ],
    csv: { fields: ['format', 'file', 'rows'], rows: [[format, file, rows]] },
  };
}
