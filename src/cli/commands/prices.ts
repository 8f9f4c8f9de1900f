import { Argument } from 'commander';
import { isoInstant, type LocalDate } from '../../domain/date.ts';
import { type Code, parseCode } from '../../domain/market/security.ts';
import { formatDate, formatPrice } from '../../format.ts';
import type { heldBackPrices } from '../../usecases/manage-suspects.ts';
import { dateOf } from '../arguments.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, table } from '../report.ts';

type HeldBack = ReturnType<typeof heldBackPrices>[number];

export const addPrices: AddCommands = (program, { run }) => {
  const prices = program
    .command('prices')
    .helpGroup(purposes.keep)
    .summary('prices held back as unbelievable: suspects, accept')
    .description('A close that moved over 40% without a split is shown but not used until it is confirmed.')
    .addHelpText('after', examples('asxos prices suspects', 'asxos prices accept BHP 2026-03-02'));

  prices
    .command('suspects', { isDefault: true })
    .description('List the prices that are held back, with the reason.')
    .addHelpText('after', examples('asxos prices suspects', 'asxos prices suspects --json'))
    .action(async (_options, command) => {
      const { heldBackPrices } = await import('../../usecases/manage-suspects.ts');
      await run(command, ({ app }) => {
        const rows = heldBackPrices(app);
        return {
          schema: 'held-back-prices/1',
          asOf: isoInstant(app.now()),
          data: { prices: rows.map(({ code, date, close, reason }) => ({ code, date, close, reason })) },
          sections: [rows.length === 0 ? lines('No price is held back.') : table(rows, columns)],
          csv: csvOf(rows, columns),
        };
      });
    });

  prices
    .command('accept')
    .description('Use a price that was held back, or take a jump that doctor data lists for what it was.')
    .addArgument(new Argument('<code>', 'an ASX code').argParser(parseCode))
    .addArgument(new Argument('<date>', 'its day').argParser(dateOf('The day')))
    .addHelpText('after', examples('asxos prices accept WES 2026-03-12', 'asxos prices accept wes.ax 2026-03-12'))
    .action(async (code: Code, date: LocalDate, _options, command) => {
      const { acceptPrice } = await import('../../usecases/manage-suspects.ts');
      await run(command, ({ app }) => {
        const { close, wasHeld } = acceptPrice(app, code, date);
        const what = `the close ${formatPrice(close)} of ${formatDate(date)}`;
        return {
          schema: 'price-accepted/1',
          asOf: isoInstant(app.now()),
          data: { code, date, close },
          sections: [lines(`${code}: ${what} is ${wasHeld ? 'used from now on' : 'taken for right'}.`)],
          csv: { fields: ['code', 'date', 'close'], rows: [[code, date, close]] },
        };
      });
    });
};

const columns: readonly Column<HeldBack>[] = [
  { title: 'Code', field: 'code', text: row => row.code },
  { title: 'Day', field: 'date', text: row => row.date },
  { title: 'Close', field: 'close', align: 'right', text: row => formatPrice(row.close), value: row => row.close },
  { title: 'Reason', field: 'reason', text: row => row.reason },
];
