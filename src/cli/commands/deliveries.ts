import type { Command } from 'commander';
import type { Channel } from '../../domain/alerts/delivery.ts';
import { isoInstant } from '../../domain/date.ts';
import { harmless } from '../../domain/text.ts';
import { formatCount } from '../../format.ts';
import type { DeliveryLog, DeliveryReport } from '../../usecases/deliver-notifications.ts';
import { countOf } from '../arguments.ts';
import { formatInstant } from '../figures.ts';
import { examples } from '../help.ts';
import type { Context } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';

type LogOptions = { readonly failed?: boolean; readonly limit: number; readonly offset: number };

/** Adds to `notifications` what sends them, and the log of what was sent. */
export function addDeliveries(notifications: Command, run: Context['run']): void {
  notifications
    .command('deliver')
    .description('Send what is due: to the desktop, the command and the webhook of the settings.')
    .addHelpText(
      'after',
      examples(
        'asxos notifications deliver',
        'asxos config set notify.webhook https://ntfy.sh/TOPIC',
        "asxos config set notify.exec '/home/ann/bin/tell --loud'     (JSON on its stdin)",
        'asxos config set notify.minPriority high',
      ),
    )
    .action(async (_options, command) => {
      const { deliverNotifications } = await import('../../usecases/deliver-notifications.ts');
      await run(command, async ({ app, signal, quiet }) => {
        const report = deliveryReport(await deliverNotifications(app, { signal }), app.now());
        return quiet && report.exitCode === 0 ? { ...report, sections: [] } : report;
      });
    });

  notifications
    .command('log')
    .alias('deliveries')
    .description('What went out and what did not, the newest first; it goes back 90 days.')
    .option('--failed', 'only what had trouble')
    .option('--limit <count>', 'how many', countOf('--limit', 1, 10_000), 50)
    .option('--offset <count>', 'how many to leave out first', countOf('--offset', 0, 999_999_999), 0)
    .addHelpText('after', examples('asxos notifications log', 'asxos notifications log --failed --json'))
    .action(async ({ failed = false, limit, offset }: LogOptions, command) => {
      const { viewDeliveries } = await import('../../usecases/deliver-notifications.ts');
      await run(command, ({ app }) => logReport(viewDeliveries(app, { failed, limit, offset }), app.now(), failed));
    });
}

type Trouble = DeliveryReport['troubles'][number];
const troubleColumns: readonly Column<Trouble>[] = [
  { title: 'By', field: 'channel', text: row => row.channel },
  { title: 'Trouble', field: 'reason', text: row => row.reason },
  { title: 'Way out', field: 'hint', text: row => row.hint ?? '', value: row => row.hint },
];

function deliveryReport(report: DeliveryReport, now: number): Report {
  const { sent, failed, waiting, dropped, troubles } = report;
  const counted = [
    ...(sent > 0 ? [`${sent} sent`] : []),
    ...(waiting > 0 ? [`${waiting} to be tried again`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(dropped > 0 ? [`${dropped} dropped`] : []),
  ].join(', ');
  return {
    schema: 'delivery/1',
    asOf: isoInstant(now),
    data: report,
    sections: [lines(counted === '' ? 'Nothing is due.' : `${counted}.`), table(troubles, troubleColumns)],
    csv: csvOf(troubles, troubleColumns),
    exitCode: troubles.length > 0 ? 3 : 0,
  };
}

type Logged = DeliveryLog['deliveries'][number];
const channelWords: Record<Channel, string> = { desktop: 'desktop', command: 'command', webhook: 'webhook' };

const logColumns: readonly Column<Logged>[] = [
  {
    title: 'When',
    field: 'at',
    rank: 2,
    text: row => formatInstant(row.endedAt ?? row.dueAt),
    value: row => isoInstant(row.endedAt ?? row.dueAt),
  },
  { title: 'By', field: 'channel', text: row => channelWords[row.channel] },
  { title: '', field: 'outcome', text: row => row.outcome ?? 'waits', value: row => row.outcome },
  { title: 'Tries', field: 'attempts', align: 'right', rank: 3, text: row => String(row.attempts) },
  { title: 'No', field: 'notificationId', align: 'right', rank: 1, text: row => String(row.notificationId) },
  { title: 'Title', field: 'title', isName: true, text: row => harmless(row.title) },
  { title: 'Trouble', field: 'error', text: row => row.error ?? '', value: row => row.error },
];

function logReport({ deliveries, totalCount }: DeliveryLog, now: number, failed: boolean): Report {
  const none = failed ? 'Nothing had trouble.' : 'Nothing went out yet.';
  const part = deliveries.length < totalCount ? `${deliveries.length} of ` : '';
  return {
    schema: 'deliveries/1',
    asOf: isoInstant(now),
    data: {
      deliveries: deliveries.map(row => ({
        ...row,
        dueAt: isoInstant(row.dueAt),
        endedAt: row.endedAt === undefined ? undefined : isoInstant(row.endedAt),
      })),
      totalCount,
    },
    sections: [
      lines(totalCount === 0 ? none : `${part}${formatCount(totalCount, 'delivery')}`),
      table(deliveries, logColumns),
    ],
    csv: csvOf(deliveries, logColumns),
  };
}
