/** Help: the commands of the place beneath, then those of every screen, with their keys. */

import { heading } from '../blocks.ts';
import { type Command, commandsAt, keyLabel, type Place, reach } from '../command.ts';
import { displayWidth, type Line, shorten } from '../text.ts';

const titles: Readonly<Partial<Record<Place, string>>> = {
  dashboard: 'Dashboard',
  holdings: 'Holdings',
  signals: 'Signals',
  watchlist: 'Watchlist',
  notifications: 'Notifications',
  rules: 'Alert rules',
  preferences: 'Alert preferences',
  account: 'Account & settings',
  rebalance: 'Rebalance',
  performance: 'Performance',
  compare: 'Comparison',
  tax: 'Tax & income',
  confirm: 'To confirm',
  security: 'Security',
  votes: 'Signals of a security',
  parcels: 'Parcels',
  entries: 'Entries',
  dividends: 'Dividends',
};

const keysOf = (command: Command): string => command.keys.map(keyLabel).join(' ');

const matches = (command: Command, words: readonly string[]): boolean => {
  const text = `${keysOf(command)} ${command.title}`.toLowerCase();
  return words.every(word => text.includes(word));
};

/** The lines of the help for a screen. What cannot be done now is dimmed, with the reason. */
export function helpLines(
  commands: readonly Command[],
  place: Place,
  filter: string,
  width: number,
  why: (command: Command) => string | undefined,
): Line[] {
  const words = filter.toLowerCase().split(' ').filter(Boolean);
  const here = commandsAt(commands, place).filter(command => matches(command, words));
  const keyWidth = Math.max(0, ...here.map(command => displayWidth(keysOf(command))));
  const line = (command: Command): Line => {
    const reason = why(command);
    const keys = { text: `  ${keysOf(command).padEnd(keyWidth)}  ` } as const;
    const room = width - displayWidth(keys.text) - 1;
    if (reason === undefined) return [{ ...keys, token: 'accent' }, { text: shorten(command.title, room) }];
    return [
      { ...keys, token: 'dim' },
      { text: shorten(`${command.title} – ${reason}`, room), token: 'dim' },
    ];
  };
  const section = (title: string, which: 'own' | 'general'): Line[] => {
    const own = here.filter(command => reach(command, place) === which);
    return own.length === 0 ? [] : [[{ text: ' ' }, ...heading(title)], ...own.map(line), []];
  };
  const lines = [...section(titles[place] ?? 'Here', 'own'), ...section('Everywhere', 'general')].slice(0, -1);
  return lines.length > 0 ? lines : [[{ text: `  no command matches "${filter}"`, token: 'dim' }]];
}
