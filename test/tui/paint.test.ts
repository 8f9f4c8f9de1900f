import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { paint } from '../../src/tui/paint.ts';
import { plainText } from '../../src/tui/text.ts';
import { chooseTheme, themeNames } from '../../src/tui/theme.ts';

describe('paint', () => {
  const line = [
    { text: 'BHP ', bold: true },
    { text: '▲ 0.92%', token: 'gain' as const, bold: true },
    { text: ' 45.96' },
  ];

  test('writes the fewest sequences and closes what it opened', () => {
    expect(paint(line, chooseTheme('dark', 'sixteen'))).toBe(
      '\u001b[1mBHP \u001b[32m▲ 0.92%\u001b[39m\u001b[22m 45.96',
    );
    expect(paint(line, chooseTheme('dark', 'true'))).toContain('\u001b[38;2;95;211;138m▲');
    expect(paint([{ text: 'a' }, { text: 'b' }], chooseTheme('dark', 'true'))).toBe('ab');
    expect(paint([], chooseTheme('dark', 'true'))).toBe('');
  });

  test('a selected span has the ground of the selection under its own colour', () => {
    const selected = [{ text: 'up', token: 'gain' as const, selected: true }];
    expect(paint(selected, chooseTheme('dark', 'true'))).toBe(
      '\u001b[38;2;95;211;138m\u001b[48;2;38;54;77mup\u001b[49m\u001b[39m',
    );
    expect(paint(selected, chooseTheme('dark', 'none'))).toBe('\u001b[7mup\u001b[27m');
  });

  test('mono uses no colour sequence, and no theme changes the words', () => {
    const mono = paint(
      [...line, { text: 'note', token: 'dim' }, { text: '!', token: 'warning' }],
      chooseTheme('mono', 'true'),
    );
    expect(mono).not.toMatch(/\[[34]\d/);
    expect(mono).toContain('\u001b[2mnote');
    for (const name of themeNames) {
      expect(stripVTControlCharacters(paint(line, chooseTheme(name, 'true')))).toBe(plainText(line));
    }
  });
});
