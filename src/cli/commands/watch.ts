import { isoInstant } from '../../domain/date.ts';
import type { Code } from '../../domain/market/security.ts';
import type { WatchChange } from '../../usecases/manage-watchlist.ts';
import { codesOf } from '../arguments.ts';
import { examples, purposes } from '../help.ts';
import { priceColumns, priceRow } from '../price-row.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

export const addWatch: AddCommands = (program, { run }) => {
  const watch = program
    .command('watch')
    .helpGroup(purposes.look)
    .summary('the watchlist: list, add, remove')
    .description('Follow securities without holding them.')
    .addHelpText('after', examples('asxos watch list', 'asxos watch add CSL WES', 'asxos watch remove CSL'));

  watch
    .command('list')
    .description('List the watched securities and their prices.')
    .addHelpText('after', examples('asxos watch list', 'asxos watch list --json'))
    .action(async (_options, command) => {
      const { viewWatchlist } = await import('../../usecases/view-watchlist.ts');
      await run(command, ({ app }) => {
        const { rows, simulated } = viewWatchlist(app);
        const columns = priceColumns(rows, { now: app.now(), simulated });
        const note: Column<(typeof rows)[number]> = {
          title: 'Note',
          field: 'note',
          rank: 3,
          text: row => row.note ?? '',
          value: row => row.note,
        };
        const all = [...columns, note];
        const hasNotes = rows.some(row => row.note !== undefined);
        return {
          schema: 'watchlist/1',
          asOf: isoInstant(app.now()),
          data: { watchlist: rows.map(priceRow) },
          coverage: rows.length === 0 ? 1 : rows.filter(row => row.price !== undefined).length / rows.length,
          sections: [
            ...(simulated ? [lines('SIMULATED')] : []),
            rows.length === 0
              ? lines('Nothing is watched yet. Add a code: asxos watch add BHP')
              : table(rows, hasNotes ? all : columns),
          ],
          csv: csvOf(rows, all),
        };
      });
    });

  watch
    .command('add')
    .description('Watch ASX codes.')
    .argument('<code...>', 'ASX codes', codesOf)
    .option('--note <text>', 'why, for yourself')
    .addHelpText('after', examples('asxos watch add CSL WES', 'asxos watch add CSL --note "below 250"'))
    .action(async (codes: Code[], options: { note?: string }, command) => {
      const { watchCodes } = await import('../../usecases/manage-watchlist.ts');
      await run(command, ({ app }) =>
        changeReport(watchCodes(app, codes, options.note), { did: 'Watching', already: 'watched already' }, app.now()),
      );
    });

  watch
    .command('remove')
    .description('Stop watching ASX codes.')
    .argument('<code...>', 'ASX codes', codesOf)
    .addHelpText('after', examples('asxos watch remove CSL', 'asxos watch remove CSL WES --json'))
    .action(async (codes: Code[], _options, command) => {
      const { unwatchCodes } = await import('../../usecases/manage-watchlist.ts');
      await run(command, ({ app }) =>
        changeReport(unwatchCodes(app, codes), { did: 'No longer watching', already: 'not watched' }, app.now()),
      );
    });
};

function changeReport(change: WatchChange, words: { did: string; already: string }, now: number): Report {
  const { changed, unchanged } = change;
  return {
    schema: 'watch-changed/1',
    asOf: isoInstant(now),
    data: { changed, unchanged },
    warnings: change.warnings,
    sections: [
      lines(
        ...(changed.length > 0 ? [`${words.did} ${changed.join(', ')}.`] : []),
        ...(unchanged.length > 0 ? [`${unchanged.join(', ')}: ${words.already}.`] : []),
      ),
    ],
    csv: {
      fields: ['code', 'changed'],
      rows: [...changed.map(code => [code, true]), ...unchanged.map(code => [code, false])],
    },
  };
}
