import type { Command } from 'commander';
import { financialYearOf } from '../arguments.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands, Run } from '../program.ts';
import { capitalGainsReport } from '../tax/capital-gains-report.ts';
import { incomeReport } from '../tax/income-report.ts';
import { lockedReport, unlockedReport } from '../tax/lock-report.ts';
import { packReport } from '../tax/pack-report.ts';
import { addTaxCpi } from './tax-cpi.ts';
import { addTaxFacts } from './tax-facts.ts';
import { addTaxMarketValue } from './tax-market-value.ts';

export type TaxOptions = { fy?: number; owner?: string };

const ofYear = (command: Command): Command =>
  command
    .option(
      '--fy <year>',
      'the financial year, by the year it ends in; the running one where left out',
      financialYearOf('--fy'),
    )
    .option('--owner <name>', 'whose tax it is, over all portfolios and shares of joint ones');

/** `--portfolio` stands for its owner where none is named. */
export const taxQuestion = ({ portfolio }: Run, options: TaxOptions) => ({ ...options, portfolio });

export const addTax: AddCommands = (program, context) => {
  const { run } = context;
  const tax = program
    .command('tax')
    .helpGroup(purposes.look)
    .summary('a financial year: capital gains, income, pack, lock, ...')
    .description('The tax reports of an owner and a financial year. General information, not advice.')
    .addHelpText(
      'after',
      examples(
        'asxos tax cgt --fy 2026',
        'asxos tax income --fy 2026 --owner Ann',
        'asxos tax pack --fy 2026 --out pack',
      ),
    );

  ofYear(tax.command('cgt'))
    .description('Capital gains: every parcel sold, losses carried, the net capital gain.')
    .addHelpText('after', examples('asxos tax cgt --fy 2026', 'asxos tax cgt --fy 2026 --owner Ann --json'))
    .action(async (options: TaxOptions, command) => {
      const { viewTaxYear } = await import('../../usecases/view-tax-year.ts');
      await run(command, given =>
        capitalGainsReport(viewTaxYear(given.app, taxQuestion(given, options)), given.app.today()),
      );
    });

  ofYear(tax.command('income'))
    .description('Dividends with their franking credits, trusts by their statements, interest, foreign income.')
    .addHelpText('after', examples('asxos tax income --fy 2026', 'asxos tax income --fy 2026 --owner Ann --csv'))
    .action(async (options: TaxOptions, command) => {
      const { viewTaxYear } = await import('../../usecases/view-tax-year.ts');
      await run(command, given => incomeReport(viewTaxYear(given.app, taxQuestion(given, options)), given.app.today()));
    });

  ofYear(tax.command('pack'))
    .description('Write both reports for the accountant, as Markdown and CSV. The same data gives the same bytes.')
    .requiredOption('--out <folder>', 'where the files go; it is made where it is missing')
    .addHelpText(
      'after',
      examples('asxos tax pack --fy 2026 --out accountant', 'asxos tax pack --fy 2026 --owner Ann --out ann-2026'),
    )
    .action(async (options: TaxOptions & { out: string }, command) => {
      const { packTaxYear } = await import('../../usecases/pack-tax-year.ts');
      await run(command, given => {
        const { out, ...year } = options;
        return packReport(packTaxYear(given.app, taxQuestion(given, year), out), given.app.today());
      });
    });

  ofYear(tax.command('lock'))
    .description('Keep the figures of a year as lodged; later edits then show what they change.')
    .addHelpText('after', examples('asxos tax lock --fy 2025', 'asxos tax lock --fy 2025 --owner Ann'))
    .action(async (options: TaxOptions, command) => {
      const { lockTaxYear } = await import('../../usecases/view-tax-year.ts');
      await run(command, given => lockedReport(lockTaxYear(given.app, taxQuestion(given, options)), given.app.today()));
    });

  ofYear(tax.command('unlock'))
    .description('Forget the figures that were kept as lodged; entries and reports stay as they are.')
    .addHelpText('after', examples('asxos tax unlock --fy 2025', 'asxos tax unlock --fy 2025 --owner Ann'))
    .action(async (options: TaxOptions, command) => {
      const { unlockTaxYear } = await import('../../usecases/view-tax-year.ts');
      await run(command, given =>
        unlockedReport(unlockTaxYear(given.app, taxQuestion(given, options)), given.app.today()),
      );
    });

  addTaxFacts(tax, context);
  addTaxCpi(tax, context);
  addTaxMarketValue(tax, context);
};
