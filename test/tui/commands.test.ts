import { describe, expect, test } from 'vitest';
import { commandsAt, type Place, reach } from '../../src/tui/command.ts';
import { commands } from '../../src/tui/commands.ts';

const places: Place[] = [
  'dashboard',
  'holdings',
  'signals',
  'votes',
  'watchlist',
  'notifications',
  'preferences',
  'account',
  'notification',
  'delete-notification',
  'performance',
  'compare',
  'rebalance',
  'reject',
  'rebalance-prompt',
  'account-prompt',
  'setting-prompt',
  'sign-out',
  'security',
  'help',
  'help-filter',
  'palette',
  'messages',
  'portfolios',
  'compare-with',
  'filter',
];

describe('commands', () => {
  test('have each an id of their own', () => {
    const ids = commands.map(command => command.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
  test.each(places)('no key means two things: %s', place => {
    const keys = commandsAt(commands, place).flatMap(command => command.keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
  test.each(places)('ctrl-c and a way out are there: %s', place => {
    const keys = commandsAt(commands, place).flatMap(command => command.keys);
    expect(keys).toContain('ctrl+c');
    expect(keys).toContain('esc');
  });
  test('in a field no command takes a character that is typed', () => {
    for (const place of [
      'help-filter',
      'palette',
      'filter',
      'rebalance-prompt',
      'account-prompt',
      'setting-prompt',
    ] as const) {
      const keys = commandsAt(commands, place).flatMap(command => command.keys);
      expect(keys.filter(key => [...key].length === 1 || key === 'space' || key === 'backspace')).toEqual([]);
    }
  });
  test('those of the place come first', () => {
    const kinds = commandsAt(commands, 'holdings').map(command => reach(command, 'holdings'));
    expect(kinds.indexOf('general')).toBe(kinds.lastIndexOf('own') + 1);
  });
});
