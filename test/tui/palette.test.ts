import { describe, expect, test } from 'vitest';
import { parseCode } from '../../src/domain/market/security.ts';
import type { Choice, Command } from '../../src/tui/command.ts';
import { paletteChoices } from '../../src/tui/palette.ts';

const command = (title: string): Command => ({ id: title, keys: ['x'], title, where: 'screens', run: () => undefined });
const named = (code: string, name: string) => ({ code: parseCode(code), name });
const sources = {
  commands: [command('holdings'), command('refresh'), command('watchlist')],
  own: [named('BHP', 'BHP Group Ltd'), named('WOW', 'Woolworths Group Ltd')],
  isListStored: true,
  stored: [named('BHP', 'BHP Group Ltd'), named('WHC', 'Whitehaven Coal Ltd'), named('WOR', 'Worley Ltd')],
};
const words = (choices: readonly Choice[]): string[] =>
  choices.map(each => (each.kind === 'code' ? each.code : each.command.title));

describe('paletteChoices', () => {
  test('without a text: the commands, then what is held and watched', () => {
    expect(words(paletteChoices('', { ...sources, stored: [] }))).toEqual([
      'holdings',
      'refresh',
      'watchlist',
      'BHP',
      'WOW',
    ]);
  });
  test('a code typed whole comes first', () => {
    expect(words(paletteChoices('bhp', sources))[0]).toBe('BHP');
    expect(words(paletteChoices('WOR', sources))[0]).toBe('WOR');
  });
  test('a name finds its code, once', () => {
    const found = words(paletteChoices('group', sources));
    expect(found.filter(each => each === 'BHP')).toHaveLength(1);
    expect(found.slice(0, 2).sort()).toEqual(['BHP', 'WOW']);
  });
  test('commands are found by their title', () => {
    expect(words(paletteChoices('refr', sources))).toEqual(['refresh', 'REFR']);
  });
  test('a code that is in no list can still be opened', () => {
    expect(paletteChoices('zzq', sources)).toEqual([
      { kind: 'code', code: 'ZZQ', name: 'not in the stored symbol list' },
    ]);
    expect(paletteChoices('no such thing at all', sources)).toEqual([]);
  });
  test('names are drawn harmless', () => {
    const own = [named('EVL', '\u001b[2JEvil')];
    expect(paletteChoices('evl', { commands: [], own, stored: [], isListStored: true })).toEqual([
      { kind: 'code', code: 'EVL', name: 'Evil' },
    ]);
  });
});
