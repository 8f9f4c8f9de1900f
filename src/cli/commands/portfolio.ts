import { type Command, Option } from 'commander';
import type { App } from '../../app.ts';
import { plain } from '../../domain/decimal.ts';
import { type ParcelMethod, parcelMethods } from '../../domain/ledger/entry.ts';
import { type Portfolio, type Taxpayer, taxpayers } from '../../domain/ledger/portfolio.ts';
import { Failure } from '../../failure.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

type Options = { taxpayer?: Taxpayer; owners?: string; owner?: string; cash?: boolean; method?: ParcelMethod };

const withFacts = (command: Command): Command =>
  command
    .addOption(new Option('--taxpayer <type>', 'how its owner is taxed').choices(taxpayers))
    .option('--owner <name>', 'its one owner')
    .option('--owners <shares>', 'its owners and their percentages, like "Ann 50, Bob 50"')
    .option('--cash', 'keep a cash account')
    .option('--no-cash', 'value securities alone')
    .addOption(new Option('--method <method>', 'how sales close parcels').choices(parcelMethods));

export const addPortfolio: AddCommands = (program, { run }) => {
  const portfolio = program
    .command('portfolio')
    .helpGroup(purposes.record)
    .summary('portfolios and their owners: list, create, use, set, ...')
    .description('Create, list, rename, archive, choose and change portfolios.')
    .addHelpText(
      'after',
      examples(
        'asxos portfolio list',
        'asxos portfolio create "Family SMSF" --taxpayer smsf',
        'asxos portfolio use "Family SMSF"',
      ),
    );

  portfolio
    .command('list')
    .description('List the portfolios, their owners and settings.')
    .option('--archived', 'archived ones too')
    .addHelpText('after', examples('asxos portfolio list', 'asxos portfolio list --archived --json'))
    .action(async (options: { archived?: boolean }, command) => {
      const { viewPortfolios } = await import('../../usecases/manage-portfolios.ts');
      await run(command, ({ app }) => {
        const { portfolios } = viewPortfolios(app, options);
        return {
          schema: 'portfolios/1',
          asOf: app.today(),
          data: { portfolios: portfolios.map(each => ({ ...portfolioRow(each), current: each.current })) },
          sections: [
            portfolios.length === 0
              ? lines('No portfolio yet. Create one: asxos portfolio create "Family SMSF" --taxpayer smsf')
              : table(portfolios, columns),
          ],
          csv: csvOf(portfolios, columns),
        };
      });
    });

  withFacts(portfolio.command('create'))
    .description('Create a portfolio; the first one becomes the current one.')
    .argument('<name>', 'its name')
    .addHelpText(
      'after',
      examples(
        'asxos portfolio create "Family SMSF" --taxpayer smsf --cash',
        'asxos portfolio create Joint --owners "Ann 50, Bob 50" --method least-tax',
      ),
    )
    .action(async (name: string, options: Options, command) => {
      const { createPortfolio } = await import('../../usecases/manage-portfolios.ts');
      await run(command, ({ app }) => changed(createPortfolio(app, name, options), 'Created', app.today()));
    });

  portfolio
    .command('rename')
    .description('Give a portfolio another name.')
    .argument('<name>', 'its name')
    .argument('<new-name>', 'its new name')
    .addHelpText(
      'after',
      examples('asxos portfolio rename Main "Long term"', 'asxos portfolio rename "Long term" Main'),
    )
    .action(async (name: string, newName: string, _options, command) => {
      const { renamePortfolio } = await import('../../usecases/manage-portfolios.ts');
      const { changeSetting } = await import('../../usecases/manage-config.ts');
      await run(command, ({ app }) => {
        const report = changed(renamePortfolio(app, name, newName), `Renamed ${name} to`, app.today());
        if (!isPreferred(app, name)) return report;
        // Else the setting would name a portfolio that there is not, and every command would say so.
        changeSetting(app, 'defaultPortfolio', newName);
        return { ...report, notes: [`The setting defaultPortfolio is now ${newName}`] };
      });
    });

  portfolio
    .command('archive')
    .description('Take a portfolio out of every view; its entries are kept.')
    .argument('<name>', 'its name')
    .option('--restore', 'bring it back')
    .addHelpText('after', examples('asxos portfolio archive Old', 'asxos portfolio archive Old --restore'))
    .action(async (name: string, options: { restore?: boolean }, command) => {
      const { archivePortfolio } = await import('../../usecases/manage-portfolios.ts');
      const did = options.restore ? 'Brought back' : 'Archived';
      await run(command, ({ app }) => {
        const report = changed(archivePortfolio(app, name, options), did, app.today());
        if (options.restore || !isPreferred(app, name)) return report;
        const warning =
          'The setting defaultPortfolio still names it; take it out: asxos config set defaultPortfolio --unset';
        return { ...report, warnings: [warning] };
      });
    });

  portfolio
    .command('use')
    .description('Make a portfolio the one that is used where none is named.')
    .argument('<name>', 'its name')
    .addHelpText('after', examples('asxos portfolio use "Family SMSF"', 'asxos holdings --portfolio Main'))
    .action(async (name: string, _options, command) => {
      const { choosePortfolio } = await import('../../usecases/manage-portfolios.ts');
      await run(command, ({ app }) => {
        const report = changed(choosePortfolio(app, name), 'Now using', app.today());
        const preferred = app.config.defaultPortfolio;
        if (preferred === undefined) return report;
        const warning = `The setting defaultPortfolio (${preferred}) comes first; take it out: asxos config set defaultPortfolio --unset`;
        return { ...report, warnings: [warning] };
      });
    });

  withFacts(portfolio.command('set'))
    .description("Change a portfolio's owners, their taxpayer type, cash account or parcel method.")
    .argument('<name>', 'its name')
    .addHelpText(
      'after',
      examples('asxos portfolio set Main --cash --method highest-cost', 'asxos portfolio set Main --taxpayer company'),
    )
    .action(async (name: string, options: Options, command) => {
      if (Object.keys(options).length === 0) {
        throw new Failure('invalid-input', `Nothing to change in "${name}" was given`, {
          hint: 'Give --taxpayer, --owner, --owners, --cash, --no-cash or --method.',
        });
      }
      const { changePortfolio } = await import('../../usecases/manage-portfolios.ts');
      await run(command, ({ app }) => changed(changePortfolio(app, name, options), 'Changed', app.today()));
    });
};

/** Whether the config file has this portfolio opened where none is named; the demo does not ask it. */
const isPreferred = (app: App, name: string): boolean =>
  !app.simulated && app.config.defaultPortfolio?.trim().toLowerCase() === name.trim().toLowerCase();

const portfolioRow = (portfolio: Portfolio) => ({
  id: portfolio.id,
  name: portfolio.name,
  owners: portfolio.owners.map(({ name, taxpayer, pct }) => ({ name, taxpayer, pct: Number(plain(pct)) })),
  cashAccount: portfolio.cashAccount,
  method: portfolio.method,
  archived: portfolio.archivedAt !== undefined,
});

const ownersText = ({ owners }: Portfolio): string =>
  owners
    .map(({ name, taxpayer, pct }) => `${name} (${taxpayer}${owners.length > 1 ? `, ${plain(pct)}%` : ''})`)
    .join(', ');

const columns: readonly Column<Portfolio & { readonly current?: boolean }>[] = [
  { title: '', field: 'current', text: row => (row.current ? '*' : ''), value: row => row.current },
  { title: 'Portfolio', field: 'name', text: row => row.name },
  { title: 'Owners', field: 'owners', isName: true, text: ownersText },
  {
    title: 'Cash account',
    field: 'cashAccount',
    text: row => (row.cashAccount ? 'yes' : 'no'),
    value: row => row.cashAccount,
  },
  { title: 'Parcels', field: 'method', text: row => row.method },
  {
    title: '',
    field: 'archived',
    text: row => (row.archivedAt === undefined ? '' : 'archived'),
    value: row => row.archivedAt !== undefined,
  },
];

function changed(portfolio: Portfolio, did: string, today: string): Report {
  const cash = portfolio.cashAccount ? 'with a cash account' : 'no cash account';
  return {
    schema: 'portfolio/1',
    asOf: today,
    data: { portfolio: portfolioRow(portfolio) },
    sections: [
      lines(`${did} ${portfolio.name}: owned by ${ownersText(portfolio)}; ${cash}; parcels by ${portfolio.method}.`),
    ],
    csv: csvOf(
      [portfolio],
      columns.filter(column => column.field !== 'current'),
    ),
  };
}
