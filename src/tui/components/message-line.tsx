import { type Line, shorten } from '../text.ts';
import type { Token } from '../theme.ts';

export type MessageKind = 'info' | 'warning' | 'failure';
export type Message = { readonly kind: MessageKind; readonly text: string };

const looks: Record<MessageKind, { glyph: string; token: Token }> = {
  info: { glyph: '·', token: 'text' },
  warning: { glyph: '!', token: 'warning' },
  failure: { glyph: '✗', token: 'loss' },
};

/** One sentence with a glyph that says how bad it is; nothing to say is an empty line, so that nothing moves. */
export function messageLine(message: Message | undefined, width: number): Line {
  if (message === undefined) return [];
  const { glyph, token } = looks[message.kind];
  return [{ text: shorten(`  ${glyph} ${message.text}`, width), token, bold: message.kind === 'failure' }];
}
