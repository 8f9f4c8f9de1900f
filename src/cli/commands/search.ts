import { isoInstant } from '../../domain/date.ts';
import type { Security } from '../../domain/market/security.ts';
import { countOf } from '../arguments.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, table } from '../report.ts';

export const addSearch: AddCommands = (program, { run }) => {
  program
    .command('search')
    .helpGroup(purposes.look)
    .summary('find an ASX code by a word of its name')
    .description('Find ASX securities by code or by a word of their name.')
    .argument('<text...>', 'a code, the beginning of one, or words of a name')
    .option('--limit <count>', 'how many', countOf('--limit', 1, 1000), 20)
    .addHelpText('after', examples('asxos search lynas', 'asxos search vanguard --limit 50 --csv'))
    .action(async (words: string[], options: { limit: number }, command) => {
      const { findSecurities } = await import('../../usecases/search-securities.ts');
      const text = words.join(' ');
      await run(command, async ({ app }) => {
        const { securities, source } = await findSecurities(app, text, options.limit);
        return {
          schema: 'search/1',
          asOf: isoInstant(app.now()),
          data: { securities: securities.map(securityRow), source },
          sections: [
            securities.length === 0 ? lines(`Nothing is called "${text}".`) : table(securities, columns),
            ...(source === 'EODHD'
              ? [lines('Asked EODHD (1 call). To search without calls, store the list: asxos refresh universe')]
              : []),
          ],
          csv: csvOf(securities, columns),
        };
      });
    });
};

const securityRow = (security: Security) => ({
  code: security.code,
  name: security.name,
  kind: security.kind,
  isin: security.isin,
  sector: security.sector,
  currency: security.currency,
});

const columns: readonly Column<Security>[] = [
  { title: 'Code', field: 'code', text: row => row.code },
  { title: 'Kind', field: 'kind', text: row => row.kind },
  { title: 'ISIN', field: 'isin', rank: 2, text: row => row.isin ?? '', value: row => row.isin },
  { title: 'Sector', field: 'sector', rank: 1, text: row => row.sector ?? '', value: row => row.sector },
  { title: 'Name', field: 'name', isName: true, text: row => row.name },
];
