/**
 * Notifications: what the console had to tell, the newest first, the selected one in words beside the list or beneath it;
 * and in a second tab what it is to tell, and how often.
 */
import { type Notification, type Priority, priorities } from '../../domain/alerts/notification.ts';
import { sydneyDate } from '../../domain/date.ts';
import { groupThousands } from '../../domain/decimal.ts';
import { harmless } from '../../domain/text.ts';
import { formatAge, formatCount, formatDate, formatSydneyTime } from '../../format.ts';
import { beside, fitBlock, indent } from '../blocks.ts';
import { ruleLine } from '../components/rule.tsx';
import { selectedId } from '../list-model.ts';
import { leadWords, priorityGlyphs, typeWords } from '../notification-words.ts';
import type { InboxWindow, NotificationsModel } from '../notifications-model.ts';
import {
  aboveList,
  listWidth,
  paneGap,
  paneWidth,
  type Room,
  rowsBelow,
  twoColumnsFrom,
} from '../notifications-room.ts';
import { asksConfidence } from '../preferences-list.ts';
import { type NotificationsTab, notificationsTabs, type State } from '../state.ts';
import { type MeasuredColumn, type TableRow, tableLines } from '../table.ts';
import type { Line, Span } from '../text.ts';
import { wrap } from '../wrap.ts';
import { paragraph, steps } from './empty.ts';
import { listLines } from './list.ts';
import { rulesLines } from './rules.ts';

const margin = 2;

export function notificationsScreen(model: NotificationsModel, state: State, room: Room): Line[] {
  const { width, height } = room;
  const { tab } = model;
  const top = [
    indent(tabsLine(model), margin),
    ruleLine(width, tab === 'inbox' ? filterWords(model.inbox) : undefined),
  ];
  const inner = { width, height: height - aboveList };
  const body =
    tab === 'inbox'
      ? inboxLines(model.inbox, state, inner)
      : model.rules !== undefined
        ? rulesLines(model.rules, state, inner)
        : preferenceLines(model, state, inner);
  return fitBlock([...top, ...body], width, height);
}

const tabTitles: Readonly<Record<NotificationsTab, string>> = {
  inbox: 'Inbox',
  rules: 'Alert rules',
  preferences: 'Alert preferences',
};

const marked = (text: string, isOn: boolean): Span =>
  isOn ? { text: `[${text}]`, token: 'accent', bold: true } : { text: ` ${text} `, token: 'dim' };

function tabsLine({ tab, inbox }: NotificationsModel): Line {
  const tabs = notificationsTabs.map(each => marked(tabTitles[each], each === tab));
  if (tab !== 'inbox' || inbox.all === 0) return tabs;
  const isUnread = inbox.filter.unread === true;
  return [...tabs, { text: '    ' }, marked('All', !isUnread), marked('Unread', isUnread)];
}

const grouped = (count: number): string => groupThousands(String(count));

/** What stands in the rule: the filter that is typed, and where in a long list one is. */
function filterWords({ filter: { text = '' }, total, all, top, rows }: InboxWindow): string | undefined {
  const place =
    rows.length < total
      ? `${grouped(top + 1)}–${grouped(top + rows.length)} of ${formatCount(total, 'notification')}`
      : '';
  if (text === '') return place === '' ? undefined : place;
  return `"${text}" ${place === '' ? `${grouped(total)} of ${grouped(all)}` : place}`;
}

/** The widths are fixed: those of rows that come into view later are not known. */
const column = (id: string, title: string, width: number, more: Partial<MeasuredColumn> = {}): MeasuredColumn => ({
  ...{ id, title, width, kind: 'text', priority: 1, flexible: false, tail: 0, places: 0 },
  ...more,
});
const widestType = Math.max(...Object.values(typeWords).map(words => words.length));
const columns: readonly MeasuredColumn[] = [
  column('mark', '', 1),
  column('priority', '', 2, { priority: 2 }),
  column('age', 'Age', 6, { priority: 4, kind: 'number' }),
  column('type', 'Type', widestType, { priority: 5 }),
  column('title', 'Title', 400, { priority: 3, kind: 'name', flexible: true, min: 30 }),
];

const isPressing = (priority: Priority): boolean => priorities.indexOf(priority) >= priorities.indexOf('high');

function rowOf({ id, type, priority, title, createdAt, readAt }: Notification, now: number): TableRow {
  const isUnread = readAt === undefined;
  return {
    id: String(id),
    bold: isUnread,
    cells: {
      mark: isUnread ? { text: '●', token: isPressing(priority) ? 'warning' : 'accent' } : '',
      priority: isPressing(priority) ? { text: priorityGlyphs[priority], token: 'warning' } : priorityGlyphs[priority],
      age: formatAge(now - createdAt),
      type: typeWords[type],
      title: harmless(title),
    },
  };
}

function inboxLines(inbox: InboxWindow, state: State, room: Room): Line[] {
  const { width } = room;
  const { rows, selected, filter } = inbox;
  if (inbox.all === 0) return emptyInbox(width);
  if (inbox.total === 0) {
    const words = filter.text === '' ? 'Everything is read. f shows all.' : `Nothing matches "${filter.text}".`;
    return [[], ...paragraph(words, width)];
  }
  const listed = tableLines(
    columns,
    rows.map(row => rowOf(row, state.now)),
    { width: listWidth(width), selected: selected && String(selected.id) },
  );
  if (selected === undefined) return listed;
  if (width >= twoColumnsFrom) {
    return beside(listed, paneLines(selected, paneWidth(width) - margin), listWidth(width), paneGap);
  }
  // `room` is without the rows above.
  const below = rowsBelow({ width, height: room.height + aboveList });
  if (below === 0) return listed;
  const list = fitBlock(listed, width, room.height - below);
  const words = closed(paneLines(selected, width - 2 * margin - 1), below - 1);
  return [...list, [], ...words.map(line => indent(line, margin + 1))];
}

/** So many lines; where there are more, the last one says so. */
const closed = (lines: readonly Line[], count: number): Line[] =>
  lines.length <= count
    ? [...lines]
    : [...lines.slice(0, Math.max(0, count - 1)), [{ text: '… enter shows more', token: 'dim' }]];

/** A notification in words: title, what and when, what it says, what enter does. */
function paneLines(notification: Notification, width: number): Line[] {
  const { title } = notification;
  return [
    ...wrap(harmless(title), width).map((text): Line => [{ text, bold: true }]),
    ...wrap(factsOf(notification), width).map((text): Line => [{ text, token: 'dim' }]),
    ...messageLines(notification, width),
    ...wrap(leadWords(notification), width).map((text): Line => [{ text, token: 'dim' }]),
  ];
}

const messageLines = ({ message }: Notification, width: number): Line[] =>
  wrap(harmless(message), width).map((text): Line => [{ text }]);

const at = (instant: number): string => `${formatDate(sydneyDate(instant))} ${formatSydneyTime(instant)}`;

function factsOf({ type, priority, createdAt, readAt, expiresAt }: Notification): string {
  return [
    `${typeWords[type]}, ${priority}`,
    at(createdAt),
    ...(readAt === undefined ? [] : [`read ${at(readAt)}`]),
    ...(expiresAt === undefined ? [] : [`until ${at(expiresAt)}`]),
  ].join(' · ');
}

/** A notification whole, for the overlay that shows it. */
export const notificationLines = (notification: Notification, width: number): Line[] =>
  [
    ...wrap(factsOf(notification), width - 2 * margin).map((text): Line => [{ text, token: 'dim' }]),
    [],
    ...messageLines(notification, width - 2 * margin),
  ].map(line => indent(line, margin));

const emptyInbox = (width: number): Line[] => [
  [],
  ...paragraph(
    'Notifications tell what you would otherwise have to look for: a signal that changed, an alert on what you hold, drift of the inputs of a model, and trouble of this program. There are none yet.',
    width,
  ),
  [],
  ...steps(
    [
      ['r', 'refresh: alerts are checked on new prices'],
      ['3', 'signals; n runs them, and changes of what you hold are told here'],
    ],
    width,
  ),
];

function preferenceLines({ list, preferences }: NotificationsModel, state: State, { width }: Room): Line[] {
  const own = state.lists.preferences;
  const chosen = preferences.find(each => each.type === selectedId(list, own));
  const words = [
    ...(chosen?.type === 'portfolio_alert'
      ? ['Its thresholds are set by: asxos alerts preferences set portfolio_alert --loss-pct 10 --gain-pct 15.']
      : chosen !== undefined && asksConfidence(chosen.type)
        ? ['Told where the models are at least that sure; + and - change it.']
        : []),
    'Everything told is in the inbox at once. How often is when it goes to the desktop, a command or a webhook: config list names those under notify. Trouble of the system itself is always told.',
  ];
  return [
    ...listLines(list, own, new Set(), { width, height: list.rows.length + 1 }),
    [],
    ...words
      .flatMap(text => wrap(text, Math.min(100, width - 2 * margin - 1)))
      .map((text): Line => indent([{ text, token: 'dim' }], margin + 1)),
  ];
}
