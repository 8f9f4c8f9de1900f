import { Option } from 'commander';
import { type Priority, priorities } from '../../domain/alerts/notification.ts';
import { isoInstant } from '../../domain/date.ts';
import { alertView, checkReport, historyReport, listReport } from '../alert-reports.ts';
import { countOf, idsOf } from '../arguments.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { lines } from '../report.ts';
import { addPreferences } from './alert-preferences.ts';

const grammar = `
A rule is a code, or any, and what it waits for:
  CODE above|below PRICE           CODE moves P% [in Nd]        CODE 52w high|low
  CODE volume > Nx                 CODE signal changes          CODE signal is CLASS
  CODE gain|loss > P%              CODE weight drifts > P%      CODE stale > Nd
  CODE ex-dividend|discount|45-day in Nd
any is all that is held; of prices, moves, volume and signals what is watched too.`;

export const addAlerts: AddCommands = (program, { run }) => {
  const alerts = program
    .command('alerts')
    .helpGroup(purposes.look)
    .summary('rules that watch prices, holdings, dates; preferences')
    .description('Rules that tell you once when something is so.')
    .addHelpText('after', examples('asxos alerts list', 'asxos alerts add "BHP above 50"', 'asxos alerts check'));

  alerts
    .command('add')
    .description('Add a rule.')
    .argument('<rule...>', 'what it watches, in quotes or not')
    .addOption(new Option('--priority <priority>', 'of what it tells (normal)').choices(priorities))
    .addHelpText(
      'after',
      `${grammar}\n${examples(
        'asxos alerts add "BHP above 50"',
        'asxos alerts add "any moves 7%" --priority high',
        'asxos alerts add "CBA ex-dividend in 7d"',
      )}`,
    )
    .action(async (words: string[], options: { priority?: Priority }, command) => {
      const { addAlert } = await import('../../usecases/manage-alerts.ts');
      await run(command, ({ app }) => {
        const { view, added, warnings, now, today } = addAlert(app, words.join(' '), options.priority);
        const row = alertView(view, { now, today });
        const { id, rule, priority } = row;
        return {
          schema: 'alert/1',
          asOf: isoInstant(now),
          data: { ...row.data, added },
          warnings,
          sections: [lines(`Alert ${id}: ${rule} (${priority})${added ? '' : ', there already'}.`, `Now ${row.now}.`)],
          csv: { fields: ['id', 'rule', 'priority', 'added'], rows: [[id, rule, priority, added]] },
        };
      });
    });

  alerts
    .command('list', { isDefault: true })
    .description('List the rules: whether each is armed, and where it stands by the stored prices.')
    .addHelpText('after', examples('asxos alerts', 'asxos alerts list --json'))
    .action(async (_options, command) => {
      const { viewAlerts } = await import('../../usecases/manage-alerts.ts');
      await run(command, ({ app }) => listReport(viewAlerts(app)));
    });

  alerts
    .command('remove')
    .description('Remove rules. What they told stays in the history.')
    .argument('<id...>', 'their numbers', idsOf)
    .addHelpText('after', examples('asxos alerts remove 3', 'asxos alerts remove 3 4'))
    .action(async (ids: number[], _options, command) => {
      const { removeAlerts } = await import('../../usecases/manage-alerts.ts');
      await run(command, ({ app }) => {
        const removed = removeAlerts(app, ids).map(({ id, text }) => ({ id, rule: text }));
        return {
          schema: 'alerts-removed/1',
          asOf: isoInstant(app.now()),
          data: { removed },
          sections: [lines(...removed.map(({ id, rule }) => `Removed alert ${id}: ${rule}.`))],
          csv: { fields: ['id', 'rule'], rows: removed.map(({ id, rule }) => [id, rule]) },
        };
      });
    });

  for (const [name, isPaused] of [
    ['pause', true],
    ['resume', false],
  ] as const) {
    alerts
      .command(name)
      .description(
        isPaused
          ? 'Check a rule no more, until it is resumed; on this device.'
          : 'Check a paused rule again. What it told before it does not tell again.',
      )
      .argument('<id...>', 'their numbers', idsOf)
      .addHelpText('after', examples(`asxos alerts ${name} 3`, `asxos alerts ${name} 3 4`))
      .action(async (ids: number[], _options, command) => {
        const { pauseAlerts } = await import('../../usecases/pause-alerts.ts');
        await run(command, ({ app }) => {
          const changed = pauseAlerts(app, ids, isPaused).map(({ id, text }) => ({ id, rule: text }));
          const did = isPaused ? 'Paused' : 'Resumed';
          return {
            schema: 'alerts-paused/1',
            asOf: isoInstant(app.now()),
            data: { paused: isPaused, alerts: changed },
            sections: [lines(...changed.map(({ id, rule }) => `${did} alert ${id}: ${rule}.`))],
            csv: { fields: ['id', 'rule'], rows: changed.map(({ id, rule }) => [id, rule]) },
          };
        });
      });
  }

  alerts
    .command('history')
    .description('List what fired, the latest first.')
    .option('--limit <count>', 'how many', countOf('--limit', 1, 10_000), 50)
    .addHelpText('after', examples('asxos alerts history', 'asxos alerts history --limit 5 --json'))
    .action(async (options: { limit: number }, command) => {
      const { viewAlertHistory } = await import('../../usecases/manage-alerts.ts');
      await run(command, ({ app }) => historyReport(viewAlertHistory(app, options), app.now()));
    });

  alerts
    .command('check')
    .description('Check every rule by the stored prices, and tell what fires in the inbox.')
    .option('--exit-code', 'exit 1 when something fired')
    .addHelpText('after', examples('asxos alerts check', 'asxos refresh && asxos alerts check --exit-code'))
    .action(async (options: { exitCode?: boolean }, command) => {
      const { checkAlerts } = await import('../../usecases/check-alerts.ts');
      await run(command, ({ app }) => {
        const check = checkAlerts(app);
        const exitCode = options.exitCode === true && check.fired.length > 0 ? 1 : 0;
        return { ...checkReport(check), exitCode };
      });
    });
  addPreferences(alerts, run);
};
