import { cut, displayWidth, type Line } from '../text.ts';

/** A horizontal rule with a cell of air at both ends; a title stands at its left end. */
export function ruleLine(width: number, title?: string): Line {
  const room = Math.max(0, width - 2);
  const words = title === undefined || title === '' ? '' : cut(`── ${title} `, room);
  return [{ text: ` ${words}${'─'.repeat(Math.max(0, room - displayWidth(words)))}`.slice(0, width), token: 'rule' }];
}
