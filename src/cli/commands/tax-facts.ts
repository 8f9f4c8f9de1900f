import { Argument } from 'commander';
import { type Decimal, plain } from '../../domain/decimal.ts';
import { type OwnerFact, type OwnerFactName, ownerFactNames } from '../../domain/tax/owner-books.ts';
import { Failure } from '../../failure.ts';
import { formatFinancialYear } from '../../format.ts';
import type { OwnerFacts } from '../../usecases/manage-tax-facts.ts';
import { decimalOf, financialYearOf } from '../arguments.ts';
import { examples } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

const columns: readonly Column<OwnerFact>[] = [
  { title: 'Year', field: 'fy', text: row => formatFinancialYear(row.financialYear), value: row => row.financialYear },
  { title: 'Fact', field: 'fact', text: row => row.fact },
  { title: 'Value', field: 'value', align: 'right', text: row => plain(row.value), value: row => row.value },
];

const factsReport = ({ owner, facts }: OwnerFacts, today: string): Report => ({
  schema: 'tax-facts/1',
  asOf: today,
  data: {
    owner: owner.name,
    facts: facts.map(({ financialYear, fact, value }) => ({ fy: financialYear, fact, value })),
  },
  sections: [
    lines(`${owner.name} · ${owner.taxpayer}`),
    facts.length === 0
      ? lines('Nothing is set. For example: asxos tax facts set losses-brought-in 1200 --fy 2025')
      : table(facts, columns),
  ],
  csv: csvOf(facts, columns),
});

export const addTaxFacts: AddCommands = (tax, { run }) => {
  const facts = tax
    .command('facts')
    .description("What the ledger cannot know of an owner's year: losses brought in, other income, the marginal rate.")
    .addHelpText('after', examples('asxos tax facts list', 'asxos tax facts set marginal-rate-pct 39 --fy 2026'));

  facts
    .command('list')
    .description('List the facts that are set.')
    .option('--owner <name>', 'of this owner')
    .addHelpText('after', examples('asxos tax facts list', 'asxos tax facts list --owner Ann --json'))
    .action(async (options: { owner?: string }, command) => {
      const { viewOwnerFacts } = await import('../../usecases/manage-tax-facts.ts');
      await run(command, ({ app, portfolio }) =>
        factsReport(viewOwnerFacts(app, { ...options, portfolio }), app.today()),
      );
    });

  facts
    .command('set')
    .description(
      'Set a fact of a year. losses-brought-in: capital losses of before the entries, carried into that year, in dollars. other-income: taxable income without the net capital gain, in dollars. marginal-rate-pct: in percent, for that year and the ones after it.',
    )
    .addArgument(new Argument('<fact>', 'which').choices(ownerFactNames))
    .argument('[value]', 'dollars, or percent', decimalOf('The value', '0'))
    .requiredOption('--fy <year>', 'the financial year, by the year it ends in', financialYearOf('--fy'))
    .option('--owner <name>', 'of this owner')
    .option('--unset', 'take it away')
    .addHelpText(
      'after',
      examples(
        'asxos tax facts set losses-brought-in 1200 --fy 2025',
        'asxos tax facts set marginal-rate-pct 39 --fy 2026 --owner Ann',
        'asxos tax facts set other-income --fy 2028 --unset',
      ),
    )
    .action(
      async (
        fact: OwnerFactName,
        value: Decimal | undefined,
        options: { fy: number; owner?: string; unset?: boolean },
        command,
      ) => {
        if ((value === undefined) === (options.unset !== true)) {
          throw new Failure('invalid-input', `Give a value for ${fact}, or --unset`);
        }
        if (fact === 'marginal-rate-pct' && value?.gt('100')) {
          throw new Failure('invalid-input', `A marginal rate of ${plain(value)}% is above 100%`);
        }
        const { setOwnerFact } = await import('../../usecases/manage-tax-facts.ts');
        const { fy, owner } = options;
        await run(command, ({ app, portfolio }) =>
          factsReport(setOwnerFact(app, { owner, portfolio, financialYear: fy, fact, value }), app.today()),
        );
      },
    );
};
