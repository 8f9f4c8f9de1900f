import { isZero, type Price, plain } from '../../domain/decimal.ts';
import { type Code, parseCode } from '../../domain/market/security.ts';
import { Failure } from '../../failure.ts';
import { formatPrice } from '../../format.ts';
import { decimalOf } from '../arguments.ts';
import { examples } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

type Row = {
  readonly code: Code;
  readonly price: Price;
  readonly source: 'close' | 'user';
  readonly pricedOn: string;
};

const columns: readonly Column<Row>[] = [
  { title: 'Code', field: 'code', text: row => row.code },
  { title: 'Price', field: 'price', align: 'right', text: row => formatPrice(row.price), value: row => row.price },
  { title: 'Of', field: 'pricedOn', text: row => row.pricedOn },
  { title: 'From', field: 'source', text: row => (row.source === 'close' ? 'close' : 'you'), value: row => row.source },
];

const valuesReport = (rows: readonly Row[], today: string, said?: string): Report => ({
  schema: 'tax-market-values/1',
  asOf: today,
  data: { marketValues: rows.map(({ code, price, source, pricedOn }) => ({ code, price, source, pricedOn })) },
  sections: [
    ...(said === undefined ? [] : [lines(said)]),
    rows.length === 0
      ? lines(
          'No market value of 30 June 2027 is stored. A refresh on that evening or after it stores the close of what is held;',
          'a valuation of your own: asxos tax market-value set CODE PRICE',
        )
      : table(rows, columns),
  ],
  csv: csvOf(rows, columns),
});

export const addTaxMarketValue: AddCommands = (tax, { run }) => {
  const value = tax
    .command('market-value')
    .description('Market values of 30 June 2027, by which what was held is deemed sold and bought back.')
    .addHelpText('after', examples('asxos tax market-value list', 'asxos tax market-value set BHP 45.20'));

  value
    .command('list')
    .description('List the market values that are stored.')
    .addHelpText('after', examples('asxos tax market-value list', 'asxos tax market-value list --csv'))
    .action(async (_options, command) => {
      const { viewMarketValues } = await import('../../usecases/manage-tax-facts.ts');
      await run(command, ({ app }) => valuesReport(viewMarketValues(app), app.today()));
    });

  value
    .command('set')
    .description('Enter a valuation of a unit on 30 June 2027, in the place of the close.')
    .argument('<code>', 'the security', parseCode)
    .argument('[price]', 'dollars per unit', decimalOf('The price', '0'))
    .option('--unset', 'take your valuation away; the next refresh stores the close again')
    .addHelpText('after', examples('asxos tax market-value set BHP 45.20', 'asxos tax market-value set BHP --unset'))
    .action(async (code: Code, price: Price | undefined, options: { unset?: boolean }, command) => {
      if ((price === undefined) === (options.unset !== true) || (price !== undefined && isZero(price))) {
        throw new Failure('invalid-input', `Give the price of ${code} on 30 June 2027, above 0, or --unset`);
      }
      const { setMarketValue, viewMarketValues } = await import('../../usecases/manage-tax-facts.ts');
      await run(command, ({ app }) => {
        setMarketValue(app, code, price);
        const said =
          price === undefined ? `Your valuation of ${code} is gone.` : `${code}: ${plain(price)} on 30 June 2027.`;
        return valuesReport(viewMarketValues(app), app.today(), said);
      });
    });
};
