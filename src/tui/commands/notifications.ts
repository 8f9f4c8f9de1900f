/** The inbox and the alert preferences. */
import type { Notification } from '../../domain/alerts/notification.ts';
import { frequencies, type Preference, type PreferenceChange } from '../../domain/alerts/preferences.ts';
import { harmless } from '../../domain/text.ts';
import { formatCount } from '../../format.ts';
import { deleteNotifications, readNotifications, unreadNotification } from '../../usecases/inbox.ts';
import { changePreferences } from '../../usecases/manage-preferences.ts';
import type { Command, Context } from '../command.ts';
import { inboxInView, neighbourOf } from '../inbox-window.ts';
import { selectedId } from '../list-model.ts';
import { screenOf } from '../notification-words.ts';
import type { NotificationsModel } from '../notifications-model.ts';
import { asksConfidence } from '../preferences-list.ts';
import { notificationsTabs } from '../state.ts';
import { closing, scrolling } from './overlay.ts';

const inInbox = { where: ['notifications'] } as const;
const inPreferences = { where: ['preferences'] } as const;

const modelOf = ({ models: { screen } }: Context): NotificationsModel | undefined =>
  screen.kind === 'notifications' ? screen : undefined;

const turn =
  (step: 1 | -1) =>
  (context: Context): void => {
    const model = modelOf(context);
    if (model === undefined) return;
    const count = notificationsTabs.length;
    const tab = notificationsTabs[(notificationsTabs.indexOf(model.tab) + step + count) % count];
    context.dispatch({ type: 'notifications', change: { tab } });
  };

const nothingSelected = (context: Context): string | undefined =>
  inboxInView(context)?.selected === undefined ? 'there is no notification here' : undefined;

const withSelected = (work: (context: Context, notification: Notification) => void) => (context: Context) => {
  const selected = inboxInView(context)?.selected;
  if (selected !== undefined) work(context, selected);
};

/** It stays selected when it is read, also where only unread ones are shown. */
function select({ dispatch }: Context, id: number): void {
  dispatch({ type: 'list', list: 'inbox', change: { selected: String(id) } });
}

const open = withSelected((context, notification) => {
  const { app, dispatch } = context;
  select(context, notification.id);
  if (notification.readAt === undefined) readNotifications(app, [notification.id]);
  const screen = screenOf(notification);
  if (screen !== undefined) dispatch({ type: 'enter', screen });
  else dispatch({ type: 'overlay', overlay: { kind: 'notification', notification, top: 0 } });
});

const toggleRead = withSelected((context, { id, readAt }) => {
  select(context, id);
  if (readAt === undefined) readNotifications(context.app, [id]);
  else unreadNotification(context.app, id);
});

function readAll({ app, say }: Context): void {
  const count = readNotifications(app);
  say('info', count === 0 ? 'Everything is read' : `${formatCount(count, 'notification')} marked as read`);
}

const titleOf = ({ title }: Notification): string => harmless(title);

const askToDelete = withSelected(({ dispatch }, notification) =>
  dispatch({
    type: 'overlay',
    overlay: { kind: 'delete-notification', notification, title: titleOf(notification) },
  }),
);

function deleteIt(context: Context): void {
  const { app, state, dispatch, say } = context;
  const { overlay } = state;
  if (overlay?.kind !== 'delete-notification') return;
  const { notification, title } = overlay;
  const inbox = inboxInView(context);
  dispatch({ type: 'overlay', overlay: undefined });
  deleteNotifications(app, [notification.id]);
  dispatch({ type: 'list', list: 'inbox', change: { selected: inbox && neighbourOf(inbox) } });
  dispatch({ type: 'undo', undo: { kind: 'deleted-notification', notification, title } });
  say('info', `Deleted ${title}`, 'u brings it back');
}

function turnFilter(context: Context): void {
  const isUnread = inboxInView(context)?.filter.unread === true;
  context.dispatch({ type: 'notifications', change: { unread: !isUnread } });
}

function preferenceInView(context: Context): Preference | undefined {
  const model = modelOf(context);
  const id = model && selectedId(model.list, context.state.lists.preferences);
  return model?.preferences.find(each => each.type === id);
}

const change = (how: (preference: Preference) => PreferenceChange) => (context: Context) => {
  const preference = preferenceInView(context);
  if (preference !== undefined) changePreferences(context.app, preference.type, how(preference));
};

const nextFrequency = ({ frequency }: Preference): PreferenceChange => ({
  frequency: frequencies[(frequencies.indexOf(frequency) + 1) % frequencies.length],
});

/** In steps of 0.05, within 0 and 1. */
const surer = (step: 1 | -1) =>
  change(({ minConfidence }) => ({
    minConfidence: Math.max(0, Math.min(20, Math.round(minConfidence * 20) + step)) / 20,
  }));

const noConfidence = (context: Context): string | undefined => {
  const preference = preferenceInView(context);
  return preference === undefined || asksConfidence(preference.type)
    ? undefined
    : 'it does not ask how sure the models are';
};

export const notificationsCommands: readonly Command[] = [
  {
    id: 'notifications.open',
    keys: ['enter'],
    title: 'open',
    ...inInbox,
    importance: 1,
    unavailable: nothingSelected,
    run: open,
  },
  {
    id: 'notifications.next-tab',
    keys: ['tab', 'right', 'l'],
    title: 'next tab',
    where: ['notifications', 'rules', 'preferences'],
    importance: 3,
    run: turn(1),
  },
  {
    id: 'notifications.previous-tab',
    keys: ['shift+tab', 'left', 'h'],
    title: 'previous tab',
    where: ['notifications', 'rules', 'preferences'],
    run: turn(-1),
  },
  {
    id: 'notifications.toggle-read',
    keys: ['m'],
    title: 'read/unread',
    ...inInbox,
    importance: 2,
    unavailable: nothingSelected,
    run: toggleRead,
  },
  {
    id: 'notifications.delete',
    keys: ['d'],
    title: 'delete',
    ...inInbox,
    importance: 2.2,
    unavailable: nothingSelected,
    run: askToDelete,
  },
  {
    id: 'notifications.read-all',
    keys: ['R'],
    title: 'read all',
    ...inInbox,
    importance: 3.2,
    unavailable: ({ models }) => (models.unread === 0 ? 'everything is read' : undefined),
    run: readAll,
  },
  { id: 'notifications.unread', keys: ['f'], title: 'all/unread', ...inInbox, importance: 3.4, run: turnFilter },
  {
    id: 'notifications.filter',
    keys: ['/'],
    title: 'filter',
    ...inInbox,
    importance: 4,
    unavailable: context => (inboxInView(context)?.all === 0 ? 'the list is empty' : undefined),
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: { kind: 'filter' } }),
  },
  {
    id: 'preferences.toggle',
    keys: ['space', 'enter'],
    title: 'on/off',
    ...inPreferences,
    importance: 1,
    run: change(({ enabled }) => ({ enabled: !enabled })),
  },
  {
    id: 'preferences.frequency',
    keys: ['f'],
    title: 'how often',
    ...inPreferences,
    importance: 2,
    run: change(nextFrequency),
  },
  {
    id: 'preferences.surer',
    keys: ['+', '='],
    title: 'surer',
    ...inPreferences,
    importance: 2.2,
    unavailable: noConfidence,
    run: surer(1),
  },
  {
    id: 'preferences.less-sure',
    keys: ['-'],
    title: 'less sure',
    ...inPreferences,
    importance: 2.4,
    unavailable: noConfidence,
    run: surer(-1),
  },
  {
    id: 'delete-notification.yes',
    keys: ['y', 'Y'],
    title: 'delete',
    where: ['delete-notification'],
    motion: true,
    importance: 1,
    run: deleteIt,
  },
  {
    id: 'delete-notification.no',
    keys: ['n', 'N', 'esc', 'enter', 'q'],
    title: 'keep',
    where: ['delete-notification'],
    motion: true,
    importance: 2,
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: undefined }),
  },
  ...scrolling('notification'),
  closing('notification', ['esc', 'q', 'enter']),
];
