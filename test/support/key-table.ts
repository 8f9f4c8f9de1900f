/** The keys of the console as Markdown tables, from the one list of commands: what docs/keys.md and the README must show. */
import { type Command, keyLabel, type Place, reach } from '../../src/tui/command.ts';
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

/** Where a command of the screens works; undefined for the inner workings of overlays. */
function placesOf({ where }: Command): readonly Place[] | 'everywhere' | undefined {
  if (where === 'anywhere' || where === 'screens') return 'everywhere';
  const here = where.filter(place => screens.includes(place));
  return here.length === 0 ? undefined : here;
}

const escaped = (text: string): string => text.replaceAll('|', '\\|');
const keysOf = ({ keys }: Command): string => keys.map(key => `\`${escaped(keyLabel(key))}\``).join(' ');

/** Every key: those of all screens first; what does the same by the same keys in many places is one row. */
export function keyTable(): string {
  const everywhere: string[] = [];
  const own = new Map<string, Set<Place>>();
  for (const command of commands) {
    const row = `| ${keysOf(command)} | ${escaped(command.title)} |`;
    const places = placesOf(command);
    if (places === 'everywhere') everywhere.push(`${row} everywhere |`);
    else if (places !== undefined) own.set(row, new Set([...(own.get(row) ?? []), ...places]));
  }
  const rows = [...own].map(([row, places]) => `${row} ${screens.filter(each => places.has(each)).join(', ')} |`);
  return ['| key | does | where |', '|---|---|---|', ...everywhere, ...rows].join('\n');
}

/** The keys to begin with, each as it works in a place. */
const mainKeys: readonly (readonly [key: string, place: Place])[] = [
  ['enter', 'holdings'],
  ['esc', 'holdings'],
  ['tab', 'tax'],
  [':', 'dashboard'],
  ['?', 'dashboard'],
  ['a', 'dashboard'],
  ['u', 'dashboard'],
  ['i', 'dashboard'],
  ['x', 'holdings'],
  ['t', 'holdings'],
  ['/', 'holdings'],
  ['p', 'dashboard'],
  ['r', 'dashboard'],
  ['q', 'dashboard'],
];

function commandOf(key: string, place: Place): Command {
  const found = commands.find(command => command.keys.includes(key) && reach(command, place) !== undefined);
  if (found === undefined) throw new Error(`${key} does nothing on ${place}`);
  return found;
}

/** The dozen that the README shows. */
export function mainKeyTable(): string {
  const digits = Array.from({ length: 9 }, (_, index) => commandOf(String(index + 1), 'compare').title);
  const rows = mainKeys.map(([key, place]) => {
    const command = commandOf(key, place);
    return `| ${keysOf(command)} | ${escaped(command.title)} |`;
  });
  const screensRow = `| \`1\` to \`9\` | the screens: ${digits.join(', ')} |`;
  return ['| key | does |', '|---|---|', screensRow, ...rows].join('\n');
}
