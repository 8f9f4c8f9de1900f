/** The keys of the console as a Markdown table, from the one list of commands: what the README must show. */
import { type Command, keyLabel, type Place } from '../../src/tui/command.ts';
import { commands } from '../../src/tui/commands.ts';

const screens: readonly Place[] = [
  'dashboard',
  'holdings',
  'signals',
  'watchlist',
  'notifications',
  'rules',
  'preferences',
  'rebalance',
  'account',
  'performance',
  'compare',
  'tax',
  'confirm',
  'security',
];

/** Where a command of the screens works, in words; undefined for the inner workings of overlays. */
function whereOf({ where }: Command): string | undefined {
  if (where === 'anywhere' || where === 'screens') return 'everywhere';
  const here = where.filter(place => screens.includes(place));
  return here.length === 0 ? undefined : here.join(', ');
}

const escaped = (text: string): string => text.replaceAll('|', '\\|');

export function keyTable(): string {
  const rows = commands.flatMap(command => {
    const where = whereOf(command);
    const keys = command.keys.map(key => `\`${escaped(keyLabel(key))}\``).join(' ');
    return where === undefined ? [] : [`| ${keys} | ${escaped(command.title)} | ${where} |`];
  });
  return ['| key | does | where |', '|---|---|---|', ...rows].join('\n');
}
