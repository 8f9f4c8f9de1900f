import { isoInstant } from '../../domain/date.ts';
import type { Security } from '../../domain/market/security.ts';
import { Failure } from '../../failure.ts';
import { countOf } from '../arguments.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, table } from '../report.ts';

export const addSearch: AddCommands = (program, { run }) => {
  program
    .command('search')
    .helpGroup(purposes.look)
    .summary('find a code by a word of its name, or screen')
    .description(
      'Find ASX securities by code or by a word of their name; or screen all of them by what is stored.\n' +
        'An expression compares fields (pe, roe, grade, signal, mom_6, turnover, sector ...) by < <= > >= = != and contains,\n' +
        'joined by and, or, not and parentheses; percentages are in percent.',
    )
    .argument('[text...]', 'a code, the beginning of one, or words of a name')
    .option('--where <expression>', 'screen by an expression')
    .option('--fields', 'list the fields that an expression may use')
    .option('--limit <count>', 'how many', countOf('--limit', 1, 1000), 20)
    .addHelpText(
      'after',
      examples(
        'asxos search lynas',
        'asxos search --where "pe<15 and roe>12 and grade<=B"',
        'asxos search --where "signal=BUY and turnover>5m and not sector=Materials"',
        'asxos search --fields',
      ),
    )
    .action(async (words: string[], options: { limit: number; where?: string; fields?: true }, command) => {
      const { where } = options;
      if (where !== undefined || options.fields) {
        if (words.length > 0 || (where !== undefined && options.fields)) throw tooMuch();
        const { screenReport, fieldsReport } = await import('../screen-report.ts');
        const { screenSecurities } = await import('../../usecases/screen-securities.ts');
        return run(command, ({ app }) => {
          const asOf = isoInstant(app.now());
          return where === undefined
            ? fieldsReport(asOf)
            : screenReport(screenSecurities(app, where), options.limit, asOf);
        });
      }
      if (words.length === 0) {
        throw new Failure('invalid-input', 'There is nothing to search for', {
          hint: 'Give a code or a word of a name, or --where with an expression.',
        });
      }
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

const tooMuch = (): Failure =>
  new Failure('invalid-input', 'Search by a text, by --where, or list the --fields: one of them at a time');

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
