import type { Command } from 'commander';
import { plain, toFloat } from '../../domain/decimal.ts';
import { type Target, targetText } from '../../domain/rebalance/targets.ts';
import type { TargetList } from '../../usecases/manage-targets.ts';
import { examples } from '../help.ts';
import type { Context } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

/** `rebalance targets ...` */
export function addTargets(rebalance: Command, { run }: Context): void {
  const targets = rebalance
    .command('targets')
    .description('Set the weights that a portfolio is to have.')
    .addHelpText('after', examples('asxos rebalance targets set CBA=10 VAS=40~3', 'asxos rebalance targets list'));

  targets
    .command('set')
    .description(
      'Set target weights, in percent of securities and cash together, of codes and GICS sectors. The target of a\n' +
        'sector is for its securities without a target of their own. VAS=40~3 has a band of 3 points.',
    )
    .argument('<target...>', 'CODE=WEIGHT[~BAND] or sector:NAME=WEIGHT[~BAND]')
    .option('--band <points>', 'the band of those without one of their own')
    .addHelpText(
      'after',
      examples(
        'asxos rebalance targets set CBA=10 VAS=40~3 sector:Materials=20',
        'asxos rebalance targets set "sector Health Care" 15 --band 2',
      ),
    )
    .action(async (words: string[], options: { band?: string }, command) => {
      const { setTargets } = await import('../../usecases/manage-targets.ts');
      await run(command, ({ app, portfolio }) =>
        report(setTargets(app, words, { portfolio, ...options }), app.today()),
      );
    });

  targets
    .command('list')
    .description('List the targets.')
    .addHelpText('after', examples('asxos rebalance targets list', 'asxos rebalance targets list --json'))
    .action(async (_options, command) => {
      const { viewTargets } = await import('../../usecases/manage-targets.ts');
      await run(command, ({ app, portfolio }) => report(viewTargets(app, { portfolio }), app.today()));
    });

  targets
    .command('remove')
    .description('Take targets out.')
    .argument('<target...>', 'CODE or sector:NAME')
    .addHelpText(
      'after',
      examples('asxos rebalance targets remove CBA', 'asxos rebalance targets remove sector:Materials'),
    )
    .action(async (names: string[], _options, command) => {
      const { removeTargets } = await import('../../usecases/manage-targets.ts');
      await run(command, ({ app, portfolio }) => report(removeTargets(app, names, { portfolio }), app.today()));
    });

  targets
    .command('clear')
    .description('Take all targets of the portfolio out.')
    .addHelpText('after', examples('asxos rebalance targets clear', 'asxos rebalance targets clear --portfolio Super'))
    .action(async (_options, command) => {
      const { clearTargets } = await import('../../usecases/manage-targets.ts');
      await run(command, ({ app, portfolio }) => report(clearTargets(app, { portfolio }), app.today()));
    });
}

function report({ portfolio, targets, sumPct, bandPct }: TargetList, today: string): Report {
  const bandOf = (target: Target) => target.bandPct ?? bandPct;
  const columns: readonly Column<Target>[] = [
    { title: 'Target', field: 'name', text: targetText, value: row => row.name },
    {
      title: 'Weight',
      field: 'weightPct',
      align: 'right',
      text: row => `${plain(row.weightPct)}%`,
      value: row => row.weightPct,
    },
    { title: 'Band', field: 'bandPct', align: 'right', text: row => `±${plain(bandOf(row))}`, value: bandOf },
  ];
  const kind: Column<Target> = { title: 'Kind', field: 'kind', text: row => row.kind };
  return {
    schema: 'targets/1',
    asOf: today,
    data: {
      portfolio,
      targets: targets.map(row => ({
        kind: row.kind,
        name: row.name,
        weightPct: toFloat(row.weightPct),
        bandPct: toFloat(bandOf(row)),
      })),
      sumPct: toFloat(sumPct),
    },
    sections:
      targets.length === 0
        ? [lines(`${portfolio} has no targets. Set them: asxos rebalance targets set CBA=10 VAS=40`)]
        : [
            table(targets, columns),
            lines(`${portfolio}: ${plain(sumPct)}% of 100%; the rest is cash or has no target.`),
          ],
    csv: csvOf(targets, [kind, ...columns]),
  };
}
