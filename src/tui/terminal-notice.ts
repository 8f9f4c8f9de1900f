/**
 * What was told, for a terminal to show on the desktop: OSC 9, as iTerm2 brought it and kitty, WezTerm, Ghostty and
 * others take it; those that do not know it leave it out. The bell rings for what is urgent.
 */
import { isAtLeast, type Notification } from '../domain/alerts/notification.ts';
import { harmless } from '../domain/text.ts';
import { cut } from './text.ts';

const longest = 200;

/** No character of a title acts on the terminal. Several at once are one. */
export function terminalNotice(told: readonly Notification[], simulated: boolean): string {
  const titles = told.map(each => harmless(each.title));
  const what = titles.length === 1 ? titles[0] : `${titles.length} notifications: ${titles.join(' · ')}`;
  const words = cut(`asxos${simulated ? ' (SIMULATED)' : ''}: ${what}`, longest);
  const bell = told.some(each => isAtLeast(each.priority, 'high')) ? '\u0007' : '';
  return `\u001b]9;${words}\u001b\\${bell}`;
}
