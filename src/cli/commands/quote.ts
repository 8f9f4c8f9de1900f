import { isoInstant } from '../../domain/date.ts';
import type { Code } from '../../domain/market/security.ts';
import { codesOf } from '../arguments.ts';
import { examples, purposes } from '../help.ts';
import { priceColumns, priceRow } from '../price-row.ts';
import type { AddCommands } from '../program.ts';
import { csvOf, lines, table } from '../report.ts';

export const addQuote: AddCommands = (program, { run }) => {
  program
    .command('quote')
    .helpGroup(purposes.look)
    .summary('the price of any ASX codes, 20 minutes delayed')
    .description('Show the price of any ASX codes, fetched where the stored one is not fresh; one call a code.')
    .argument('<code...>', 'ASX codes', codesOf)
    .addHelpText('after', examples('asxos quote BHP', 'asxos quote BHP CBA VAS --json'))
    .action(async (codes: Code[], _options, command) => {
      const { fetchQuotes } = await import('../../usecases/quote-codes.ts');
      const { viewPrices } = await import('../../usecases/view-watchlist.ts');
      await run(command, async ({ app, signal }) => {
        const { fetched, failed } = await fetchQuotes(app, codes, signal);
        const rows = viewPrices(app, codes);
        const columns = priceColumns(rows, { now: app.now(), simulated: app.simulated });
        const priced = rows.filter(row => row.price !== undefined).length;
        return {
          schema: 'quotes/1',
          asOf: isoInstant(app.now()),
          data: { quotes: rows.map(priceRow), fetched, failed },
          coverage: priced / rows.length,
          sections: [
            ...(app.simulated ? [lines('SIMULATED')] : []),
            table(rows, columns),
            ...(failed.length > 0 ? [lines(...failed.map(({ code, reason }) => `${code}: ${reason}`))] : []),
          ],
          csv: csvOf(rows, columns),
          exitCode: failed.length > 0 ? 3 : 0,
        };
      });
    });
};
