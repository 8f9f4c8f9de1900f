import { displayWidth, type Line, shorten } from '../text.ts';
import type { Token } from '../theme.ts';
import { wrap } from '../wrap.ts';

export type MessageKind = 'info' | 'warning' | 'failure';
/** A sentence without its full stop; `hint` is the way out. */
export type Message = { readonly kind: MessageKind; readonly text: string; readonly hint?: string | undefined };

const looks: Record<MessageKind, { glyph: string; token: Token }> = {
  info: { glyph: '·', token: 'text' },
  warning: { glyph: '!', token: 'warning' },
  failure: { glyph: '✗', token: 'loss' },
};

const margin = 4;
/** The most rows that a message takes; it is whole among the messages. */
const mostRows = 4;

/**
 * A message with a glyph that says how bad it is: in one row where it fits, else in as many as it needs, the way out on
 * rows of its own. Nothing to say is nothing.
 */
export function messageRows(message: Message | undefined, width: number): Line[] {
  if (message === undefined) return [];
  const { kind, text, hint } = message;
  const { glyph, token } = looks[kind];
  const room = width - margin - 1;
  const whole = hint === undefined ? text : `${text}. ${hint}`;
  const rows = displayWidth(whole) <= room ? [whole] : [...wrap(text, room), ...wrap(hint ?? '', room)];
  const shown = rows.length <= mostRows ? rows : [...rows.slice(0, mostRows - 1), rows.slice(mostRows - 1).join(' ')];
  return shown.map((row, index): Line => {
    const mark = index === 0 ? `  ${glyph} ` : ' '.repeat(margin);
    return [{ text: shorten(mark + row, width), token, bold: kind === 'failure' }];
  });
}
