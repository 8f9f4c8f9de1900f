/** What was said in this session, and the inbox of notifications. */

import type { Notification } from '../../domain/alerts/notification.ts';
import { sydneyDate } from '../../domain/date.ts';
import { harmless } from '../../domain/text.ts';
import { formatDateShort, formatSydneyTime } from '../../format.ts';
import { heading } from '../blocks.ts';
import type { Notice } from '../state.ts';
import type { Line, Span } from '../text.ts';
import { wrap } from '../wrap.ts';

const glyphs: Record<Notice['kind'], Span> = {
  info: { text: '· ', token: 'dim' },
  warning: { text: '! ', token: 'warning' },
  failure: { text: '✗ ', token: 'loss' },
};

const gutter = 18;
const label = (text: string): Span => ({ text: `  ${text}`.padEnd(gutter), token: 'dim' });

/** The first line beside a label, the others under it. */
function hanging(first: Line, text: string, width: number, bold: boolean): Line[] {
  const taken = first.reduce((sum, span) => sum + span.text.length, 0);
  const lines = wrap(text, Math.max(10, width - taken - 1));
  return lines.map((line, index) =>
    index === 0 ? [...first, { text: line, bold }] : [{ text: ' '.repeat(taken) + line }],
  );
}

const noticeLines = (notice: Notice, width: number): Line[] =>
  hanging(
    [label(formatSydneyTime(notice.at)), glyphs[notice.kind]],
    notice.hint === undefined ? notice.text : `${notice.text}. ${notice.hint}`,
    width,
    false,
  );

function notificationLines(notification: Notification, width: number): Line[] {
  const { createdAt, readAt, title, message, priority } = notification;
  const unread = readAt === undefined;
  const urgent = priority === 'high' || priority === 'urgent';
  const mark: Span = unread ? { text: '● ', token: urgent ? 'warning' : 'accent' } : { text: '  ' };
  const first = [label(formatDateShort(sydneyDate(createdAt))), mark];
  const words = hanging([label(''), { text: '  ' }], harmless(message), width, false);
  return [...hanging(first, harmless(title), width, unread), ...words.map(dimmed)];
}

const dimmed = (line: Line): Line => line.map(span => ({ ...span, token: 'dim' }));

export function messageLines(said: readonly Notice[], inbox: readonly Notification[], width: number): Line[] {
  const session =
    said.length === 0
      ? [[{ text: '  nothing was said yet', token: 'dim' } as const]]
      : said.flatMap(notice => noticeLines(notice, width));
  const notifications =
    inbox.length === 0
      ? [[{ text: '  no notifications', token: 'dim' } as const]]
      : inbox.flatMap(notification => notificationLines(notification, width));
  return [
    [{ text: ' ' }, ...heading('Since the console was opened')],
    ...session,
    [],
    [{ text: ' ' }, ...heading('Notifications')],
    ...notifications,
  ];
}
