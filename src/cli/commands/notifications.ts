import {
  type Notification,
  type NotificationType,
  notificationTypes,
  type Priority,
  priorities,
} from '../../domain/alerts/notification.ts';
import { isoInstant } from '../../domain/date.ts';
import { formatCount } from '../../format.ts';
import { countOf, idsOf, someOf } from '../arguments.ts';
import { formatInstant } from '../figures.ts';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';
import { type Column, csvOf, lines, type Report, table } from '../report.ts';
import { addDeliveries } from './deliveries.ts';

export const addNotifications: AddCommands = (program, { run }) => {
  const notifications = program
    .command('notifications')
    .helpGroup(purposes.look)
    .summary('the inbox: list, read, read-all, delete; deliver, log')
    .description('What the console has told you.')
    .addHelpText(
      'after',
      examples('asxos notifications', 'asxos notifications read 3', 'asxos notifications delete 3'),
    );

  notifications
    .command('list', { isDefault: true })
    .description('List the inbox, the newest first.')
    .option('--unread', 'only those not read yet')
    .option(
      '--type <types>',
      `only of these types: ${notificationTypes.join(', ')}`,
      someOf('--type', notificationTypes),
    )
    .option('--priority <priorities>', `only of these: ${priorities.join(', ')}`, someOf('--priority', priorities))
    .option('--limit <count>', 'how many', countOf('--limit', 1, 10_000), 50)
    .option('--offset <count>', 'how many to leave out first', countOf('--offset', 0, 999_999_999), 0)
    .addHelpText(
      'after',
      examples(
        'asxos notifications',
        'asxos notifications list --unread --json',
        'asxos notifications list --type signal_change --priority high,urgent',
        'asxos notifications list --limit 20 --offset 20     (the second page)',
      ),
    )
    .action(async (options: ListOptions, command) => {
      const { viewInbox } = await import('../../usecases/inbox.ts');
      await run(command, ({ app }) => {
        const { unread, type, priority, limit, offset } = options;
        const {
          notifications: rows,
          totalCount,
          unreadCount,
        } = viewInbox(app, {
          ...{ unread, types: type, priorities: priority, limit, offset },
        });
        const isFiltered = unread === true || type !== undefined || priority !== undefined;
        return {
          schema: 'notifications/1',
          asOf: isoInstant(app.now()),
          data: { notifications: rows.map(inboxRow), totalCount, unreadCount },
          sections: [
            lines(countWords({ shown: rows.length, offset, totalCount, unreadCount, isFiltered })),
            table(rows, columns),
          ],
          csv: csvOf(rows, columns),
        };
      });
    });

  notifications
    .command('read')
    .description('Mark notifications as read.')
    .argument('<id...>', 'their numbers', idsOf)
    .addHelpText('after', examples('asxos notifications read 3', 'asxos notifications read 3 4'))
    .action(async (ids: number[], _options, command) => {
      const { readNotifications } = await import('../../usecases/inbox.ts');
      await run(command, ({ app }) => changed(readNotifications(app, ids), 'marked as read', app.now()));
    });

  notifications
    .command('read-all')
    .description('Mark the whole inbox as read.')
    .addHelpText('after', examples('asxos notifications read-all', 'asxos notifications read-all --json'))
    .action(async (_options, command) => {
      const { readNotifications } = await import('../../usecases/inbox.ts');
      await run(command, ({ app }) => changed(readNotifications(app), 'marked as read', app.now()));
    });

  notifications
    .command('delete')
    .description('Delete notifications.')
    .argument('<id...>', 'their numbers', idsOf)
    .addHelpText('after', examples('asxos notifications delete 3', 'asxos notifications delete 3 4'))
    .action(async (ids: number[], _options, command) => {
      const { deleteNotifications } = await import('../../usecases/inbox.ts');
      await run(command, ({ app }) => changed(deleteNotifications(app, ids), 'deleted', app.now()));
    });

  addDeliveries(notifications, run);
};

type ListOptions = {
  readonly unread?: boolean;
  readonly type?: readonly NotificationType[];
  readonly priority?: readonly Priority[];
  readonly limit: number;
  readonly offset: number;
};

type Counted = {
  readonly shown: number;
  readonly offset: number;
  readonly totalCount: number;
  readonly unreadCount: number;
  readonly isFiltered: boolean;
};

/** `3 notifications, 2 unread`; `3 of 60 notifications, 2 unread`: which, where not all are shown. */
function countWords({ shown, offset, totalCount, unreadCount, isFiltered }: Counted): string {
  const all = formatCount(totalCount, 'notification');
  if (shown === 0) {
    return offset > 0 && totalCount > 0
      ? `There are ${all}, and none after the first ${offset}.`
      : isFiltered
        ? 'Nothing in the inbox matches.'
        : 'Nothing in the inbox.';
  }
  const part = shown < totalCount ? `${offset + 1} to ${offset + shown} of ` : '';
  const unread = isFiltered ? `${unreadCount} unread in all` : `${unreadCount} unread`;
  return `${part}${all}${isFiltered ? ' that match' : ''}, ${unread}`;
}

const changed = (count: number, did: string, now: number): Report => ({
  schema: 'notifications-changed/1',
  asOf: isoInstant(now),
  data: { count },
  sections: [lines(`${formatCount(count, 'notification')} ${did}.`)],
  csv: { fields: ['count'], rows: [[count]] },
});

const instantOrNothing = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : isoInstant(instant);

const inboxRow = (row: Notification) => ({
  id: row.id,
  type: row.type,
  priority: row.priority,
  title: row.title,
  message: row.message,
  data: row.data,
  isRead: row.readAt !== undefined,
  createdAt: isoInstant(row.createdAt),
  readAt: instantOrNothing(row.readAt),
  expiresAt: instantOrNothing(row.expiresAt),
});

const columns: readonly Column<Notification>[] = [
  { title: 'No', field: 'id', align: 'right', text: row => String(row.id), value: row => row.id },
  {
    title: '',
    field: 'isRead',
    text: row => (row.readAt === undefined ? '●' : ''),
    value: row => row.readAt !== undefined,
  },
  {
    title: 'When',
    field: 'createdAt',
    rank: 2,
    text: row => formatInstant(row.createdAt),
    value: row => isoInstant(row.createdAt),
  },
  { title: 'Priority', field: 'priority', rank: 1, text: row => row.priority },
  { title: 'Type', field: 'type', rank: 3, text: row => row.type },
  { title: 'Title', field: 'title', text: row => row.title },
  { title: 'Message', field: 'message', isName: true, text: row => row.message },
];
