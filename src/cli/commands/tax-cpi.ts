import { type Decimal, isZero, plain } from '../../domain/decimal.ts';
import { parseQuarter, type Quarter } from '../../domain/tax/cpi.ts';
import { Failure } from '../../failure.ts';
import type { CpiRow } from '../../usecases/manage-tax-facts.ts';
import { decimalOf } from '../arguments.ts';
import { examples } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

const columns: readonly Column<CpiRow>[] = [
  { title: 'Quarter', field: 'quarter', text: row => row.quarter },
  { title: 'Index', field: 'index', align: 'right', text: row => plain(row.index), value: row => row.index },
  { title: 'From', field: 'source', text: row => row.source },
];

const cpiReport = (rows: readonly CpiRow[], today: string, said?: string): Report => ({
  schema: 'tax-cpi/1',
  asOf: today,
  data: { indexes: rows },
  sections: [
    ...(said === undefined ? [] : [lines(said)]),
    rows.length === 0
      ? lines(
          'No index number is known. Indexation begins with the September quarter of 2027; enter what the ABS publishes',
          '(All Groups, weighted average of eight capital cities): asxos tax cpi set 2027Q3 INDEX',
        )
      : table(rows, columns),
  ],
  csv: csvOf(rows, columns),
});

export const addTaxCpi: AddCommands = (tax, { run }) => {
  const cpi = tax
    .command('cpi')
    .description(
      'The consumer price index that cost bases are indexed by from 1 July 2027 (ABS, All Groups, eight capitals).',
    )
    .addHelpText('after', examples('asxos tax cpi list', 'asxos tax cpi set 2027Q3 103.4'));

  cpi
    .command('list')
    .description('List the index numbers that are known.')
    .addHelpText('after', examples('asxos tax cpi list', 'asxos tax cpi list --json'))
    .action(async (_options, command) => {
      const { viewCpi } = await import('../../usecases/manage-tax-facts.ts');
      await run(command, ({ app }) => cpiReport(viewCpi(app), app.today()));
    });

  cpi
    .command('set')
    .description('Enter the index number of a quarter, as first published.')
    .argument('<quarter>', 'the calendar year and its quarter: 2027Q3 is July to September 2027', parseQuarter)
    .argument('[index]', 'its index number', decimalOf('The index', '0'))
    .option('--unset', 'take your own number away')
    .addHelpText('after', examples('asxos tax cpi set 2027Q3 103.4', 'asxos tax cpi set 2027Q3 --unset'))
    .action(async (quarter: Quarter, index: Decimal | undefined, options: { unset?: boolean }, command) => {
      if ((index === undefined) === (options.unset !== true) || (index !== undefined && isZero(index))) {
        throw new Failure('invalid-input', `Give the index number of ${quarter}, above 0, or --unset`);
      }
      const { setCpi, viewCpi } = await import('../../usecases/manage-tax-facts.ts');
      await run(command, ({ app }) => {
        setCpi(app, quarter, index);
        const said = index === undefined ? `No index of ${quarter} any more.` : `${quarter}: ${plain(index)}.`;
        return cpiReport(viewCpi(app), app.today(), said);
      });
    });
};
